package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.availability.Availability;
import app.recado.scheduling.availability.Availability.FreeSlot;
import app.recado.scheduling.availability.Availability.Place;
import app.recado.scheduling.directory.Locations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
    private static final int REACH_DAYS = 14;

    private final JdbcClient jdbc;
    private final Availability availability;
    private final OrganizationProfiles organizations;
    private final Locations locations;
    private final Clock clock;

    SlotChecks(
            JdbcClient jdbc,
            Availability availability,
            OrganizationProfiles organizations,
            Locations locations,
            Clock clock) {
        this.jdbc = jdbc;
        this.availability = availability;
        this.organizations = organizations;
        this.locations = locations;
        this.clock = clock;
    }

    /** A visit that stands in the way; an extension member of the problem {@code slot-taken}. */
    record Conflict(UUID appointmentId, Instant start, Instant end) {}

    /** A time that is free instead; an extension member of the problem {@code slot-taken}. */
    record FreeInstead(UUID practitionerId, Instant start, Instant end) {}

    /**
     * Refuses a time at which the practitioner sees somebody else, or that is held for somebody.
     *
     * @param location the nearest free times are sought there; null for anywhere
     * @param moving the visit that is being moved and is not in its own way; null for a new one
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with all {@code conflicts} and the nearest {@code
     *     freeSlots}
     */
    void requireFree(UUID serviceId, UUID practitionerId, Slot slot, @Nullable UUID location, @Nullable UUID moving) {
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
        if (conflicts.isEmpty() && !isHeld(practitionerId, slot)) {
            return;
        }
        int minutes = Math.toIntExact(slot.length().toMinutes());
        throw taken(
                conflicts,
                conflicts.isEmpty() ? "Somebody is filling a form for this time" : "Choose another time",
                availability.nearest(serviceId, practitionerId, location, slot.start(), minutes, moving, SUGGESTIONS));
    }

    private boolean isHeld(UUID practitionerId, Slot slot) {
        return jdbc.sql("""
                        select exists (select from slot_hold
                                        where organization_id = :org and practitioner_id = :practitioner
                                          and expires_at > :now and starts_at >= :earliest and starts_at < :end
                                          and ends_at > :start)
                        """)
                .param("org", CurrentOrganization.id())
                .param("practitioner", practitionerId)
                .param("now", Rows.bound(clock.instant()))
                .param("earliest", Rows.bound(slot.start().minus(Agenda.LONGEST)))
                .param("start", Rows.bound(slot.start()))
                .param("end", Rows.bound(slot.end()))
                .query(Boolean.class)
                .single();
    }

    /**
     * Who could take a visit that begins then, by every rule of availability; by name.
     *
     * @param practitionerId null for anybody who offers the service
     * @param moving the visit that is being moved; null for a new one
     * @throws app.recado.kernel.ProblemException {@code healthcare-service-unknown}, {@code practitioner-unknown}
     */
    List<FreeSlot> freeAt(UUID serviceId, @Nullable UUID practitionerId, Instant start, @Nullable UUID moving) {
        return around(serviceId, practitionerId, start, moving, 1, 1).stream()
                .filter(slot -> slot.start().equals(start))
                .toList();
    }

    /** The refusal of a time, with the nearest free ones. Says nothing of what is in the way. */
    RuntimeException taken(UUID serviceId, @Nullable UUID practitionerId, Instant start, @Nullable UUID moving) {
        var nearest = around(serviceId, practitionerId, start, moving, 0, REACH_DAYS).stream()
                .sorted(Comparator.comparing(
                        slot -> Duration.between(start, slot.start()).abs()))
                .limit(SUGGESTIONS)
                .toList();
        return taken(List.of(), "Choose another time", nearest);
    }

    /** A day more at both ends, because hours may go on over midnight. */
    private List<FreeSlot> around(
            UUID serviceId,
            @Nullable UUID practitionerId,
            Instant start,
            @Nullable UUID moving,
            int before,
            int after) {
        var day = start.atZone(organizations.current().timeZone()).toLocalDate();
        return availability
                .find(
                        new Availability.Wanted(
                                serviceId,
                                practitionerId,
                                null,
                                day.minusDays(before),
                                day.plusDays(after + 1L),
                                null,
                                moving),
                        Integer.MAX_VALUE)
                .slots();
    }

    private static RuntimeException taken(List<Conflict> conflicts, String why, List<FreeSlot> nearest) {
        return Problem.SLOT_TAKEN
                .because(why)
                .with(Map.of(
                        "conflicts",
                        conflicts,
                        "freeSlots",
                        nearest.stream()
                                .map(free -> new FreeInstead(free.practitionerId(), free.start(), free.end()))
                                .toList()));
    }

    /**
     * Where a visit takes place, and whether within the practitioner's hours there.
     *
     * @param wanted null for wherever the practitioner sees patients then
     * @param before where it was before it is moved; null for a new visit
     * @param onPurpose staff know that it may be outside the hours and want it
     * @throws app.recado.kernel.ProblemException {@code outside-hours} when it is and nobody said so, {@code invalid-fields}
     *     for a location that takes no visits
     */
    Place place(UUID practitionerId, Slot slot, @Nullable UUID wanted, @Nullable UUID before, boolean onPurpose) {
        var place = availability.place(practitionerId, slot.start(), slot.end(), wanted, before);
        locations.requireActive(wanted == null ? place.locationId() : wanted, "/locationId");
        if (!place.withinHours() && !onPurpose) {
            throw Problem.OUTSIDE_HOURS.because("Send outsideHours to book it nevertheless");
        }
        return place;
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
