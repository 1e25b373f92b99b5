package app.recado.calendars;

import app.recado.scheduling.PractitionerCalendar.Visit;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.jspecify.annotations.Nullable;

/** Visits in the iCalendar format (RFC 5545). All times are instants (UTC), so no zone has to be described. */
final class CalendarText {

    private CalendarText() {}

    static String of(CalendarFeeds.Content content) {
        var calendar = new Calendar();
        calendar.add(new ProdId("-//Recado//Agenda//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(ImmutableMethod.PUBLISH);
        calendar.add(new XProperty("X-WR-CALNAME", content.name()));
        content.visits().forEach(visit -> calendar.add(event(visit, content.patientNames())));
        var text = new StringWriter();
        try {
            // Folds long lines; it was made by us, so there is nothing to validate.
            new CalendarOutputter(false).output(calendar, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static VEvent event(Visit visit, boolean patientNames) {
        var title = patientNames && visit.patientName() != null
                ? visit.serviceName() + " \u00b7 " + visit.patientName()
                : visit.serviceName();
        var event = new VEvent(visit.start(), visit.end(), title);
        event.replace(new DtStamp(visit.bookedAt()));
        event.add(new Uid(visit.id() + "@recado"));
        event.add(new Sequence(Math.toIntExact(visit.version())));
        event.add(visit.toBeConfirmed() ? ImmutableStatus.VEVENT_TENTATIVE : ImmutableStatus.VEVENT_CONFIRMED);
        var place = place(visit.locationName(), visit.locationAddress());
        if (!place.isEmpty()) {
            event.add(new Location(place));
        }
        return event;
    }

    private static String place(@Nullable String name, @Nullable String address) {
        return Stream.of(name, address).filter(one -> one != null).collect(Collectors.joining(", "));
    }
}
