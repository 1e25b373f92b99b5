/** Who waits for an hour that is not free yet, and whom an hour that becomes free would suit. */
@NullMarked
package app.recado.scheduling.waitlist;

import org.jspecify.annotations.NullMarked;
