/**
 * The agenda as other calendar programs read it: addresses in the iCalendar format (RFC 5545), one practitioner's visits
 * each, without patients' names unless the clinic wants them there, each taken back at any time. Nobody calls it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "scheduling"})
package app.recado.calendars;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
