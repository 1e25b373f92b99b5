/** How visits repeat. */
@NullMarked
package app.recado.scheduling.recurrence;

import org.jspecify.annotations.NullMarked;
