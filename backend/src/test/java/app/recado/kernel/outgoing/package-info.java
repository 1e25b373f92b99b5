@NullMarked
package app.recado.kernel.outgoing;

import org.jspecify.annotations.NullMarked;
