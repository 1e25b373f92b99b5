/** What the agenda promises. */
@NullMarked
package app.recado.scheduling;

import org.jspecify.annotations.NullMarked;
