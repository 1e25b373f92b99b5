package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.waitlist.Waitlist;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps who is asked about which hour. The visit whose hour it is, is held before the offer and the proposed visit. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredHourOffers implements HourOffers {

    private static final String BY = "recado";

    private final AppointmentRepository appointments;
    private final AppointmentHistory history;
    private final Waitlist waitlist;
    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StoredHourOffers(
            AppointmentRepository appointments,
            AppointmentHistory history,
            Waitlist waitlist,
            OrganizationProfiles organizations,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.appointments = appointments;
        this.history = history;
        this.waitlist = waitlist;
        this.organizations = organizations;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Stored(
            UUID id, UUID releasedId, long releasedVersion, UUID entryId, boolean open, Instant expiresAt) {}

    @Override
    public Optional<Offer> offerNext(UUID releasedId, Instant expiresAt, int atMost) {
        var released = appointments.hold(releasedId).filter(this::isUnconfirmed).orElse(null);
        if (released == null || released.locationId() == null) { // a visit from before there were locations
            return Optional.empty();
        }
        var before = jdbc.sql("""
                        select entry_id, state from waitlist_offer
                         where organization_id = ? and released_id = ? and released_version = ?
                        """)
                .params(CurrentOrganization.id(), releasedId, released.scheduleVersion())
                .query((row, n) -> new Asked(row.getObject("entry_id", UUID.class), row.getString("state")))
                .list();
        if (before.size() >= atMost
                || before.stream().anyMatch(asked -> asked.state().equals("open"))) {
            return Optional.empty();
        }
        Set<UUID> asked = new HashSet<>(before.stream().map(Asked::entryId).toList());
        var slot = released.slot();
        for (var waiting : waitlist.suiting(
                released.practitionerId(),
                slot.start(),
                slot.end(),
                released.locationId(),
                released.healthcareServiceId())) {
            if (!asked.contains(waiting.entryId()) && waitlist.offer(waiting.entryId())) {
                return Optional.of(propose(released, waiting, expiresAt));
            }
        }
        return Optional.empty();
    }

    private record Asked(UUID entryId, String state) {}

    private Offer propose(Appointment released, Waitlist.Waiting waiting, Instant expiresAt) {
        var proposed = new Appointment(
                waiting.patientId(),
                released.practitionerId(),
                released.healthcareServiceId(),
                released.slot(),
                released.place(Objects.requireNonNull(released.locationId())),
                released.occupancy(),
                null,
                clock.instant(),
                BY);
        proposed.isOffered();
        appointments.saveAndFlush(proposed);
        jdbc.sql("""
                        insert into waitlist_offer (organization_id, id, released_id, released_version, entry_id, state, expires_at,
                                                    created_at)
                        values (?, ?, ?, ?, ?, 'open', ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        proposed.id(),
                        released.id(),
                        released.scheduleVersion(),
                        waiting.entryId(),
                        SqlTime.at(expiresAt),
                        SqlTime.at(clock.instant()))
                .update();
        return new Offer(proposed.id(), released.id(), waiting.patientId(), expiresAt);
    }

    private boolean isUnconfirmed(Appointment visit) {
        return visit.status() == AppointmentStatus.BOOKED
                && visit.participation() == Participation.NEEDS_ACTION
                && visit.slot().start().isAfter(clock.instant());
    }

    @Override
    public Optional<UUID> releasedBy(UUID offerId) {
        return find(offerId, "").map(Stored::releasedId);
    }

    @Override
    public boolean take(UUID offerId, Instant at) {
        var releasedId = releasedBy(offerId).orElse(null);
        if (releasedId == null) {
            return false;
        }
        var released = appointments.hold(releasedId).orElseThrow();
        var offer = find(offerId, " for update").orElseThrow();
        if (!offer.open()
                || !at.isBefore(offer.expiresAt())
                || !isUnconfirmed(released)
                || released.scheduleVersion() != offer.releasedVersion()) {
            return false;
        }
        var now = clock.instant();
        var reason = reason(organizations.current().locale());
        released.cancel(CancellationCode.OTHER, reason, AppointmentHistory.STAFF, now);
        appointments.saveAndFlush(released);
        history.add(released.id(), "cancelled", now, AppointmentHistory.STAFF, null, reason);
        events.publishEvent(new AppointmentCancelled(released.id(), AppointmentHistory.STAFF));
        var proposed = appointments.hold(offerId).orElseThrow();
        proposed.accept();
        appointments.saveAndFlush(proposed);
        history.add(offerId, "booked", now, AppointmentHistory.PATIENT, null, null);
        waitlist.book(offer.entryId(), proposed.patientId(), offerId);
        settle(offerId, "taken");
        events.publishEvent(new AppointmentBooked(offerId));
        return true;
    }

    /** What the history of the visit says of why it was cancelled. */
    private static String reason(String locale) {
        return switch (locale) {
            case "en" -> "Not confirmed: the hour was given to somebody of the waitlist";
            case "pt-BR" -> "Sem confirmação: o horário foi dado a alguém da lista de espera";
            default -> "Sin confirmar: la hora se dio a alguien de la lista de espera";
        };
    }

    @Override
    public boolean decline(UUID offerId) {
        var offer = find(offerId, " for update").filter(Stored::open).orElse(null);
        if (offer == null) {
            return false;
        }
        end(offer, "declined");
        return true;
    }

    @Override
    public void lapse() {
        var over = jdbc.sql("""
                        select o.id, o.released_id, o.released_version, o.entry_id, o.state = 'open' as open, o.expires_at
                          from waitlist_offer o
                          join appointment a on a.organization_id = o.organization_id and a.id = o.released_id
                         where o.organization_id = ? and o.state = 'open'
                           and (o.expires_at <= ? or a.status <> 'booked' or a.participation <> 'needs-action'
                                or a.schedule_version <> o.released_version)
                         order by o.id for update of o skip locked
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant()))
                .query((row, n) -> stored(row))
                .list();
        over.forEach(offer -> end(offer, "lapsed"));
    }

    /** Whoever lets an offer go knows of it, as a patient does who cancels. */
    private void end(Stored offer, String how) {
        var proposed = appointments.hold(offer.id()).orElseThrow();
        proposed.cancel(null, null, AppointmentHistory.PATIENT, clock.instant());
        appointments.saveAndFlush(proposed);
        history.add(offer.id(), "cancelled", clock.instant(), AppointmentHistory.PATIENT, null, null);
        waitlist.waitOn(offer.entryId());
        settle(offer.id(), how);
        events.publishEvent(new AppointmentCancelled(offer.id(), AppointmentHistory.PATIENT));
    }

    private void settle(UUID offerId, String state) {
        jdbc.sql("update waitlist_offer set state = ? where organization_id = ? and id = ?")
                .params(state, CurrentOrganization.id(), offerId)
                .update();
    }

    private Optional<Stored> find(UUID offerId, String lock) {
        return jdbc.sql("""
                        select id, released_id, released_version, entry_id, state = 'open' as open, expires_at from waitlist_offer
                         where organization_id = ? and id = ?
                        """ + lock)
                .params(CurrentOrganization.id(), offerId)
                .query((row, n) -> stored(row))
                .optional();
    }

    private static Stored stored(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Stored(
                row.getObject("id", UUID.class),
                row.getObject("released_id", UUID.class),
                row.getLong("released_version"),
                row.getObject("entry_id", UUID.class),
                row.getBoolean("open"),
                SqlTime.instant(row, "expires_at"));
    }
}
