/** What the clinic's texts promise. */
@NullMarked
package app.recado.notices;

import org.jspecify.annotations.NullMarked;
