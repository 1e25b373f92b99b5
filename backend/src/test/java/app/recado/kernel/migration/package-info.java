@NullMarked
package app.recado.kernel.migration;

import org.jspecify.annotations.NullMarked;
