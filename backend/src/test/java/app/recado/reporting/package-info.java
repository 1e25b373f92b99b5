/** What reports count. */
@NullMarked
package app.recado.reporting;

import org.jspecify.annotations.NullMarked;
