/** Work that waits in tables: keys that one process at a time works for, and the loop that does. */
@NullMarked
package app.recado.kernel.work;

import org.jspecify.annotations.NullMarked;
