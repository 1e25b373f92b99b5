@NullMarked
package app.recado.kernel.retention;

import org.jspecify.annotations.NullMarked;
