/**
 * When the clinic and its practitioners see patients, and what of that time is free. Every module asks here; nothing of it
 * is stored beyond the weekly schedules, their exceptions and the visits themselves.
 */
@NullMarked
@NamedInterface("availability")
package app.recado.scheduling.availability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
