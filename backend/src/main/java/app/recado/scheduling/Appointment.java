package app.recado.scheduling;

import app.recado.customfields.CustomValues;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.scheduling.availability.Availability.Place;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A visit of a patient to a practitioner. Its life is closed: what {@link AppointmentStatus#canBecome} does not allow is
 * refused with {@code appointment-not-in-that-state}.
 */
@Entity
@Table(name = "appointment")
class Appointment {

    /** A patient this late may still come; nobody is called absent earlier. */
    static final Duration GRACE = Duration.ofMinutes(15);

    /** How long staff can take a cancellation back; later the patient has made other plans, and it is a new booking. */
    static final Duration REINSTATABLE = Duration.ofMinutes(10);

    @TenantId
    @PartitionKey
    private @Nullable UUID organizationId;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private UUID patientId;
    private UUID practitionerId;
    private UUID healthcareServiceId;
    private @Nullable UUID locationId;
    private @Nullable UUID insuranceId;
    private @Nullable UUID roomId;
    private Instant startsAt;
    private Instant endsAt;
    private String timeZone;
    private @Nullable LocalDateTime startsLocal;
    private boolean clocksChanged;
    private AppointmentStatus status;
    private Participation participation;
    private @Nullable String participationSource;
    private @Nullable String participationText;
    private @Nullable Instant participationAt;
    private long scheduleVersion;
    private @Nullable String note;
    private @Nullable CancellationCode cancellationCode;
    private @Nullable String cancellationReason;
    private @Nullable String cancelledBy;
    private @Nullable Instant cancelledAt;
    private @Nullable AppointmentStatus cancelledFrom;
    private @Nullable NoShowCode noshowCode;
    private @Nullable String noshowReason;
    private @Nullable Instant arrivedAt;
    private @Nullable Instant checkedInAt;
    private @Nullable Instant fulfilledAt;
    private boolean outsideHours;
    private boolean overbooked;
    private @Nullable Integer seat;
    private @Nullable Integer capacity;
    private AppointmentSource source;
    private @Nullable UUID seriesId;

    /** What is written in fields of the clinic's own, as JSON; see {@link CustomValues}. */
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String customFields;

    private int touched;
    private Instant createdAt;
    private String createdBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected Appointment() {}

    Appointment(
            UUID patientId,
            UUID practitionerId,
            UUID healthcareServiceId,
            Slot slot,
            Place place,
            Occupancy occupancy,
            @Nullable String note,
            Instant now,
            String by) {
        this.id = Ids.next();
        this.patientId = patientId;
        this.practitionerId = practitionerId;
        this.healthcareServiceId = healthcareServiceId;
        this.startsAt = slot.start();
        this.endsAt = slot.end();
        this.locationId = place.locationId();
        this.timeZone = place.zone().getId();
        this.startsLocal = LocalDateTime.ofInstant(slot.start(), place.zone());
        this.status = AppointmentStatus.BOOKED;
        this.participation = Participation.NEEDS_ACTION;
        this.scheduleVersion = 1;
        this.outsideHours = !place.withinHours();
        take(occupancy);
        this.source = AppointmentSource.DESK;
        this.note = note;
        this.customFields = CustomValues.NONE.json();
        this.createdAt = now;
        this.createdBy = by;
    }

    /**
     * It was booked by the patient, on the clinic's page; only of a new one.
     *
     * @param toBeConfirmed staff have to accept it first
     */
    void cameOnline(boolean toBeConfirmed) {
        source = AppointmentSource.ONLINE;
        status = toBeConfirmed ? AppointmentStatus.PENDING : AppointmentStatus.BOOKED;
    }

    /** The patient booked it in a conversation, through what answers by itself; only of a new one.
     *
     * @param toBeConfirmed staff have to accept it first
     */
    void cameFromConversation(boolean toBeConfirmed) {
        cameOnline(toBeConfirmed);
        source = AppointmentSource.BOT;
    }

    /** Another program booked it; only of a new one. */
    void cameFromProgram() {
        source = AppointmentSource.API;
    }

    /** It is offered to somebody who waits for an hour, and occupies nobody until they take it; only of a new one. */
    void isOffered() {
        source = AppointmentSource.BOT;
        status = AppointmentStatus.PROPOSED;
    }

    /** It repeats with others; only of a new one. */
    void belongTo(UUID series) {
        seriesId = series;
    }

    /** Staff accept what a patient asked for. */
    void accept() {
        become(AppointmentStatus.BOOKED);
    }

    /** When a visit takes place. */
    record Slot(Instant start, Instant end) {

        static Slot of(Instant start, Duration length) {
            return new Slot(start, start.plus(length));
        }

        Duration length() {
            return Duration.between(start, end);
        }
    }

    /**
     * What a visit occupies beside its practitioner; the database keeps it from being occupied twice.
     *
     * @param roomId null for no room
     * @param overbooked booked over others on purpose: it occupies neither its practitioner nor its room
     * @param seat its place in a group; null for a visit that has its practitioner alone, or is overbooked
     */
    record Occupancy(
            @Nullable UUID roomId,
            boolean overbooked,
            @Nullable Seat seat) {}

    /**
     * A place in a group of patients who share a time.
     *
     * @param number from 1
     * @param of how many the group takes
     */
    record Seat(int number, int of) {}

    private void take(Occupancy occupancy) {
        roomId = occupancy.roomId();
        overbooked = occupancy.overbooked();
        var place = occupancy.seat();
        seat = place == null ? null : place.number();
        capacity = place == null ? null : place.of();
    }

    /** Takes another room, or none; nothing else of the visit changes. */
    void takeRoom(@Nullable UUID room) {
        requireOpen();
        roomId = room;
    }

    /** Who pays; null for the patient. */
    void payBy(@Nullable UUID insurance) {
        insuranceId = insurance;
    }

    /** Writes into the fields of the clinic's own, at whatever state it is: much is known only afterwards. */
    void write(CustomValues values) {
        customFields = values.json();
    }

    /** Says something about it to the front desk, at whatever state it is; null for nothing. */
    void note(@Nullable String text) {
        note = text;
    }

    /** Moves the visit. What the patient said about the old time no longer counts. */
    void moveTo(UUID practitioner, Slot slot, Place place, Occupancy occupancy) {
        requireMovable();
        practitionerId = practitioner;
        startsAt = slot.start();
        endsAt = slot.end();
        locationId = place.locationId();
        timeZone = place.zone().getId();
        startsLocal = LocalDateTime.ofInstant(slot.start(), place.zone());
        clocksChanged = false;
        outsideHours = !place.withinHours();
        take(occupancy);
        scheduleVersion++;
        forgetAnswer();
    }

    /** Lets it end earlier or later. Nothing that the patient was told changes, and what they said still counts. */
    void lastUntil(Instant end, Place place, Occupancy occupancy) {
        requireOpen();
        endsAt = end;
        outsideHours = !place.withinHours();
        take(occupancy);
    }

    /** Something that is kept beside it changed: whoever loaded it before loads it again. */
    void touch() {
        touched++;
    }

    /** It is still to come or going on. */
    void requireOpen() {
        if (!status.isAwaited() && status != AppointmentStatus.ARRIVED && status != AppointmentStatus.CHECKED_IN) {
            throw refusal("takes no other room or end");
        }
    }

    void requireMovable() {
        if (!status.isAwaited()) {
            throw refusal("cannot be moved");
        }
    }

    /**
     * @param location null for wherever it is
     * @param room null for whichever it has
     */
    boolean isAt(UUID practitioner, Slot slot, @Nullable UUID location, @Nullable UUID room) {
        return !clocksChanged // otherwise staff say that the moment holds, not the hour
                && practitioner.equals(practitionerId)
                && slot.equals(slot())
                && (room == null || room.equals(roomId))
                && (location == null || locationId == null || location.equals(locationId));
    }

    /** Whether it begins then, with them, so that nothing but its end is another one. */
    boolean begins(UUID practitioner, Instant start, @Nullable UUID location) {
        return !clocksChanged
                && practitioner.equals(practitionerId)
                && start.equals(startsAt)
                && (location == null || locationId == null || location.equals(locationId));
    }

    /** @param by {@code staff} or {@code patient} */
    void cancel(@Nullable CancellationCode code, @Nullable String reason, String by, Instant at) {
        var before = status;
        become(AppointmentStatus.CANCELLED);
        cancellationCode = code;
        cancellationReason = reason;
        cancelledBy = by;
        cancelledAt = at;
        cancelledFrom = before;
        scheduleVersion++;
    }

    /**
     * Staff take their own cancellation back, as if it had not been. The status it had returns, whatever it was: this
     * corrects a mistake and is no step of an appointment's life.
     *
     * @param occupancy what it occupies again
     * @throws app.recado.kernel.ProblemException {@code appointment-not-in-that-state}, {@code too-late-to-undo}
     */
    void reinstate(Occupancy occupancy, Instant now) {
        requireReinstatable(now);
        take(occupancy);
        status = Objects.requireNonNull(cancelledFrom);
        cancellationCode = null;
        cancellationReason = null;
        cancelledBy = null;
        cancelledAt = null;
        cancelledFrom = null;
        scheduleVersion++;
    }

    void requireReinstatable(Instant now) {
        if (status != AppointmentStatus.CANCELLED) {
            throw refusal("cannot be reinstated");
        }
        if (cancelledAt == null || cancelledFrom == null || !AppointmentHistory.STAFF.equals(cancelledBy)) {
            throw refusal("was not cancelled by staff");
        }
        if (now.isAfter(cancelledAt.plus(REINSTATABLE))) {
            throw Problem.TOO_LATE_TO_UNDO.because(
                    "A cancellation can be undone for %d minutes".formatted(REINSTATABLE.toMinutes()));
        }
    }

    void arrive(Instant at) {
        become(AppointmentStatus.ARRIVED);
        arrivedAt = at;
        noshowCode = null;
        noshowReason = null;
    }

    void checkIn(Instant at) {
        become(AppointmentStatus.CHECKED_IN);
        arrivedAt = Objects.requireNonNullElse(arrivedAt, at);
        checkedInAt = at;
    }

    void fulfill(Instant at) {
        become(AppointmentStatus.FULFILLED);
        fulfilledAt = at;
    }

    /** Only once the visit and the grace after it are over. */
    void markNoShow(Instant now) {
        if (status.canBecome(AppointmentStatus.NOSHOW) && now.isBefore(endsAt.plus(GRACE))) {
            throw refusal("can be called missed only %d minutes after its end".formatted(GRACE.toMinutes()));
        }
        become(AppointmentStatus.NOSHOW);
    }

    /**
     * Says why nobody came; often that is known only later.
     *
     * @throws app.recado.kernel.ProblemException {@code appointment-not-in-that-state} when it was not missed
     */
    void explainNoShow(@Nullable NoShowCode code, @Nullable String reason) {
        if (status != AppointmentStatus.NOSHOW) {
            throw refusal("was not missed");
        }
        noshowCode = code;
        noshowReason = reason;
    }

    /**
     * Records whether the patient comes.
     *
     * @param source {@code patient} or {@code staff}
     * @param text the patient's words, cut to what is kept
     * @param at when they said it
     */
    void answer(Participation said, String source, @Nullable String text, Instant at) {
        if (!status.isAwaited()) {
            throw refusal("takes no answer any more");
        }
        if (said == Participation.NEEDS_ACTION) {
            forgetAnswer();
            return;
        }
        participation = said;
        participationSource = source;
        participationText = text;
        participationAt = at;
    }

    /**
     * The patient takes an answer of theirs back.
     *
     * @param saidAt when they had said it
     * @return false when it no longer stands: something else was said since, or the visit is past answering
     */
    boolean withdrawAnswer(Instant saidAt) {
        if (!status.isAwaited()
                || !AppointmentHistory.PATIENT.equals(participationSource)
                || !saidAt.equals(participationAt)) {
            return false;
        }
        forgetAnswer();
        return true;
    }

    /** True while the answer said at that time is the one on record. */
    boolean hasAnswerOf(Instant at) {
        return at.equals(participationAt);
    }

    /** True when an answer said at that time may still replace the one on record. */
    boolean takesAnswerOf(Instant at) {
        return status.isAwaited() && (participationAt == null || !at.isBefore(participationAt));
    }

    private void forgetAnswer() {
        participation = Participation.NEEDS_ACTION;
        participationSource = null;
        participationText = null;
        participationAt = null;
    }

    private void become(AppointmentStatus next) {
        if (!status.canBecome(next)) {
            throw refusal("cannot become " + next.wireName());
        }
        status = next;
    }

    private RuntimeException refusal(String what) {
        return Problem.APPOINTMENT_NOT_IN_THAT_STATE.because(
                "The appointment is %s and %s".formatted(status.wireName(), what));
    }

    UUID id() {
        return id;
    }

    UUID patientId() {
        return patientId;
    }

    UUID healthcareServiceId() {
        return healthcareServiceId;
    }

    /** Null for a visit from before there were locations. */
    @Nullable UUID locationId() {
        return locationId;
    }

    /** Null for no room. */
    @Nullable UUID roomId() {
        return roomId;
    }

    boolean overbooked() {
        return overbooked;
    }

    CustomValues customFields() {
        return CustomValues.of(customFields);
    }

    /** Null for a visit that does not repeat. */
    @Nullable UUID seriesId() {
        return seriesId;
    }

    Occupancy occupancy() {
        return new Occupancy(roomId, overbooked, seat == null || capacity == null ? null : new Seat(seat, capacity));
    }

    /** Where it is and in which hour it is meant; for a visit from before there were locations, the given one. */
    Place place(UUID otherwise) {
        return new Place(locationId == null ? otherwise : locationId, ZoneId.of(timeZone), !outsideHours);
    }

    UUID practitionerId() {
        return practitionerId;
    }

    Slot slot() {
        return new Slot(startsAt, endsAt);
    }

    AppointmentStatus status() {
        return status;
    }

    Participation participation() {
        return participation;
    }

    long scheduleVersion() {
        return scheduleVersion;
    }

    long version() {
        return Objects.requireNonNullElse(version, 0L);
    }
}
