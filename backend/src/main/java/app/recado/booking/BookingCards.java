package app.recado.booking;

import app.recado.kernel.Days;
import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.Deposits;
import app.recado.scheduling.OnlineAppointments;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the current clinic's booking page shows. */
@Service
class BookingCards {

    private static final int MOST_DAYS = 31;

    private final BookingPages pages;
    private final OrganizationProfiles organizations;
    private final OnlineAppointments appointments;
    private final Deposits deposits;
    private final BookedVisits visits;
    private final BookingTokens tokens;
    private final Clock clock;

    BookingCards(
            BookingPages pages,
            OrganizationProfiles organizations,
            OnlineAppointments appointments,
            Deposits deposits,
            BookedVisits visits,
            BookingTokens tokens,
            Clock clock) {
        this.pages = pages;
        this.organizations = organizations;
        this.appointments = appointments;
        this.deposits = deposits;
        this.visits = visits;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} while the clinic takes no bookings */
    @Transactional(readOnly = true)
    public BookingViews.Card card() {
        var page = pages.open();
        var clinic = organizations.current();
        var chosen = new HashSet<>(page.serviceIds());
        var offers = appointments.offers().stream()
                .filter(offer -> chosen.contains(offer.id()))
                .toList();
        Map<UUID, BookingViews.Practitioner> people = new LinkedHashMap<>();
        offers.stream()
                .flatMap(offer -> offer.practitioners().stream())
                .sorted(java.util.Comparator.comparing(OnlineAppointments.Person::displayName)
                        .thenComparing(OnlineAppointments.Person::id))
                .forEach(person -> people.putIfAbsent(
                        person.id(),
                        new BookingViews.Practitioner(person.id(), person.displayName(), person.specialty())));
        return new BookingViews.Card(
                clinic.name(),
                clinic.timeZone().getId(),
                clinic.country(),
                clinic.locale(),
                page.phone(),
                page.address(),
                page.welcome(),
                page.byHand(),
                Math.toIntExact(page.changeNotice().toMinutes()),
                lastDay(page),
                offers.stream().map(BookingCards::service).toList(),
                List.copyOf(people.values()),
                appointments.places().stream().map(BookingViews.Place::of).toList(),
                page.deposit() == null ? null : BookingViews.DepositAsked.of(page.deposit()));
    }

    private static BookingViews.Service service(OnlineAppointments.Offer offer) {
        return new BookingViews.Service(
                offer.id(),
                offer.name(),
                offer.durationMinutes(),
                offer.practitioners().stream()
                        .map(OnlineAppointments.Person::id)
                        .toList());
    }

    private LocalDate lastDay(BookingPage page) {
        return LocalDate.ofInstant(clock.instant(), organizations.current().timeZone())
                .plusDays(page.horizonDays());
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code healthcare-service-unknown}, {@code
     *     practitioner-unknown}, {@code invalid-parameter} */
    @Transactional(readOnly = true)
    public BookingViews.Slots slots(
            UUID serviceId, @Nullable UUID practitionerId, @Nullable UUID locationId, LocalDate from, LocalDate to) {
        var page = pages.open();
        if (!page.serviceIds().contains(serviceId)) {
            throw Problem.HEALTHCARE_SERVICE_UNKNOWN.because("Choose one of the services offered here");
        }
        return free(page, serviceId, practitionerId, locationId, from, to, null);
    }

    /** @throws app.recado.kernel.ProblemException as {@link #slots} */
    @Transactional(readOnly = true)
    public BookingViews.Slots slotsToMove(UUID visitId, LocalDate from, LocalDate to) {
        var visit = visits.see(visitId).visit();
        return free(pages.current(), visit.serviceId(), visit.practitionerId(), null, from, to, visitId);
    }

    private BookingViews.Slots free(
            BookingPage page,
            UUID serviceId,
            @Nullable UUID practitionerId,
            @Nullable UUID locationId,
            LocalDate from,
            LocalDate to,
            @Nullable UUID moving) {
        Days.requireAtMost(MOST_DAYS, from, to);
        var zone = organizations.current().timeZone();
        var now = clock.instant();
        return new BookingViews.Slots(
                appointments.free(serviceId, practitionerId, locationId, from, to, moving).stream()
                        .filter(slot -> page.offers(slot.start(), now, zone))
                        .map(slot -> new BookingViews.Slot(
                                slot.practitionerId(), slot.locationId(), slot.start(), slot.end(), slot.placesLeft()))
                        .toList());
    }

    BookingViews.Held held(BookingForm form) {
        return new BookingViews.Held(
                tokens.ofForm(form.id()), form.expiresAt(), form.practitionerId(), form.start(), form.end());
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} once the visit is over */
    @Transactional(readOnly = true)
    public BookingViews.Visit visit(UUID visitId) {
        return visit(visits.see(visitId));
    }

    /** The same of a visit that was read. */
    @Transactional(readOnly = true)
    public BookingViews.Visit visit(BookedVisits.Seen seen) {
        var page = pages.current();
        var visit = seen.visit();
        var place = visit.place();
        return new BookingViews.Visit(
                tokens.ofVisit(visit.id()),
                visit.status(),
                visit.start(),
                visit.end(),
                visit.zone().getId(),
                visit.serviceName(),
                visit.practitionerName(),
                seen.mayChange(),
                seen.changeUntil(),
                organizations.current().name(),
                place == null || place.phone() == null ? page.phone() : place.phone(),
                place == null || place.address() == null ? page.address() : place.address(),
                place == null ? null : BookingViews.Place.of(place),
                deposits.of(visit.id()).map(BookingViews.Deposit::of).orElse(null),
                page.enabled());
    }
}
