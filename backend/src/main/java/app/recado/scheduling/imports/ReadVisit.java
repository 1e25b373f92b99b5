package app.recado.scheduling.imports;

import app.recado.patients.PatientLookup;
import app.recado.scheduling.AppointmentStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of a visit.
 *
 * @param patientColumn where the file says who it is, from 0
 * @param timeColumn where it says when
 * @param capacity how many patients share a time of the service; 1 for visits that have their practitioner alone
 * @param locationId null in a clinic without any
 * @param local what the clock on the wall shows at the start
 * @param past whether it had begun when the step began
 */
record ReadVisit(
        PatientLookup.Wanted patient,
        int patientColumn,
        int timeColumn,
        UUID practitionerId,
        UUID serviceId,
        int capacity,
        @Nullable UUID locationId,
        @Nullable UUID roomId,
        Instant start,
        Instant end,
        LocalDateTime local,
        ZoneId zone,
        AppointmentStatus status,
        boolean past,
        @Nullable String note,
        @Nullable String externalId) {

    /** Whether nobody else can have the practitioner then. */
    boolean occupies() {
        return status == AppointmentStatus.BOOKED || status == AppointmentStatus.FULFILLED;
    }

    /** Whether several patients share its time. */
    boolean isOfGroup() {
        return capacity > 1;
    }

    /** The same in the room where its group is; a room that the file names stays. */
    ReadVisit whereTheGroupIs(@Nullable UUID room) {
        return roomId != null || room == null
                ? this
                : new ReadVisit(
                        patient,
                        patientColumn,
                        timeColumn,
                        practitionerId,
                        serviceId,
                        capacity,
                        locationId,
                        room,
                        start,
                        end,
                        local,
                        zone,
                        status,
                        past,
                        note,
                        externalId);
    }

    /** Of a person: never printed. */
    @Override
    public String toString() {
        return "ReadVisit[" + start + "]";
    }
}
