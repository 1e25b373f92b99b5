/** Work that waits in tables: lanes that one process at a time works, and the loop that does. */
@NullMarked
package app.recado.kernel.work;

import org.jspecify.annotations.NullMarked;
