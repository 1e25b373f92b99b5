package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Days;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.scheduling.directory.Locations;
import app.recado.scheduling.directory.Offering;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is free: the one place that every screen and module asks. Computed from hours and visits at each question, never
 * stored, so that it cannot be out of date; that a time is sold once is the database's business.
 */
@Service
public class Availability {

    /** More days at once is a list that nobody reads. */
    public static final int MOST_DAYS = 42;

    /** Visits begin on quarters of an hour, and right where another one ends. */
    private static final int STEP_MINUTES = 15;

    /** No visit is longer; the database refuses it. */
    private static final Duration LONGEST_VISIT = Duration.ofHours(8);

    /** No buffer is longer; the database refuses it. */
    private static final Duration LONGEST_BUFFER = Duration.ofHours(2);

    private static final int NEAREST_DAYS = 14;

    private static final String WHO = """
            select d.id from practitioner d
             where d.organization_id = :org and d.active and (cast(:only as uuid) is null or d.id = :only) and
            """ + Offering.by(":service", "d.id") + " order by d.display_name, d.id";

    private static final String BUSY = """
            select a.practitioner_id, a.starts_at - make_interval(mins => s.buffer_before_minutes) as busy_from,
                   a.ends_at + make_interval(mins => s.buffer_after_minutes) as busy_until
              from appointment a
              join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
             where a.organization_id = :org and a.starts_at >= :earliest and a.starts_at < :latest
               and a.blocking and a.practitioner_id = any(:practitioners) and a.id <> :without
            union all
            select h.practitioner_id, h.starts_at - make_interval(mins => s.buffer_before_minutes),
                   h.ends_at + make_interval(mins => s.buffer_after_minutes)
              from slot_hold h
              join healthcare_service s on s.organization_id = h.organization_id and s.id = h.healthcare_service_id
             where h.organization_id = :org and h.starts_at >= :earliest and h.starts_at < :latest
               and h.practitioner_id = any(:practitioners) and h.expires_at > :now
               and (h.held_by is null or h.held_by <> :caller)
            """;

    private final JdbcClient jdbc;
    private final OpeningHours openingHours;
    private final Locations locations;
    private final Offering offering;
    private final FreeRooms freeRooms;
    private final OpenGroups groups;
    private final Clock clock;

    Availability(
            JdbcClient jdbc,
            OpeningHours openingHours,
            Locations locations,
            Offering offering,
            FreeRooms freeRooms,
            OpenGroups groups,
            Clock clock) {
        this.jdbc = jdbc;
        this.openingHours = openingHours;
        this.locations = locations;
        this.offering = offering;
        this.freeRooms = freeRooms;
        this.groups = groups;
        this.clock = clock;
    }

    /**
     * What is looked for.
     *
     * @param practitionerId null for anybody who offers the service
     * @param locationId null for wherever they see patients and the service is offered
     * @param roomId null for any that suits, if the service needs one
     * @param from first day, on the wall clock of the location
     * @param to the day after the last
     * @param durationMinutes null for as long as the service usually takes
     * @param without a visit that is being moved and is in nobody's way; null for none
     */
    public record Wanted(
            UUID healthcareServiceId,
            @Nullable UUID practitionerId,
            @Nullable UUID locationId,
            @Nullable UUID roomId,
            LocalDate from,
            LocalDate to,
            @Nullable Integer durationMinutes,
            @Nullable UUID without) {}

    /**
     * A visit would fit here.
     *
     * @param roomId the first room by name that is free then; null when the service needs none
     * @param gapBeforeMinutes free time that would be left before it, until the visit or the opening before it
     * @param gapAfterMinutes free time that would be left after it, until the visit or the closing after it
     * @param capacity how many patients share it
     * @param placesLeft for how many of them there is a place
     */
    public record FreeSlot(
            UUID practitionerId,
            UUID locationId,
            @Nullable UUID roomId,
            Instant start,
            Instant end,
            int gapBeforeMinutes,
            int gapAfterMinutes,
            int capacity,
            int placesLeft) {}

    /** The first free time of a practitioner within the days asked for; null when there is none. */
    public record NextFree(UUID practitionerId, @Nullable Instant start) {}

    /**
     * What was found.
     *
     * @param slots by start, then by practitioner's name; the first so many that were asked for
     * @param more whether there are more
     * @param nextFree one for each practitioner who could take the visit, by name
     */
    public record Found(ZoneId zone, List<FreeSlot> slots, boolean more, List<NextFree> nextFree) {}

    /**
     * Free times from now on.
     *
     * @param limit how many at most
     * @throws ProblemException {@code healthcare-service-unknown}, {@code practitioner-unknown}, {@code invalid-parameter}
     */
    @Transactional(readOnly = true)
    public Found find(Wanted wanted, int limit) {
        Days.requireAtMost(MOST_DAYS, wanted.from(), wanted.to());
        var service = service(wanted.healthcareServiceId());
        var practitioners = practitioners(wanted.healthcareServiceId(), wanted.practitionerId());
        var places = Places.of(locations);
        var hours = openingHours.of(practitioners, wanted.from(), wanted.to());
        var open = new LinkedHashMap<UUID, Map<UUID, List<Stretch>>>();
        var offeredAt = offering.locations(wanted.healthcareServiceId());
        for (var practitioner : practitioners) {
            var byLocation = places.between(hours, practitioner, wanted.from(), wanted.to(), wanted.locationId());
            if (!offeredAt.isEmpty()) {
                byLocation.keySet().retainAll(offeredAt);
            }
            open.put(practitioner, byLocation);
        }
        var around = around(open, service);
        var busy = around == null ? Map.<UUID, List<Stretch>>of() : busy(open.keySet(), around, wanted.without());
        var rooms = around == null
                ? new FreeRooms.Of(true, List.of(), Map.of())
                : freeRooms.of(service.id(), wanted.roomId(), around.start(), around.end(), wanted.without());
        var length = wanted.durationMinutes() == null ? service.minutes() : wanted.durationMinutes();
        var begun = around == null || service.capacity() == 1
                ? List.<OpenGroups.Begun>of()
                : groups.begun(service.id(), open.keySet(), around, wanted.without());
        var now = clock.instant();
        var all = new ArrayList<FreeSlot>();
        var next = new ArrayList<NextFree>();
        open.forEach((practitioner, byLocation) -> {
            var own = new ArrayList<FreeSlot>();
            byLocation.forEach((location, stretches) -> new FreeSlots(
                            Duration.ofMinutes(length),
                            Duration.ofMinutes(service.before()),
                            Duration.ofMinutes(service.after()),
                            STEP_MINUTES,
                            places.zone(location))
                    .in(stretches, busy.getOrDefault(practitioner, List.of()), now)
                    .forEach(slot -> {
                        var room = rooms.firstFree(
                                location,
                                slot.start().minus(Duration.ofMinutes(service.before())),
                                slot.end().plus(Duration.ofMinutes(service.after())));
                        if (room != null || !rooms.needed()) {
                            own.add(free(practitioner, location, room, slot, service.capacity()));
                        }
                    }));
            for (var group : begun) {
                if (group.practitionerId().equals(practitioner)
                        && group.isOpen(service.capacity(), length, wanted.roomId(), now)) {
                    byLocation.forEach((location, stretches) -> {
                        if (group.isAt(location) && stretches.stream().anyMatch(group::isWithin)) {
                            own.add(joining(group, location, service.capacity()));
                        }
                    });
                }
            }
            next.add(new NextFree(
                    practitioner,
                    own.stream()
                            .map(FreeSlot::start)
                            .min(Comparator.naturalOrder())
                            .orElse(null)));
            all.addAll(own);
        });
        all.sort(Comparator.comparing(FreeSlot::start)); // stable: practitioners stay in order of their names
        var slots = List.copyOf(all.subList(0, Math.min(limit, all.size())));
        return new Found(places.mainZone(), slots, all.size() > slots.size(), next);
    }

    /** Joining others leaves no gaps. */
    private static FreeSlot joining(OpenGroups.Begun group, UUID location, int capacity) {
        return new FreeSlot(
                group.practitionerId(),
                location,
                group.roomId(),
                group.start(),
                group.end(),
                0,
                0,
                capacity,
                capacity - group.taken());
    }

    private static FreeSlot free(
            UUID practitioner, UUID location, @Nullable UUID room, FreeSlots.Slot slot, int capacity) {
        return new FreeSlot(
                practitioner,
                location,
                room,
                slot.start(),
                slot.end(),
                Math.toIntExact(slot.gapBefore().toMinutes()),
                Math.toIntExact(slot.gapAfter().toMinutes()),
                capacity,
                capacity);
    }

    /**
     * A time of one practitioner that could not be had.
     *
     * @param locationId null for wherever they see patients
     * @param roomId null for any room that suits
     * @param without a visit that is being moved; null for none
     */
    public record Near(
            UUID serviceId,
            UUID practitionerId,
            @Nullable UUID locationId,
            @Nullable UUID roomId,
            Instant start,
            int durationMinutes,
            @Nullable UUID without) {}

    /** The free times nearest to a wanted one, within two weeks of it; the nearest first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<FreeSlot> nearest(Near near, int limit) {
        var wanted = near.start();
        var day = wanted.atZone(Places.of(locations).mainZone()).toLocalDate();
        List<FreeSlot> slots;
        try {
            slots = find(
                            new Wanted(
                                    near.serviceId(),
                                    near.practitionerId(),
                                    near.locationId(),
                                    near.roomId(),
                                    day,
                                    day.plusDays(NEAREST_DAYS),
                                    near.durationMinutes(),
                                    near.without()),
                            Integer.MAX_VALUE)
                    .slots();
        } catch (ProblemException retired) {
            return List.of(); // a visit may be moved although its service or practitioner takes no new ones
        }
        return slots.stream()
                .sorted(Comparator.comparing(
                        slot -> Duration.between(wanted, slot.start()).abs()))
                .limit(limit)
                .toList();
    }

    /**
     * Where a visit takes place.
     *
     * @param zone in which its hour is meant
     * @param withinHours the practitioner sees patients there then; also true while neither they nor the clinic have said
     *     any hours
     */
    public record Place(UUID locationId, ZoneId zone, boolean withinHours) {}

    /**
     * Where a visit would take place: where it is wanted, else where the practitioner sees patients at that time, else at
     * the otherwise given location.
     *
     * @param wanted null for wherever the practitioner is; a location that takes visits
     * @param otherwise where it is outside all hours; null for the main location
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Place place(
            UUID practitionerId, Instant start, Instant end, @Nullable UUID wanted, @Nullable UUID otherwise) {
        var places = Places.of(locations);
        var day = start.atZone(places.mainZone()).toLocalDate();
        var hours = openingHours.of(
                List.of(practitionerId),
                day.minusDays(1),
                end.atZone(places.mainZone()).toLocalDate().plusDays(2));
        var open = places.around(hours, practitionerId, start, end, wanted);
        var location = open != null ? open : wanted != null ? wanted : otherwise;
        if (location == null || !places.zones().containsKey(location)) {
            location = places.main();
        }
        return new Place(location, places.zone(location), open != null || hours.assumed(day, practitionerId));
    }

    /**
     * When practitioners see patients on some days.
     *
     * @param practitionerId null for all who are active
     * @throws ProblemException {@code practitioner-unknown}, {@code invalid-parameter}
     */
    @Transactional(readOnly = true)
    public List<OpenDay> openDays(@Nullable UUID practitionerId, LocalDate from, LocalDate to) {
        Days.requireAtMost(MOST_DAYS, from, to);
        var practitioners = practitioners(null, practitionerId);
        var hours = openingHours.of(practitioners, from, to);
        var places = Places.of(locations);
        var days = new ArrayList<OpenDay>();
        for (var date = from; date.isBefore(to); date = date.plusDays(1)) {
            for (var practitioner : practitioners) {
                var open = places.on(hours, date, practitioner).stream()
                        .map(one -> new Open(
                                one.location(),
                                one.stretch().start(),
                                one.stretch().end()))
                        .toList();
                days.add(new OpenDay(
                        practitioner,
                        date,
                        open,
                        hours.assumed(date, practitioner),
                        hours.holiday(date, practitioner)));
            }
        }
        return days;
    }

    /**
     * A practitioner's day.
     *
     * @param open in order; empty when closed
     * @param assumed true while neither the practitioner nor the clinic have said when they are open
     * @param holiday name of the public holiday that closes the day; null on all others
     */
    public record OpenDay(
            UUID practitionerId,
            LocalDate date,
            List<Open> open,
            boolean assumed,
            @Nullable String holiday) {}

    /** Open at a location from one moment until another. */
    public record Open(UUID locationId, Instant start, Instant end) {}

    private record Service(UUID id, int minutes, int before, int after, int capacity) {}

    private Service service(UUID id) {
        return jdbc.sql("""
                select duration_minutes, buffer_before_minutes, buffer_after_minutes, capacity from healthcare_service
                 where organization_id = ? and id = ? and active
                """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Service(id, row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .optional()
                .orElseThrow(() -> Problem.HEALTHCARE_SERVICE_UNKNOWN.because("Choose one of the clinic's services"));
    }

    /** Who could take the visit; everybody active without a service. */
    private List<UUID> practitioners(@Nullable UUID serviceId, @Nullable UUID only) {
        var found = jdbc.sql(WHO)
                .param("org", CurrentOrganization.id())
                .param("service", serviceId == null ? new UUID(0, 0) : serviceId)
                .param("only", only)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
        if (only != null && found.isEmpty()) {
            throw Problem.PRACTITIONER_UNKNOWN.because("Choose a practitioner who offers this service");
        }
        return found;
    }

    /** From when to when other visits begin that may be in the way during the opening hours; null while nobody is open. */
    private static @Nullable Stretch around(Map<UUID, Map<UUID, List<Stretch>>> open, Service service) {
        var stretches = open.values().stream()
                .flatMap(byLocation -> byLocation.values().stream().flatMap(List::stream))
                .toList();
        var earliest = stretches.stream().map(Stretch::start).min(Comparator.naturalOrder());
        var latest = stretches.stream().map(Stretch::end).max(Comparator.naturalOrder());
        if (earliest.isEmpty() || latest.isEmpty()) {
            return null;
        }
        var reach = LONGEST_BUFFER.plusMinutes(Math.max(service.before(), service.after()));
        return new Stretch(
                earliest.get().minus(LONGEST_VISIT).minus(reach), latest.get().plus(reach));
    }

    /** Other visits, by practitioner, with the time that they need around them. */
    private Map<UUID, List<Stretch>> busy(Set<UUID> practitioners, Stretch around, @Nullable UUID without) {
        var busy = new HashMap<UUID, List<Stretch>>();
        jdbc.sql(BUSY)
                .param("org", CurrentOrganization.id())
                .param("earliest", SqlTime.at(around.start()))
                .param("latest", SqlTime.at(around.end()))
                .param("practitioners", practitioners.toArray(UUID[]::new))
                .param("without", without == null ? new UUID(0, 0) : without)
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.ifAny().map(Caller::subject).orElse(""))
                .query(row -> {
                    busy.computeIfAbsent(row.getObject("practitioner_id", UUID.class), whose -> new ArrayList<>())
                            .add(stretch(row));
                });
        return busy;
    }

    private static Stretch stretch(ResultSet row) throws SQLException {
        return new Stretch(SqlTime.instant(row, "busy_from"), SqlTime.instant(row, "busy_until"));
    }
}
