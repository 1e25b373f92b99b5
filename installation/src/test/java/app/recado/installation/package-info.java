/** What a stranger installs, checked as a stranger would meet it. */
@NullMarked
package app.recado.installation;

import org.jspecify.annotations.NullMarked;
