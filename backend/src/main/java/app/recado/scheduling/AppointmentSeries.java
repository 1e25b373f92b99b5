package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.SlotChecks.Conflict;
import app.recado.scheduling.SlotChecks.Sought;
import app.recado.scheduling.availability.Availability.Place;
import app.recado.scheduling.directory.Insurances;
import app.recado.scheduling.directory.Locations;
import app.recado.scheduling.recurrence.Recurrence;
import app.recado.scheduling.recurrence.Recurrence.Clocks;
import app.recado.scheduling.recurrence.Recurrence.Occurrence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Visits that repeat by a rule: all of them are booked, moved and cancelled in one transaction or none is. Each is a visit
 * like any other afterwards, and may go its own way.
 */
@Service
class AppointmentSeries {

    private final AppointmentService service;
    private final AppointmentRepository appointments;
    private final PractitionerRepository practitioners;
    private final HealthcareServiceRepository services;
    private final Locations locations;
    private final Insurances insurances;
    private final VisitRooms rooms;
    private final SlotChecks slots;
    private final Agenda agenda;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AppointmentSeries(
            AppointmentService service,
            AppointmentRepository appointments,
            PractitionerRepository practitioners,
            HealthcareServiceRepository services,
            Locations locations,
            Insurances insurances,
            VisitRooms rooms,
            SlotChecks slots,
            Agenda agenda,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.service = service;
        this.appointments = appointments;
        this.practitioners = practitioners;
        this.services = services;
        this.locations = locations;
        this.insurances = insurances;
        this.rooms = rooms;
        this.slots = slots;
        this.agenda = agenda;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * When visits repeat, and what they take.
     *
     * @param locationId null for wherever the practitioner sees patients then; its clock is that of {@code start}, and the
     *     clinic's when there is none
     * @param roomId null for the first free one that suits the service, if that needs one
     * @param start on the wall clock; no visit is before it
     * @param recurrence an RRULE's value, with an end
     * @param without days of the rule on which there is no visit
     * @param durationMinutes null for as long as the service usually takes
     * @param outsideHours staff want visits whether the practitioner sees patients then or not
     */
    record Plan(
            UUID practitionerId,
            UUID healthcareServiceId,
            @Nullable UUID locationId,
            @Nullable UUID roomId,
            LocalDateTime start,
            String recurrence,
            Set<LocalDate> without,
            @Nullable Integer durationMinutes,
            boolean outsideHours) {}

    /** Whether a visit of a series has its place. */
    enum Fitting {
        FREE,
        TAKEN,
        OUTSIDE_HOURS
    }

    /**
     * One visit of a series, before it is one.
     *
     * @param local what the wall clock is to show
     * @param conflicts visits in the way, of its practitioner or of rooms
     */
    record Planned(
            LocalDateTime local,
            Instant start,
            Instant end,
            Clocks clocks,
            Fitting fitting,
            List<Conflict> conflicts) {}

    /** What a rule comes to now; nothing is held. */
    record Preview(ZoneId zone, List<Planned> visits) {}

    /**
     * A series.
     *
     * @param recurrence the RRULE's value as it was booked
     * @param start the hour it was booked from, on the wall clock of {@code zone}
     * @param visits by start; those too that were moved or cancelled since
     */
    record Series(
            UUID id,
            String recurrence,
            LocalDateTime start,
            ZoneId zone,
            List<AppointmentView> visits,
            long version,
            Instant createdAt) {}

    /**
     * What booking would come to.
     *
     * @param insuranceId who would pay; null for the patient
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}, {@code healthcare-service-unknown}, {@code
     *     practitioner-unknown}, {@code invalid-fields} for a rule that cannot be followed
     */
    @Transactional
    public Preview preview(Plan plan, UUID patientId, @Nullable UUID insuranceId) {
        service.holdPatient(patientId);
        var zone = zone(plan);
        var planned = planned(plan, zone);
        insurances.requireAccepted(insuranceId, plan.practitionerId(), plan.healthcareServiceId());
        return new Preview(zone, planned);
    }

    /**
     * Books all visits or none.
     *
     * @param note of each visit; null for none
     * @throws app.recado.kernel.ProblemException as {@link #preview}, {@code series-not-free} with
     *     every occurrence that has no place
     */
    @Transactional
    public Series book(Plan plan, UUID patientId, @Nullable UUID insuranceId, @Nullable String note) {
        service.holdPatient(patientId);
        var zone = zone(plan);
        var planned = planned(plan, zone);
        requireFree(planned.stream()
                .filter(visit -> visit.fitting() != Fitting.FREE
                        && !(visit.fitting() == Fitting.OUTSIDE_HOURS && plan.outsideHours()))
                .toList());
        var id = Ids.next();
        jdbc.sql("""
                insert into appointment_series (organization_id, id, recurrence, starts_local, time_zone, created_at, created_by,
                                                version)
                values (:org, :id, :recurrence, :start, :zone, :now, :by, 0)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("recurrence", plan.recurrence().strip())
                .param("start", plan.start())
                .param("zone", zone.getId())
                .param("now", Rows.bound(clock.instant()))
                .param("by", Caller.current().subject())
                .update();
        boolean follows = false;
        for (var visit : planned) {
            service.enter(
                    new AppointmentService.Booking(
                            patientId,
                            plan.practitionerId(),
                            plan.healthcareServiceId(),
                            plan.locationId(),
                            plan.roomId(),
                            insuranceId,
                            visit.start(),
                            plan.durationMinutes(),
                            note,
                            plan.outsideHours(),
                            false,
                            null,
                            null),
                    new AppointmentService.Repeats(id, follows));
            follows = true;
        }
        var series = get(id);
        together(series.visits().stream().map(AppointmentView::id).toList());
        return series;
    }

    private ZoneId zone(Plan plan) {
        var zones = locations.zones();
        var where = plan.locationId() == null ? CurrentOrganization.id() : plan.locationId();
        var zone = zones.get(where);
        if (zone == null) {
            throw Problem.INVALID_FIELDS.at("/locationId", "unknown-value", "Choose one of the clinic's locations");
        }
        return zone;
    }

    private List<Planned> planned(Plan plan, ZoneId zone) {
        var care = services.findById(plan.healthcareServiceId())
                .filter(HealthcareService::active)
                .orElseThrow(() -> Problem.HEALTHCARE_SERVICE_UNKNOWN.at(
                        "/healthcareServiceId", "unknown-value", "Choose one of the clinic's services"));
        var found = Recurrence.of(plan.recurrence(), "/recurrence")
                .from(plan.start(), zone, plan.without()::contains, "/recurrence");
        requireWithinReach(found);
        var length =
                Duration.ofMinutes(plan.durationMinutes() == null ? care.durationMinutes() : plan.durationMinutes());
        var choice = rooms.hold(plan.healthcareServiceId(), plan.roomId(), null);
        service.holdActive(plan.practitionerId());
        slots.requireOffered(plan.healthcareServiceId(), plan.practitionerId());
        var wanted = plan.locationId() == null ? choice.location() : plan.locationId();
        return found.stream()
                .map(occurrence -> {
                    var slot = Slot.of(occurrence.start(), length);
                    var place = slots.placeOf(plan.healthcareServiceId(), plan.practitionerId(), slot, wanted, null);
                    var sought = new Sought(
                            plan.healthcareServiceId(), plan.practitionerId(), slot, place, wanted, choice, null);
                    return planned(occurrence, slot, place, slots.fit(sought, false));
                })
                .toList();
    }

    private static Planned planned(Occurrence occurrence, Slot slot, Place place, SlotChecks.Fit fit) {
        var fitting =
                fit.occupancy() == null ? Fitting.TAKEN : place.withinHours() ? Fitting.FREE : Fitting.OUTSIDE_HOURS;
        return new Planned(occurrence.local(), slot.start(), slot.end(), occurrence.clock(), fitting, fit.conflicts());
    }

    private void requireWithinReach(List<Occurrence> found) {
        var now = clock.instant();
        if (found.getFirst().start().isBefore(now.minus(AppointmentService.LATE_ENTRY))) {
            throw Problem.INVALID_FIELDS.at("/start", "in-the-past", "A series begins now or later");
        }
        if (found.getLast().start().isAfter(now.plus(AppointmentService.HORIZON))) {
            throw Problem.INVALID_FIELDS.at(
                    "/recurrence", "out-of-range", "Visits can be booked for the next two years");
        }
    }

    private static void requireFree(List<Planned> unfit) {
        if (!unfit.isEmpty()) {
            throw Problem.SERIES_NOT_FREE
                    .because("Leave these days out, or choose another time")
                    .with(Map.of(
                            "occurrences",
                            unfit.stream().map(SeriesController.Occurrence::of).toList()));
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Series get(UUID id) {
        return jdbc.sql("""
                        select recurrence, starts_local, time_zone, version, created_at from appointment_series
                         where organization_id = ? and id = ?
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Series(
                        id,
                        row.getString("recurrence"),
                        row.getObject("starts_local", LocalDateTime.class),
                        ZoneId.of(row.getString("time_zone")),
                        agenda.ofSeries(id),
                        row.getLong("version"),
                        Rows.instant(row, "created_at")))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such series"));
    }

    /**
     * Cancels a visit and those after it, as far as they are still awaited.
     *
     * @param from a visit of the series
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} for a visit of
     *     another series, {@code appointment-not-in-that-state} when none of them is awaited
     */
    @Transactional
    public Series cancel(
            UUID id, ExpectedVersion expected, UUID from, @Nullable CancellationCode code, @Nullable String reason) {
        change(id, expected);
        var visits = awaited(id, existing(id, from).slot().start());
        // The first goes last: whoever hears of it knows of the others by then.
        var first = visits.getFirst().id();
        visits.reversed()
                .forEach(visit ->
                        service.callOff(visit, code, reason, !visit.id().equals(first)));
        together(visits.stream().map(Appointment::id).toList());
        return get(id);
    }

    /** @param visits by start */
    private void together(List<UUID> visits) {
        events.publishEvent(new AppointmentsOfSeriesChanged(visits.getFirst(), visits.subList(1, visits.size())));
    }

    /**
     * Where a visit of a series goes, and those after it by the same number of days, to the same hour.
     *
     * @param start of the visit it begins with
     * @param practitionerId null for whom each is with
     * @param durationMinutes null for as long as each is
     */
    record Shift(
            UUID from,
            Instant start,
            @Nullable UUID practitionerId,
            @Nullable Integer durationMinutes,
            boolean outsideHours) {}

    /**
     * Moves a visit and those after it, as far as they are still awaited: all or none.
     *
     * @throws app.recado.kernel.ProblemException as {@link #cancel}, {@code series-not-free}, {@code practitioner-unknown},
     *     {@code invalid-fields}
     */
    @Transactional
    public Series reschedule(UUID id, ExpectedVersion expected, Shift shift) {
        change(id, expected);
        var first = existing(id, shift.from());
        service.requireStart(shift.start());
        var zone = first.place(CurrentOrganization.id()).zone();
        var before = first.slot().start().atZone(zone).toLocalDate();
        var after = shift.start().atZone(zone).toLocalDateTime();
        long days = ChronoUnit.DAYS.between(before, after.toLocalDate());
        var choices = hold(id, first, shift.practitionerId());
        var visits = new ArrayList<>(awaited(id, first.slot().start()));
        var inOrder = visits.stream().map(Appointment::id).toList();
        var earliest = inOrder.getFirst();
        if (shift.start().isAfter(first.slot().start())) {
            Collections.reverse(visits); // each finds the place of the next one empty
        }
        var unfit = new ArrayList<Planned>();
        for (var visit : visits) {
            var local = visit.slot()
                    .start()
                    .atZone(zone)
                    .toLocalDate()
                    .plusDays(days)
                    .atTime(after.toLocalTime());
            var choice = choices.get(visit.roomId());
            if (choice == null) { // it got another room in this very moment
                throw Problem.CONFLICT.because("A visit of the series was changed meanwhile");
            }
            put(visit, Recurrence.at(local, zone), choice, shift, visit.id().equals(earliest))
                    .ifPresent(unfit::add);
        }
        requireFree(unfit);
        together(inOrder);
        return get(id);
    }

    /**
     * Holds what the visits of a series have and may take, before their rows: rooms, then practitioners, as every booking does.
     *
     * @return what a visit may take, by the room it has
     */
    private Map<@Nullable UUID, VisitRooms.Choice> hold(UUID series, Appointment first, @Nullable UUID practitionerId) {
        var taken = new HashSet<@Nullable UUID>();
        var whose = new TreeSet<UUID>();
        jdbc.sql("""
                select distinct room_id, practitioner_id from appointment where organization_id = ? and series_id = ?
                 order by room_id, practitioner_id
                """).params(CurrentOrganization.id(), series).query(row -> {
            taken.add(row.getObject("room_id", UUID.class));
            whose.add(Rows.id(row, "practitioner_id"));
        });
        var choices = new HashMap<@Nullable UUID, VisitRooms.Choice>();
        taken.forEach(room -> choices.put(room, rooms.hold(first.healthcareServiceId(), null, room)));
        whose.forEach(practitioners::hold);
        if (practitionerId != null) {
            service.holdActive(practitionerId);
        }
        return choices;
    }

    /** @return what has no place there */
    private Optional<Planned> put(
            Appointment visit, Occurrence to, VisitRooms.Choice choice, Shift shift, boolean first) {
        var practitioner = shift.practitionerId() == null ? visit.practitionerId() : shift.practitionerId();
        var length =
                shift.durationMinutes() == null ? visit.slot().length() : Duration.ofMinutes(shift.durationMinutes());
        var slot = Slot.of(to.start(), length);
        service.requireStart(slot.start());
        if (visit.isAt(practitioner, slot, null, null)) {
            return Optional.empty();
        }
        var place = slots.placeOf(visit.healthcareServiceId(), practitioner, slot, null, visit.locationId());
        var fit = slots.fit(
                new Sought(visit.healthcareServiceId(), practitioner, slot, place, null, choice, visit.id()), false);
        var planned = planned(to, slot, place, fit);
        if (fit.occupancy() == null || planned.fitting() == Fitting.OUTSIDE_HOURS && !shift.outsideHours()) {
            return Optional.of(planned);
        }
        service.putAt(visit, practitioner, slot, place, fit.occupancy(), !first);
        return Optional.empty();
    }

    /** Holds the series. */
    private void change(UUID id, ExpectedVersion expected) {
        var version = jdbc.sql("""
                        select version from appointment_series where organization_id = ? and id = ? for update
                        """)
                .params(CurrentOrganization.id(), id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such series"));
        expected.mustBe(version);
        jdbc.sql("update appointment_series set version = version + 1 where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
    }

    private Appointment existing(UUID series, UUID visitId) {
        return appointments
                .findById(visitId)
                .filter(visit -> series.equals(visit.seriesId()))
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        "/fromAppointmentId", "unknown-value", "Choose a visit of this series"));
    }

    private List<Appointment> awaited(UUID series, Instant from) {
        var visits = appointments.holdSeries(series, from).stream()
                .filter(visit -> visit.status().isAwaited())
                .toList();
        if (visits.isEmpty()) {
            throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("No visit of this series is awaited from there on");
        }
        return visits;
    }
}
