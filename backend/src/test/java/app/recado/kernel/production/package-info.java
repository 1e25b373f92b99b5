@NullMarked
package app.recado.kernel.production;

import org.jspecify.annotations.NullMarked;
