package app.recado.scheduling;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What neighbours may know of an appointment.
 *
 * @param zone the zone in which the visit's hour is meant
 * @param scheduleVersion rises when the visit is moved or cancelled, starts at 1: what was said about an older version
 *     no longer counts
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
        long scheduleVersion) {}
