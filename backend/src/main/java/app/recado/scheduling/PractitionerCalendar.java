package app.recado.scheduling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a practitioner has to do, for calendars outside. Needs an open transaction. */
public interface PractitionerCalendar {

    /**
     * A visit that takes place, or may.
     *
     * @param version rises when it is moved
     * @param patientName null when it must not leave the clinic, because the processing of their data is restricted
     * @param locationName null when the clinic did not say where
     * @param toBeConfirmed whether the clinic still has to accept it
     */
    record Visit(
            UUID id,
            Instant start,
            Instant end,
            long version,
            Instant bookedAt,
            String serviceName,
            @Nullable String patientName,
            @Nullable String locationName,
            @Nullable String locationAddress,
            boolean toBeConfirmed) {}

    /** What patients call them; empty for unknown ids and for practitioners of other organizations alike. */
    Optional<String> nameOf(UUID practitionerId);

    /** Those that begin in that time and hold it, by their beginning; at most a thousand. */
    List<Visit> visits(UUID practitionerId, Instant from, Instant until);
}
