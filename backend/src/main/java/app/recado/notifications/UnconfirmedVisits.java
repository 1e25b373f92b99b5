package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.messaging.Outbox;
import app.recado.messaging.PlannedMessage;
import app.recado.notifications.ReleasePolicies.Mode;
import app.recado.notifications.ReleasePolicies.Policy;
import app.recado.organizations.OrganizationMessaging;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.HourOffers;
import app.recado.templates.TemplateKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Visits of which patients were asked and said nothing. Their hours are offered to the waitlist, one patient after another;
 * a visit stays its patient's until somebody else says yes, and when nobody does nothing has happened.
 *
 * <p>Never of a first visit, of one that was booked over others, or when the last message did not arrive.
 */
@Service
class UnconfirmedVisits {

    private static final Logger LOG = LoggerFactory.getLogger(UnconfirmedVisits.class);

    /** Nobody can come so soon. */
    private static final Duration SOONEST = Duration.ofHours(2);

    /** More are not shown at once. */
    private static final int MOST = 100;

    private static final String OPEN = "open";

    private static final String CANDIDATES = """
            select a.id, a.version, a.patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name, a.starts_at,
                   d.display_name as practitioner_name, asked.times, asked.last_at, o.state as offer_state, o.expires_at
              from appointment a
              join patient p on p.organization_id = :org and p.id = a.patient_id
              join practitioner d on d.organization_id = :org and d.id = a.practitioner_id
              join lateral (
                   select count(*) as times, max(m.out_at) as last_at,
                          (array_agg(m.state order by m.out_at desc))[1] as last_state
                     from message m
                    where m.organization_id = :org and m.subject_id = a.id and m.subject_version = a.schedule_version
                      and m.kind in ('confirmation', 'reminder', 'reschedule') and m.out_at is not null) asked on true
              left join lateral (
                   select w.state, w.expires_at from waitlist_offer w
                    where w.organization_id = :org and w.released_id = a.id and w.released_version = a.schedule_version
                    order by w.created_at desc, w.id desc limit 1) o on true
             where a.organization_id = :org and a.status = 'booked' and a.participation = 'needs-action' and not a.overbooked
               and a.starts_at > :soonest
               and asked.times >= :asks and asked.last_at <= :silentSince and asked.last_state in ('delivered', 'read')
               and exists (select from appointment b
                            where b.organization_id = :org and b.patient_id = a.patient_id and b.starts_at < a.starts_at
                              and b.status in ('booked', 'arrived', 'checked-in', 'fulfilled'))
             order by a.starts_at, a.id limit %d
            """.formatted(MOST);

    private final ReleasePolicies policies;
    private final HourOffers offers;
    private final Appointments appointments;
    private final Outbox outbox;
    private final OrganizationMessaging messaging;
    private final WorkerDatabase worker;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UnconfirmedVisits(
            ReleasePolicies policies,
            HourOffers offers,
            Appointments appointments,
            Outbox outbox,
            OrganizationMessaging messaging,
            WorkerDatabase worker,
            JdbcClient jdbc,
            LiveHints hints,
            TransactionTemplate transaction,
            Clock clock) {
        this.policies = policies;
        this.offers = offers;
        this.appointments = appointments;
        this.outbox = outbox;
        this.messaging = messaging;
        this.worker = worker;
        this.jdbc = jdbc;
        this.hints = hints;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A visit that nobody confirmed.
     *
     * @param asked how many messages asked
     * @param offer the last offer of its hour: open, taken, declined or lapsed; null when nobody was asked
     */
    record Unconfirmed(
            UUID id,
            long version,
            UUID patientId,
            String patientName,
            String practitionerName,
            Instant start,
            int asked,
            Instant lastAskedAt,
            @Nullable String offer,
            @Nullable Instant offerExpiresAt) {}

    /** By the clinic's policy, the earliest visit first; also while it is off, so that it can be tried. */
    @Transactional(readOnly = true)
    public List<Unconfirmed> all() {
        var policy = policies.get();
        var now = clock.instant();
        return jdbc.sql(CANDIDATES)
                .param("org", CurrentOrganization.id())
                .param("soonest", SqlTime.at(now.plus(SOONEST)))
                .param("silentSince", SqlTime.at(now.minus(policy.silence())))
                .param("asks", policy.asks())
                .query((row, n) -> new Unconfirmed(
                        row.getObject("id", UUID.class),
                        row.getLong("version"),
                        row.getObject("patient_id", UUID.class),
                        row.getString("patient_name"),
                        row.getString("practitioner_name"),
                        SqlTime.instant(row, "starts_at"),
                        row.getInt("times"),
                        SqlTime.instant(row, "last_at"),
                        row.getString("offer_state"),
                        SqlTime.instantOrNull(row, "expires_at")))
                .list();
    }

    /**
     * Staff free an hour: it is offered to who waits.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code hour-not-offered} when nobody is left to ask or
     *     somebody is asked already, or the policy is off
     */
    @Transactional
    public void release(UUID id) {
        if (appointments.find(id).isEmpty()) {
            throw Problem.NOT_FOUND.because("This clinic has no such appointment");
        }
        var policy = policies.get();
        if (policy.mode() != Mode.STAFF && policy.mode() != Mode.SYSTEM) {
            throw Problem.HOUR_NOT_OFFERED.because("The clinic offers no hours of visits that nobody confirmed");
        }
        if (all().stream().noneMatch(one -> one.id().equals(id)) || !offer(id, policy)) {
            throw Problem.HOUR_NOT_OFFERED.because("Nobody is left to be asked, or somebody is asked already");
        }
    }

    /** Ends offers that expired and makes the next, in every clinic that has any or lets Recado free hours. */
    void turn() {
        var clinics = worker.jdbc()
                .sql("""
                        select organization_id from release_policy where mode = 'system'
                        union select organization_id from waitlist_offer where state = 'open'
                        """)
                .query((row, n) -> row.getObject("organization_id", UUID.class))
                .list();
        for (var clinic : clinics) {
            try {
                CurrentOrganization.run(clinic, () -> transaction.executeWithoutResult(status -> turnOfClinic()));
            } catch (RuntimeException e) {
                LOG.error(
                        "Hours of clinic {} could not be offered: {}",
                        clinic,
                        e.getClass().getName());
            }
        }
    }

    private void turnOfClinic() {
        var policy = policies.get();
        offers.lapse();
        if (policy.mode() == Mode.OFF || policy.mode() == Mode.TRIAL) {
            return;
        }
        // What staff have begun goes on by itself until nobody is left to ask.
        all().stream()
                .filter(one -> !OPEN.equals(one.offer()) && (policy.mode() == Mode.SYSTEM || one.offer() != null))
                .forEach(one -> offer(one.id(), policy));
    }

    /** Nobody is asked at night. */
    private boolean offer(UUID id, Policy policy) {
        var now = clock.instant();
        var released = appointments.find(id).orElse(null);
        if (released == null
                || new QuietTime(messaging.preferences().quietHours(), released.zone())
                        .endOfQuietAt(now)
                        .isPresent()) {
            return false;
        }
        var until = now.plus(policy.answerWithin());
        var offer = offers.offerNext(id, until, policy.offers());
        offer.flatMap(one -> appointments.find(one.id())).ifPresent(proposed -> tell(proposed, until));
        hints.changed(LiveHints.Kind.APPOINTMENT, id);
        return offer.isPresent();
    }

    private void tell(AppointmentFacts proposed, Instant until) {
        outbox.plan(new PlannedMessage(
                proposed.id(),
                proposed.scheduleVersion(),
                TemplateKind.OFFER,
                null,
                proposed.patientId(),
                null,
                Told.of(proposed),
                clock.instant(),
                until));
    }
}
