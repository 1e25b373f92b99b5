@NullMarked
package app.recado.engines;

import org.jspecify.annotations.NullMarked;
