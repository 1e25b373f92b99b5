package app.recado.scheduling;

import app.recado.kernel.Days;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.SlotChecks.Sought;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Times that are kept while staff fill the form of a visit. A form has one, which follows what the form says. Colleagues see
 * who holds it and until when; it gives way to whoever of them books there on purpose, and to nobody else.
 */
@Service
class StaffHoldService {

    /** Who closes the browser without a word keeps colleagues away no longer than this. */
    static final Duration KEPT = Duration.ofMinutes(5);

    private final SlotHoldRows rows;
    private final HealthcareServiceRepository services;
    private final AppointmentService appointments;
    private final VisitRooms rooms;
    private final SlotChecks slots;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    StaffHoldService(
            SlotHoldRows rows,
            HealthcareServiceRepository services,
            AppointmentService appointments,
            VisitRooms rooms,
            SlotChecks slots,
            OrganizationProfiles organizations,
            Clock clock) {
        this.rows = rows;
        this.services = services;
        this.appointments = appointments;
        this.rooms = rooms;
        this.slots = slots;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * What a form says so far.
     *
     * @param form the caller's own name for the form
     * @param locationId null for wherever the practitioner sees patients then
     * @param roomId null for the first free one that suits, if the service needs one
     * @param durationMinutes null for as long as the service usually takes
     */
    record Wanted(
            UUID form,
            UUID serviceId,
            UUID practitionerId,
            @Nullable UUID locationId,
            @Nullable UUID roomId,
            Instant start,
            @Nullable Integer durationMinutes) {}

    /**
     * Keeps the time of a form from now on, in place of the one that it held before. Inside the hours or not: staff may book
     * outside them.
     *
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with {@code conflicts}, {@code holds} and {@code
     *     freeSlots}, and then the form holds what it held; {@code practitioner-unknown}, {@code
     *     healthcare-service-unknown}, {@code invalid-fields}
     */
    @Transactional
    public SlotHoldRows.Row keep(Wanted wanted) {
        var caller = Caller.current();
        var service = services.findById(wanted.serviceId())
                .filter(HealthcareService::active)
                .orElseThrow(() -> Problem.HEALTHCARE_SERVICE_UNKNOWN.at(
                        "/healthcareServiceId", "unknown-value", "Choose one of the clinic's services"));
        var length = wanted.durationMinutes() == null ? service.durationMinutes() : wanted.durationMinutes();
        var slot = Slot.of(appointments.requireStart(wanted.start()), Duration.ofMinutes(length));
        var choice = rooms.hold(wanted.serviceId(), wanted.roomId(), null);
        appointments.holdActive(wanted.practitionerId());
        slots.requireOffered(wanted.serviceId(), wanted.practitionerId());
        var where = wanted.locationId() == null ? choice.location() : wanted.locationId();
        var place = slots.placeOf(wanted.serviceId(), wanted.practitionerId(), slot, where, null);
        rows.deleteOfForm(caller.subject(), wanted.form());
        var occupancy = slots.occupy(
                new Sought(wanted.serviceId(), wanted.practitionerId(), slot, place, where, choice, null), false);
        return rows.insert(
                wanted.serviceId(),
                wanted.practitionerId(),
                occupancy.roomId(),
                slot,
                occupancy.seat() != null,
                clock.instant().plus(KEPT),
                new SlotHoldRows.FormHolder(caller.subject(), caller.name(), wanted.form()));
    }

    /**
     * Lets go of one's own; does nothing to one that is gone.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for anybody else's
     */
    @Transactional
    public void release(UUID id) {
        var held = rows.find(id)
                .filter(row -> Caller.current().subject().equals(row.subject()))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such hold of yours"));
        rows.delete(held.id());
    }

    /**
     * All that count on some of the clinic's days, also those of the booking page; by start.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-parameter} for days out of order or more than six weeks
     */
    @Transactional(readOnly = true)
    public List<SlotHoldRows.Row> days(LocalDate from, LocalDate to) {
        Days.requireAtMost(Agenda.MOST_DAYS, from, to);
        var zone = organizations.current().timeZone();
        return rows.between(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }
}
