package app.recado.booking;

import app.recado.kernel.Problem;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.OnlineAppointments;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a patient sees and does of a visit behind their link. The link counts until the visit ends; what it allows follows
 * from the visit's state and from the clinic's notice, so a visit that is over, called off or too near can only be looked at.
 */
@Service
class BookedVisits {

    private final OnlineAppointments visits;
    private final Appointments appointments;
    private final BookingPages pages;
    private final OnlineBookings bookings;
    private final Clock clock;

    BookedVisits(
            OnlineAppointments visits,
            Appointments appointments,
            BookingPages pages,
            OnlineBookings bookings,
            Clock clock) {
        this.visits = visits;
        this.appointments = appointments;
        this.pages = pages;
        this.bookings = bookings;
        this.clock = clock;
    }

    /**
     * A visit and what its patient may do.
     *
     * @param changeUntil until when it can be moved or cancelled
     * @param mayChange whether it can be now
     */
    record Seen(OnlineAppointments.Visit visit, Instant changeUntil, boolean mayChange) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} once the visit is over */
    @Transactional(readOnly = true)
    public Seen see(UUID id) {
        return seen(id);
    }

    private Seen seen(UUID id) {
        var now = clock.instant();
        var visit = visits.find(id)
                .filter(found -> found.status() != AppointmentStatus.ENTERED_IN_ERROR)
                .filter(found -> now.isBefore(found.end()))
                .orElseThrow(() -> Problem.NOT_FOUND.because("This link counts no more"));
        var until = visit.start().minus(pages.current().changeNotice());
        return new Seen(visit, until, visit.status().isAwaited() && !now.isAfter(until));
    }

    /**
     * Calls the visit off; one that is called off already stays so.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code appointment-not-in-that-state}
     */
    @Transactional
    public Seen cancel(UUID id) {
        var seen = seen(id);
        if (seen.visit().status() == AppointmentStatus.CANCELLED) {
            return seen;
        }
        requireChange(seen.mayChange()
                && appointments.cancelByPatient(id, seen.visit().scheduleVersion(), clock.instant()));
        return seen(id);
    }

    /**
     * Moves the visit to another free time of the same practitioner.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code appointment-not-in-that-state}, {@code slot-taken}
     */
    @Transactional
    public Seen move(UUID id, Instant start) {
        var seen = seen(id);
        requireChange(seen.mayChange());
        if (!start.equals(seen.visit().start())) {
            bookings.requireOffered(pages.current(), start);
            requireChange(visits.move(id, seen.visit().scheduleVersion(), start, null));
        }
        return seen(id);
    }

    private static void requireChange(boolean possible) {
        if (!possible) {
            throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("Call the clinic to change this visit");
        }
    }
}
