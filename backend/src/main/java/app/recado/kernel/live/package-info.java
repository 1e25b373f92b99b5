/** Hints to open consoles that something changed, never the data itself. */
@NullMarked
package app.recado.kernel.live;

import org.jspecify.annotations.NullMarked;
