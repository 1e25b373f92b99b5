@NullMarked
package app.recado.kernel.live;

import org.jspecify.annotations.NullMarked;
