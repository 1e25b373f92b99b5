package app.recado.scheduling;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What neighbours may know of an appointment.
 *
 * @param zone the zone in which the visit's hour is meant
 * @param scheduleVersion rises when the visit is moved or cancelled, starts at 1: what was said about an older version
 *     no longer counts
 * @param place null when nobody said where, or the clinic has no other place than its main one and said nothing of that
 * @param insuranceName who pays; null for the patient
 */
public record AppointmentFacts(
        UUID id,
        UUID patientId,
        String practitionerName,
        String serviceName,
        Instant start,
        Instant end,
        ZoneId zone,
        AppointmentStatus status,
        Participation participation,
        long scheduleVersion,
        @Nullable Place place,
        @Nullable String insuranceName) {

    /**
     * Where it takes place.
     *
     * @param address as it is written; null when nobody wrote it down
     * @param latitude degrees, WGS 84; null with {@code longitude} when it is not on the map
     * @param phone E.164; null for none
     */
    public record Place(
            String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String phone) {}
}
