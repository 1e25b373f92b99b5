/** Work that waits in tables, wanted by several processes. */
@NullMarked
package app.recado.kernel.work;

import org.jspecify.annotations.NullMarked;
