package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.Appointment.Occupancy;
import app.recado.scheduling.Appointment.Seat;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.availability.Availability;
import app.recado.scheduling.availability.Availability.FreeSlot;
import app.recado.scheduling.availability.Availability.Place;
import app.recado.scheduling.directory.Locations;
import app.recado.scheduling.directory.Offering;
import app.recado.scheduling.directory.Rooms.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says why a visit cannot take place at a time, and what could be done instead. Asked while the practitioner and the
 * rooms are held, so that nobody else books them meanwhile; the database's exclusion constraint stays the last word.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SlotChecks {

    private static final int SUGGESTIONS = 3;
    private static final int REACH_DAYS = 14;

    private final JdbcClient jdbc;
    private final SlotHoldRows holds;
    private final GroupSlots groups;
    private final Offering offering;
    private final Availability availability;
    private final OrganizationProfiles organizations;
    private final Locations locations;

    SlotChecks(
            JdbcClient jdbc,
            SlotHoldRows holds,
            GroupSlots groups,
            Offering offering,
            Availability availability,
            OrganizationProfiles organizations,
            Locations locations) {
        this.jdbc = jdbc;
        this.holds = holds;
        this.groups = groups;
        this.offering = offering;
        this.availability = availability;
        this.organizations = organizations;
        this.locations = locations;
    }

    /** Whom or what a visit occupies: {@code practitioner} or {@code room}, and its name. */
    record Actor(String kind, UUID id, String name) {}

    /**
     * A visit that stands in the way, and of whom; an extension member of the problem {@code slot-taken}. Says nothing of its
     * patient.
     */
    record Conflict(UUID appointmentId, Instant start, Instant end, Actor actor) {}

    /**
     * A time that somebody keeps while they fill a form; an extension member of the problem {@code slot-taken}.
     *
     * @param heldBy who, at the desk; null for a patient on the booking page
     */
    record Kept(
            Instant start,
            Instant end,
            Instant expiresAt,
            @Nullable String heldBy) {}

    /** A time that is free instead; an extension member of the problem {@code slot-taken}. */
    record FreeInstead(UUID practitionerId, Instant start, Instant end) {}

    /**
     * A visit that looks for its place.
     *
     * @param place where it would be
     * @param wanted the location that was asked for, where the nearest free times are sought; null for any
     * @param rooms what it may take, held
     * @param moving the visit that is being moved and is not in its own way; null for a new one
     */
    record Sought(
            UUID serviceId,
            UUID practitionerId,
            Slot slot,
            Place place,
            @Nullable UUID wanted,
            VisitRooms.Choice rooms,
            @Nullable UUID moving) {}

    /**
     * Finds a visit its room, and refuses a time at which the practitioner sees somebody else, no room that it could take is
     * free, or that is held for somebody else. What the caller holds there themselves is used up.
     *
     * @param onPurpose staff want it whatever is in the way: then it is overbooked and occupies nobody. Where nothing but
     *     colleagues' forms is in the way it is a visit like any other, and these give way
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with all {@code conflicts} and {@code holds} and the
     *     nearest {@code freeSlots}, {@code invalid-fields} for a room that is elsewhere
     */
    Occupancy occupy(Sought sought, boolean onPurpose) {
        var fit = fit(sought, onPurpose);
        if (fit.occupancy() != null) {
            giveWay(sought, fit.occupancy(), onPurpose);
            return fit.occupancy();
        }
        var named = sought.rooms().named();
        throw taken(
                fit.conflicts(),
                fit.kept(),
                fit.why(),
                availability.nearest(
                        new Availability.Near(
                                sought.serviceId(),
                                sought.practitionerId(),
                                sought.wanted(),
                                named == null ? null : named.id(),
                                sought.slot().start(),
                                Math.toIntExact(sought.slot().length().toMinutes()),
                                sought.moving()),
                        SUGGESTIONS));
    }

    /**
     * What it comes to when a visit looks for its place.
     *
     * @param occupancy what it would occupy; null when it cannot be there
     * @param conflicts all visits in the way; empty when it can be there
     * @param kept what others hold in the way; empty when it can be there
     * @param why a sentence without patient data; empty when it can be there
     */
    record Fit(@Nullable Occupancy occupancy, List<Conflict> conflicts, List<Kept> kept, String why) {

        private static Fit of(Occupancy occupancy) {
            return new Fit(occupancy, List.of(), List.of(), "");
        }
    }

    /**
     * Finds a visit its room and refuses nothing.
     *
     * @param onPurpose as of {@link #occupy}
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a room that is elsewhere
     */
    Fit fit(Sought sought, boolean onPurpose) {
        var group = groups.of(sought.serviceId(), sought.practitionerId(), sought.slot(), sought.moving());
        var rooms = sought.rooms().at(sought.place().locationId());
        var conflicts = conflicts(sought, rooms);
        var held = holds.inTheWay(
                sought.practitionerId(), rooms.stream().map(Room::id).toList(), sought.slot(), caller());
        var whole = new InTheWay(sought, rooms, conflicts, held);
        var fit = group == null ? whole.alone(onPurpose) : whole.joining(group, onPurpose);
        if (fit != null) {
            return fit;
        }
        if (onPurpose) {
            return Fit.of(new Occupancy(whole.roomAnyway(), true, null));
        }
        return whole.refusal();
    }

    /** What stands in the way of a visit, and what it comes to. */
    private record InTheWay(Sought sought, List<Room> rooms, List<Conflict> conflicts, List<SlotHoldRows.Row> held) {

        /** Null when it has no place. */
        @Nullable Fit alone(boolean onPurpose) {
            var firm = firm();
            var busy = busy();
            var occupancy = free(busy, null);
            if (occupancy == null && onPurpose) {
                // Patients keep what they were promised; a colleague's form gives way to whoever knows of it.
                occupancy = free(firm, null);
            }
            return occupancy == null ? null : Fit.of(occupancy);
        }

        /** With others who share the time; null when it has no place. */
        @Nullable Fit joining(GroupSlots.Group group, boolean onPurpose) {
            var kept = held.stream()
                    .filter(one -> one.shared().equals(group.key()))
                    .filter(one -> !onPurpose || one.subject() == null)
                    .count();
            var seat = group.free(Math.toIntExact(kept));
            if (seat == null) {
                return null;
            }
            var others = new InTheWay(
                    sought,
                    rooms,
                    conflicts.stream()
                            .filter(one -> !group.visits().contains(one.appointmentId()))
                            .toList(),
                    held.stream()
                            .filter(one -> !one.shared().equals(group.key()))
                            .toList());
            var busy = onPurpose ? others.firm() : others.busy();
            if (!group.begun()) {
                var occupancy = others.free(busy, seat);
                return occupancy == null ? null : Fit.of(occupancy);
            }
            var named = sought.rooms().named();
            boolean sameRoom = named == null || named.id().equals(group.roomId());
            return sameRoom && !busy.contains(sought.practitionerId())
                    ? Fit.of(new Occupancy(group.roomId(), false, seat))
                    : null;
        }

        /** Who and what is busy, but for colleagues' forms. */
        private Set<UUID> firm() {
            var busy = new HashSet<UUID>();
            conflicts.forEach(conflict -> busy.add(conflict.actor().id()));
            held.stream().filter(one -> one.subject() == null).forEach(one -> busy.addAll(actors(one)));
            return busy;
        }

        private Set<UUID> busy() {
            var busy = firm();
            held.forEach(one -> busy.addAll(actors(one)));
            return busy;
        }

        /** What the visit would occupy; null when its practitioner or every room is busy. */
        private @Nullable Occupancy free(Set<UUID> busy, @Nullable Seat seat) {
            var room = freeRoom(busy);
            return !busy.contains(sought.practitionerId()) && isServed(room)
                    ? new Occupancy(room.map(Room::id).orElse(null), false, seat)
                    : null;
        }

        private Optional<Room> freeRoom(Set<UUID> busy) {
            return rooms.stream().filter(one -> !busy.contains(one.id())).findFirst();
        }

        private boolean isServed(Optional<Room> room) {
            return room.isPresent() || (rooms.isEmpty() && !sought.rooms().needed());
        }

        @Nullable UUID roomAnyway() {
            return freeRoom(busy())
                    .or(() -> rooms.stream().findFirst())
                    .map(Room::id)
                    .orElse(null);
        }

        Fit refusal() {
            var busy = busy();
            boolean withRoom = isServed(freeRoom(busy));
            var visits = conflicts.stream()
                    .filter(conflict -> !withRoom || conflict.actor().id().equals(sought.practitionerId()))
                    .toList();
            return new Fit(
                    null,
                    visits,
                    held.stream()
                            .filter(one -> !withRoom || one.practitionerId().equals(sought.practitionerId()))
                            .map(one -> new Kept(one.start(), one.end(), one.expiresAt(), one.name()))
                            .toList(),
                    !visits.isEmpty()
                            ? "Choose another time"
                            : busy.isEmpty()
                                    ? "None of the rooms that this service needs is at this location"
                                    : "Somebody is filling a form for this time");
        }
    }

    private static Set<UUID> actors(SlotHoldRows.Row held) {
        return Stream.of(held.practitionerId(), held.roomId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void giveWay(Sought sought, Occupancy occupancy, boolean onPurpose) {
        holds.giveWay(
                sought.practitionerId(),
                occupancy.roomId(),
                sought.slot(),
                caller(),
                onPurpose && !occupancy.overbooked() && occupancy.seat() == null);
    }

    /** Whose own holds are in nobody's way; empty for patients. */
    private static String caller() {
        return Caller.ifAny().map(Caller::subject).orElse("");
    }

    /** By start; a visit stands there once for each of its actors that is wanted. */
    private List<Conflict> conflicts(Sought sought, List<Room> rooms) {
        var found = new ArrayList<>(overlapping("""
                select a.id, a.starts_at, a.ends_at, 'practitioner' as kind, d.id as actor_id, d.display_name as name
                  from appointment a
                  join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
                 where a.organization_id = :org and a.practitioner_id = :practitioner
                """, sought, rooms));
        if (!rooms.isEmpty()) {
            found.addAll(overlapping("""
                    select a.id, a.starts_at, a.ends_at, 'room' as kind, r.id as actor_id, r.name
                      from appointment a join room r on r.organization_id = a.organization_id and r.id = a.room_id
                     where a.organization_id = :org and a.room_id = any(:rooms)
                    """, sought, rooms));
            found.sort(Comparator.comparing(Conflict::start)); // stable: the practitioner before the room
        }
        return found;
    }

    private List<Conflict> overlapping(String select, Sought sought, List<Room> rooms) {
        return bound(select + """
                 and a.blocking and a.id <> :moving and a.starts_at >= :earliest and a.starts_at < :end and a.ends_at > :start
                 order by a.starts_at, a.id
                """, sought, rooms)
                .param("moving", sought.moving() == null ? new UUID(0, 0) : sought.moving())
                .query((row, n) -> new Conflict(
                        Rows.id(row, "id"),
                        Rows.instant(row, "starts_at"),
                        Rows.instant(row, "ends_at"),
                        new Actor(row.getString("kind"), Rows.id(row, "actor_id"), row.getString("name"))))
                .list();
    }

    private JdbcClient.StatementSpec bound(String sql, Sought sought, List<Room> rooms) {
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("practitioner", sought.practitionerId())
                .param("rooms", rooms.stream().map(Room::id).toArray(UUID[]::new))
                .param("earliest", Rows.bound(sought.slot().start().minus(Agenda.LONGEST)))
                .param("start", Rows.bound(sought.slot().start()))
                .param("end", Rows.bound(sought.slot().end()));
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
        return taken(List.of(), List.of(), "Choose another time", nearest);
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
                                null,
                                day.minusDays(before),
                                day.plusDays(after + 1L),
                                null,
                                moving),
                        Integer.MAX_VALUE)
                .slots();
    }

    private static RuntimeException taken(
            List<Conflict> conflicts, List<Kept> kept, String why, List<FreeSlot> nearest) {
        return Problem.SLOT_TAKEN
                .because(why)
                .with(Map.of(
                        "conflicts",
                        conflicts,
                        "holds",
                        kept,
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
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a location that takes no visits
     */
    Place place(UUID practitionerId, Slot slot, @Nullable UUID wanted, @Nullable UUID before) {
        var place = availability.place(practitionerId, slot.start(), slot.end(), wanted, before);
        locations.requireActive(wanted == null ? place.locationId() : wanted, "/locationId");
        return place;
    }

    /**
     * The same for a service that may be offered at some locations only.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a location that takes no visits, or not of this
     *     service; a visit that was there before stays
     */
    Place placeOf(UUID serviceId, UUID practitionerId, Slot slot, @Nullable UUID wanted, @Nullable UUID before) {
        var offered = offering.locations(serviceId);
        boolean only = offered.size() == 1 && (before == null || offered.contains(before));
        var place = place(practitionerId, slot, wanted == null && only ? offered.getFirst() : wanted, before);
        if (!offered.isEmpty()
                && !offered.contains(place.locationId())
                && !place.locationId().equals(before)) {
            throw Problem.INVALID_FIELDS.at(
                    "/locationId", "not-offered", "Choose a location at which this service is offered");
        }
        return place;
    }

    /**
     * Staff may see patients outside the hours when they want to.
     *
     * @param onPurpose they know that it may be, and want it
     * @throws app.recado.kernel.ProblemException {@code outside-hours} when it is and nobody said so
     */
    void requireHours(Place place, boolean onPurpose) {
        if (!place.withinHours() && !onPurpose) {
            throw Problem.OUTSIDE_HOURS.because("Send outsideHours to book it nevertheless");
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code practitioner-unknown} for one who does not offer the service */
    void requireOffered(UUID serviceId, UUID practitionerId) {
        if (!offering.includes(serviceId, practitionerId)) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "not-offered", "Choose a practitioner who offers this service");
        }
    }
}
