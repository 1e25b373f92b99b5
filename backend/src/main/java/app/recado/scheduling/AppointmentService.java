package app.recado.scheduling;

import app.recado.customfields.CustomFields;
import app.recado.customfields.CustomValue;
import app.recado.customfields.CustomValues;
import app.recado.customfields.FieldSubject;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Constraints;
import app.recado.patients.Patients;
import app.recado.scheduling.Appointment.Occupancy;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.SlotChecks.Sought;
import app.recado.scheduling.availability.Availability.Place;
import app.recado.scheduling.directory.Insurances;
import app.recado.scheduling.waitlist.Waitlist;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What staff do with appointments: book, move, cancel, and lead them through their day. Whoever plans messages hears of
 * it inside the same transaction.
 */
@Service
class AppointmentService {

    /** Visits of the last days may be written down afterwards: clinics catch up with paper. */
    static final Duration LATE_ENTRY = Duration.ofDays(30);

    /** Further ahead is a typing error in the year. */
    static final Duration HORIZON = Duration.ofDays(2 * 366);

    /** By which the database refuses what overlaps, and a place of a group that is taken. */
    static final Set<String> SLOT_CONSTRAINTS = Set.of("appointment_slot", "appointment_seat");

    private final AppointmentRepository appointments;
    private final PractitionerRepository practitioners;
    private final HealthcareServiceRepository services;
    private final Patients patients;
    private final SlotChecks slots;
    private final VisitRooms rooms;
    private final Insurances insurances;
    private final Waitlist waitlist;
    private final CustomFields fields;
    private final Agenda agenda;
    private final AppointmentHistory history;
    private final OwnVisits own;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AppointmentService(
            AppointmentRepository appointments,
            PractitionerRepository practitioners,
            HealthcareServiceRepository services,
            Patients patients,
            SlotChecks slots,
            VisitRooms rooms,
            Insurances insurances,
            Waitlist waitlist,
            CustomFields fields,
            Agenda agenda,
            AppointmentHistory history,
            OwnVisits own,
            ApplicationEventPublisher events,
            Clock clock) {
        this.appointments = appointments;
        this.practitioners = practitioners;
        this.services = services;
        this.patients = patients;
        this.slots = slots;
        this.rooms = rooms;
        this.insurances = insurances;
        this.waitlist = waitlist;
        this.fields = fields;
        this.agenda = agenda;
        this.history = history;
        this.own = own;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A visit to book.
     *
     * @param locationId null for wherever the practitioner sees patients then
     * @param roomId null for the first free one that suits the service, if that needs one
     * @param insuranceId who pays; null for the patient
     * @param durationMinutes null for as long as the service usually takes
     * @param outsideHours staff want it whether the practitioner sees patients then or not
     * @param overbook staff want it whatever is in the way
     * @param waitlistEntryId the patient's entry on the waitlist, which ends with it; null for none
     * @param customFields what is written in fields of the clinic's own; null for nothing, and then nothing is required
     */
    record Booking(
            UUID patientId,
            UUID practitionerId,
            UUID healthcareServiceId,
            @Nullable UUID locationId,
            @Nullable UUID roomId,
            @Nullable UUID insuranceId,
            Instant start,
            @Nullable Integer durationMinutes,
            @Nullable String note,
            boolean outsideHours,
            boolean overbook,
            @Nullable UUID waitlistEntryId,
            @Nullable List<CustomValue> customFields) {}

    /**
     * Where to move a visit.
     *
     * @param practitionerId null for the same one
     * @param locationId null for wherever the practitioner sees patients then
     * @param roomId null for the one it has, where that is free, else the first free one that suits
     * @param durationMinutes null for as long as before
     * @param outsideHours staff want it whether the practitioner sees patients then or not
     * @param overbook staff want it whatever is in the way
     */
    record Move(
            Instant start,
            @Nullable UUID practitionerId,
            @Nullable UUID locationId,
            @Nullable UUID roomId,
            @Nullable Integer durationMinutes,
            boolean outsideHours,
            boolean overbook) {}

    /**
     * Books a visit.
     *
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}, {@code practitioner-unknown}, {@code
     *     healthcare-service-unknown}, {@code slot-taken}, {@code outside-hours}, {@code waitlist-entry-not-in-that-state},
     *     {@code invalid-fields} for a time too far away
     */
    @Transactional
    public AppointmentView book(Booking booking) {
        return agenda.get(enter(booking, null));
    }

    /**
     * The series that a visit repeats in.
     *
     * @param follows another one of it is booked before it, at the same time
     */
    record Repeats(UUID seriesId, boolean follows) {}

    /**
     * Books a visit, as part of the caller's transaction.
     *
     * @param repeats null for a visit alone
     * @return its id
     * @throws app.recado.kernel.ProblemException as {@link #book}
     */
    UUID enter(Booking booking, @Nullable Repeats repeats) {
        holdPatient(booking.patientId());
        var service = services.findById(booking.healthcareServiceId())
                .filter(HealthcareService::active)
                .orElseThrow(() -> Problem.HEALTHCARE_SERVICE_UNKNOWN.at(
                        "/healthcareServiceId", "unknown-value", "Choose one of the clinic's services"));
        var length = booking.durationMinutes() == null ? service.durationMinutes() : booking.durationMinutes();
        var slot = Slot.of(requireStart(booking.start()), Duration.ofMinutes(length));
        var choice = rooms.hold(booking.healthcareServiceId(), booking.roomId(), null);
        holdActive(booking.practitionerId());
        slots.requireOffered(booking.healthcareServiceId(), booking.practitionerId());
        var wanted = booking.locationId() == null ? choice.location() : booking.locationId();
        var place = slots.placeOf(booking.healthcareServiceId(), booking.practitionerId(), slot, wanted, null);
        var occupancy = slots.occupy(
                new Sought(booking.healthcareServiceId(), booking.practitionerId(), slot, place, wanted, choice, null),
                booking.overbook());
        slots.requireHours(place, booking.outsideHours());
        var visit = new Appointment(
                booking.patientId(),
                booking.practitionerId(),
                booking.healthcareServiceId(),
                slot,
                place,
                occupancy,
                booking.note(),
                clock.instant(),
                caller());
        insurances.requireAccepted(booking.insuranceId(), booking.practitionerId(), booking.healthcareServiceId());
        visit.payBy(booking.insuranceId());
        visit.write(written(booking.customFields(), CustomValues.NONE));
        if (repeats != null) {
            visit.belongTo(repeats.seriesId());
        }
        if (Caller.current().client() != null) {
            visit.cameFromProgram();
        }
        store(visit);
        if (booking.waitlistEntryId() != null) {
            waitlist.book(booking.waitlistEntryId(), booking.patientId(), visit.id());
        }
        boolean follows = repeats != null && repeats.follows();
        write(visit.id(), "booked", null, new AppointmentBooked(visit.id(), follows));
        writeOverbooked(visit);
        return visit.id();
    }

    /**
     * Moves a visit; moving it to where it already is changes nothing. One that only ends earlier or later, also while it is
     * going on, is the visit that the patient knows: their answer stays and they are told nothing.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code slot-taken}, {@code
     *     outside-hours}, {@code practitioner-unknown}, {@code appointment-not-in-that-state}, {@code invalid-fields}
     */
    @Transactional
    public AppointmentView reschedule(UUID id, ExpectedVersion expected, Move move) {
        var visit = existing(id, expected);
        var length =
                move.durationMinutes() == null ? visit.slot().length() : Duration.ofMinutes(move.durationMinutes());
        var slot = Slot.of(requireStart(move.start()), length);
        var choice = rooms.hold(visit.healthcareServiceId(), move.roomId(), visit.roomId());
        if (move.practitionerId() == null) {
            practitioners.hold(visit.practitionerId());
        } else {
            holdActive(move.practitionerId());
        }
        var target = move.practitionerId() == null ? visit.practitionerId() : move.practitionerId();
        boolean sameBegin = visit.begins(target, slot.start(), move.locationId());
        if (sameBegin) {
            visit.requireOpen();
        } else {
            visit.requireMovable();
        }
        if (visit.isAt(target, slot, move.locationId(), move.roomId())) {
            return agenda.get(id);
        }
        var wanted = move.locationId() == null ? choice.location() : move.locationId();
        var place = slots.placeOf(visit.healthcareServiceId(), target, slot, wanted, visit.locationId());
        var occupancy = slots.occupy(
                new Sought(visit.healthcareServiceId(), target, slot, place, wanted, choice, id), move.overbook());
        slots.requireHours(place, move.outsideHours());
        if (sameBegin && place.locationId().equals(visit.locationId()) && !slot.equals(visit.slot())) {
            visit.lastUntil(slot.end(), place, occupancy);
            store(visit);
            write(id, "length-changed", null, new AppointmentLengthChanged(id));
        } else {
            putAt(visit, target, slot, place, occupancy, false);
        }
        writeOverbooked(visit);
        return agenda.get(id);
    }

    /**
     * Moves a visit to a place that was found free, as part of the caller's transaction.
     *
     * @param follows it moves with another one that it repeats
     */
    void putAt(Appointment visit, UUID practitionerId, Slot slot, Place place, Occupancy occupancy, boolean follows) {
        visit.moveTo(practitionerId, slot, place, occupancy);
        store(visit);
        write(visit.id(), "moved", null, new AppointmentRescheduled(visit.id(), follows));
    }

    /**
     * Gives a visit another room of its location; it stays what it is otherwise, and nobody is told.
     *
     * @param roomId null for none, when the service needs none
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code slot-taken}, {@code
     *     appointment-not-in-that-state}, {@code invalid-fields}
     */
    @Transactional
    public AppointmentView takeRoom(UUID id, ExpectedVersion expected, @Nullable UUID roomId) {
        var visit = existing(id, expected);
        var choice = rooms.hold(visit.healthcareServiceId(), roomId, null);
        if (roomId == null && choice.needed()) {
            throw Problem.INVALID_FIELDS.at("/roomId", "required", "This service needs a room");
        }
        visit.requireOpen();
        if (roomId != null && !visit.overbooked()) {
            practitioners.hold(visit.practitionerId());
            slots.occupy(sameTime(visit, choice), false);
        }
        visit.takeRoom(roomId);
        store(visit);
        return tell(id, "room-changed", null, new AppointmentRoomChanged(id));
    }

    /**
     * Accepts a visit that a patient asked for; they are told as of any booking.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code appointment-not-in-that-state}
     */
    @Transactional
    public AppointmentView accept(UUID id, ExpectedVersion expected) {
        var visit = existing(id, expected);
        visit.accept();
        store(visit);
        return tell(id, "booked", null, new AppointmentBooked(id));
    }

    /**
     * Writes down who pays; the visit stays what it is otherwise, and nobody is told.
     *
     * @param insuranceId null for the patient
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}
     */
    @Transactional
    public AppointmentView payBy(UUID id, ExpectedVersion expected, @Nullable UUID insuranceId) {
        var visit = existing(id, expected);
        insurances.requireAccepted(insuranceId, visit.practitionerId(), visit.healthcareServiceId());
        visit.payBy(insuranceId);
        store(visit);
        return tell(id, "insurance-changed", null, new AppointmentInsuranceChanged(id));
    }

    /**
     * Writes into fields of the clinic's own, at whatever state the visit is; nobody is told.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code not-your-appointment}, {@code
     *     invalid-fields}
     */
    @Transactional
    public AppointmentView write(UUID id, ExpectedVersion expected, List<CustomValue> values) {
        var visit = existing(id, expected);
        own.requireTheirs(visit);
        visit.write(written(values, visit.customFields()));
        visit.touch();
        store(visit);
        return tell(id, "fields-changed", null, new AppointmentFieldsChanged(id));
    }

    /**
     * Writes another note, at whatever state the visit is; nobody is told.
     *
     * @param note null or blank for none
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code not-your-appointment}
     */
    @Transactional
    public AppointmentView note(UUID id, ExpectedVersion expected, @Nullable String note) {
        var visit = existing(id, expected);
        own.requireTheirs(visit);
        visit.note(blankToNull(note));
        store(visit);
        return tell(id, "note-changed", null, new AppointmentNoteChanged(id));
    }

    /**
     * Says why a patient did not come; nobody is told.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code appointment-not-in-that-state}
     */
    @Transactional
    public AppointmentView explainNoShow(
            UUID id, ExpectedVersion expected, @Nullable NoShowCode code, @Nullable String reason) {
        var visit = existing(id, expected);
        visit.explainNoShow(code, blankToNull(reason));
        store(visit);
        return tell(id, "no-show-explained", null, new AppointmentNoShowExplained(id));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private CustomValues written(@Nullable List<CustomValue> values, CustomValues before) {
        return fields.checked(FieldSubject.APPOINTMENT, values, before, "/customFields");
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code appointment-not-in-that-state} */
    @Transactional
    public AppointmentView cancel(
            UUID id, ExpectedVersion expected, @Nullable CancellationCode code, @Nullable String reason) {
        callOff(existing(id, expected), code, reason);
        return agenda.get(id);
    }

    /** Cancels a visit, as part of the caller's transaction. */
    void callOff(Appointment visit, @Nullable CancellationCode code, @Nullable String reason) {
        callOff(visit, code, reason, false);
    }

    /**
     * The same for one of several visits.
     *
     * @param follows it is cancelled with another one that it repeats
     */
    void callOff(Appointment visit, @Nullable CancellationCode code, @Nullable String reason, boolean follows) {
        boolean requested = visit.status() == AppointmentStatus.PENDING;
        visit.cancel(code, reason, AppointmentHistory.STAFF, clock.instant());
        store(visit);
        write(
                visit.id(),
                "cancelled",
                reason,
                new AppointmentCancelled(visit.id(), AppointmentHistory.STAFF, requested, follows));
    }

    /**
     * Takes a cancellation back that staff did by mistake, while its time is still free. The visit takes another room that
     * suits when somebody else has its own; one that was booked over others on purpose asks for no free time.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code appointment-not-in-that-state},
     *     {@code too-late-to-undo}, {@code slot-taken} when the time was given to somebody else
     */
    @Transactional
    public AppointmentView reinstate(UUID id, ExpectedVersion expected) {
        var visit = existing(id, expected);
        var choice = rooms.hold(visit.healthcareServiceId(), null, visit.roomId());
        practitioners.hold(visit.practitionerId());
        visit.requireReinstatable(clock.instant());
        var occupancy = visit.overbooked() ? visit.occupancy() : slots.occupy(sameTime(visit, choice), false);
        long cancelled = visit.scheduleVersion();
        visit.reinstate(occupancy, clock.instant());
        store(visit);
        return tell(id, "reinstated", null, new AppointmentReinstated(id, cancelled - 1));
    }

    /**
     * The patient is here; also corrects a visit that was called missed too early.
     *
     * @throws app.recado.kernel.ProblemException {@code slot-taken} when a missed visit's time was given to somebody else
     */
    @Transactional
    public AppointmentView arrive(UUID id, ExpectedVersion expected) {
        return step(id, expected, "arrived", visit -> {
            rooms.hold(visit.healthcareServiceId(), null, visit.roomId());
            practitioners.hold(visit.practitionerId());
            visit.arrive(clock.instant());
        });
    }

    @Transactional
    public AppointmentView checkIn(UUID id, ExpectedVersion expected) {
        return step(id, expected, "checked-in", visit -> {
            own.requireTheirs(visit);
            visit.checkIn(clock.instant());
        });
    }

    @Transactional
    public AppointmentView fulfill(UUID id, ExpectedVersion expected) {
        return step(id, expected, "fulfilled", visit -> {
            own.requireTheirs(visit);
            visit.fulfill(clock.instant());
        });
    }

    @Transactional
    public AppointmentView markNoShow(UUID id, ExpectedVersion expected) {
        return step(id, expected, "noshow", visit -> visit.markNoShow(clock.instant()));
    }

    /** Records what the patient told staff; {@code NEEDS_ACTION} takes an answer back. */
    @Transactional
    public AppointmentView answer(UUID id, ExpectedVersion expected, Participation said) {
        var visit = existing(id, expected);
        visit.answer(said, AppointmentHistory.STAFF, null, clock.instant());
        store(visit);
        return tell(id, said.wireName(), null, new AppointmentParticipationChanged(id));
    }

    /** The visit where it is, for what it may occupy there. */
    private static Sought sameTime(Appointment visit, VisitRooms.Choice choice) {
        var place = visit.place(CurrentOrganization.id());
        return new Sought(
                visit.healthcareServiceId(),
                visit.practitionerId(),
                visit.slot(),
                place,
                place.locationId(),
                choice,
                visit.id());
    }

    private AppointmentView step(UUID id, ExpectedVersion expected, String what, Consumer<Appointment> step) {
        var visit = existing(id, expected);
        step.accept(visit);
        store(visit);
        return tell(id, what, null, new AppointmentStatusChanged(id));
    }

    private AppointmentView tell(UUID id, String what, @Nullable String text, Object event) {
        write(id, what, text, event);
        return agenda.get(id);
    }

    private void write(UUID id, String what, @Nullable String text, Object event) {
        history.add(id, what, clock.instant(), AppointmentHistory.STAFF, caller(), text);
        events.publishEvent(event);
    }

    /** Who overbooked, in its story and in the clinic's audit trail. */
    private void writeOverbooked(Appointment visit) {
        if (visit.overbooked()) {
            write(visit.id(), "overbooked", null, new AppointmentOverbooked(visit.id(), caller()));
        }
    }

    private Appointment existing(UUID id, ExpectedVersion expected) {
        var visit =
                appointments.findById(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such appointment"));
        expected.mustBe(visit.version());
        return visit;
    }

    /** Holds a patient; comes before rooms and practitioners, always.
     *
     * @throws app.recado.kernel.ProblemException {@code patient-unknown} */
    void holdPatient(UUID patientId) {
        if (!patients.hold(patientId)) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "Register the patient first");
        }
    }

    /** Holds a practitioner who takes visits.
     *
     * @throws app.recado.kernel.ProblemException {@code practitioner-unknown} */
    void holdActive(UUID practitionerId) {
        if (practitioners.hold(practitionerId).filter(Practitioner::active).isEmpty()) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "unknown-value", "Choose one of the clinic's practitioners");
        }
    }

    private void store(Appointment visit) {
        try {
            appointments.saveAndFlush(visit);
        } catch (DataAccessException refused) {
            if (SLOT_CONSTRAINTS.contains(Constraints.nameIn(refused))) {
                throw Problem.SLOT_TAKEN.because("Choose another time");
            }
            throw refused;
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for a moment at which no visit can begin */
    Instant requireStart(Instant start) {
        var now = clock.instant();
        if (!start.equals(start.truncatedTo(ChronoUnit.MINUTES))) {
            throw Problem.INVALID_FIELDS.at("/start", "invalid-format", "Visits begin on a whole minute");
        }
        if (start.isBefore(now.minus(LATE_ENTRY))) {
            throw Problem.INVALID_FIELDS.at(
                    "/start",
                    "in-the-past",
                    "Visits can be written down up to %d days later".formatted(LATE_ENTRY.toDays()));
        }
        if (start.isAfter(now.plus(HORIZON))) {
            throw Problem.INVALID_FIELDS.at("/start", "out-of-range", "Visits can be booked for the next two years");
        }
        return start;
    }

    private static String caller() {
        return Caller.current().subject();
    }
}
