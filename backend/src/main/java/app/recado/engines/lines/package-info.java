/** Providers' lines: started, stopped, linked by a code, and looked at while they should run. */
@NullMarked
package app.recado.engines.lines;

import org.jspecify.annotations.NullMarked;
