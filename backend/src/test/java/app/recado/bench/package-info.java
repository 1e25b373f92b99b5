/** What is measured rather than tested; run by hand, on an idle machine. */
@NullMarked
package app.recado.bench;

import org.jspecify.annotations.NullMarked;
