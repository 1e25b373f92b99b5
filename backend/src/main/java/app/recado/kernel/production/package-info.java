/** What happens before anything else at a start: addresses are read, and production refuses what belongs on a laptop. */
@NullMarked
package app.recado.kernel.production;

import org.jspecify.annotations.NullMarked;
