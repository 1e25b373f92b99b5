package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.availability.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says why a visit cannot take place at a time, and what could be done instead. Asked while the practitioner is held, so
 * that nobody else books them meanwhile; the database's exclusion constraint stays the last word.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SlotChecks {

    private static final int SUGGESTIONS = 3;

    private final JdbcClient jdbc;
    private final Availability availability;

    SlotChecks(JdbcClient jdbc, Availability availability) {
        this.jdbc = jdbc;
        this.availability = availability;
    }

    /** A visit that stands in the way; an extension member of the problem {@code slot-taken}. */
    record Conflict(UUID appointmentId, Instant start, Instant end) {}

    /** A time that is free instead; an extension member of the problem {@code slot-taken}. */
    record FreeInstead(UUID practitionerId, Instant start, Instant end) {}

    /**
     * Refuses a time at which the practitioner sees somebody else.
     *
     * @param moving the visit that is being moved and is not in its own way; null for a new one
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with all {@code conflicts} and the nearest {@code
     *     freeSlots}
     */
    void requireFree(UUID serviceId, UUID practitionerId, Slot slot, @Nullable UUID moving) {
        var conflicts = jdbc.sql("""
                select id, starts_at, ends_at from appointment
                 where organization_id = :org and practitioner_id = :practitioner and blocking and id <> :moving
                   and starts_at >= :earliest and starts_at < :end and ends_at > :start
                 order by starts_at, id
                """)
                .param("org", CurrentOrganization.id())
                .param("practitioner", practitionerId)
                .param("moving", moving == null ? new UUID(0, 0) : moving)
                .param("earliest", Rows.bound(slot.start().minus(Agenda.LONGEST)))
                .param("start", Rows.bound(slot.start()))
                .param("end", Rows.bound(slot.end()))
                .query((row, n) ->
                        new Conflict(Rows.id(row, "id"), Rows.instant(row, "starts_at"), Rows.instant(row, "ends_at")))
                .list();
        if (conflicts.isEmpty()) {
            return;
        }
        int minutes = Math.toIntExact(slot.length().toMinutes());
        List<FreeInstead> instead =
                availability.nearest(serviceId, practitionerId, slot.start(), minutes, moving, SUGGESTIONS).stream()
                        .map(free -> new FreeInstead(free.practitionerId(), free.start(), free.end()))
                        .toList();
        throw Problem.SLOT_TAKEN
                .because("Choose another time")
                .with(Map.of("conflicts", conflicts, "freeSlots", instead));
    }

    /**
     * Whether a time lies outside the practitioner's hours.
     *
     * @param onPurpose staff know and want it
     * @throws app.recado.kernel.ProblemException {@code outside-hours} when it does and nobody said so
     */
    boolean isOutside(UUID practitionerId, Slot slot, boolean onPurpose) {
        boolean outside = !availability.isWithinHours(practitionerId, slot.start(), slot.end());
        if (outside && !onPurpose) {
            throw Problem.OUTSIDE_HOURS.because("Send outsideHours to book it nevertheless");
        }
        return outside;
    }

    /** @throws app.recado.kernel.ProblemException {@code practitioner-unknown} for one who does not offer the service */
    void requireOffered(UUID serviceId, UUID practitionerId) {
        boolean offered = jdbc.sql("""
                select coalesce(bool_or(practitioner_id = :practitioner), true) from healthcare_service_practitioner
                 where organization_id = :org and healthcare_service_id = :service
                """)
                .param("practitioner", practitionerId)
                .param("org", CurrentOrganization.id())
                .param("service", serviceId)
                .query(Boolean.class)
                .single();
        if (!offered) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "not-offered", "Choose a practitioner who offers this service");
        }
    }
}
