@NullMarked
package app.recado.engines.lines;

import org.jspecify.annotations.NullMarked;
