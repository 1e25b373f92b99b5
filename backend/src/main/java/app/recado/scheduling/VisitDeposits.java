package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what was asked for with visits and what became of it, and releases visits whose deposit was not paid in time. */
@Service
class VisitDeposits implements Deposits {

    /** Released in one run; the next run goes on. */
    private static final int AT_ONCE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(VisitDeposits.class);

    private final JdbcClient jdbc;
    private final AppointmentRepository appointments;
    private final Agenda agenda;
    private final AppointmentHistory history;
    private final OrganizationProfiles organizations;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    VisitDeposits(
            JdbcClient jdbc,
            AppointmentRepository appointments,
            Agenda agenda,
            AppointmentHistory history,
            OrganizationProfiles organizations,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.appointments = appointments;
        this.agenda = agenda;
        this.history = history;
        this.organizations = organizations;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void ask(UUID appointmentId, Terms terms) {
        jdbc.sql("""
                insert into appointment_deposit (organization_id, appointment_id, state, amount_minor, currency, link, due_at)
                values (:org, :id, 'due', :minor, :currency, :link, :due)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", appointmentId)
                .param("minor", terms.minor())
                .param("currency", terms.currency())
                .param("link", terms.link())
                .param("due", SqlTime.at(terms.dueAt()))
                .update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Deposit> of(UUID appointmentId) {
        return jdbc.sql("""
                        select state, amount_minor, currency, link, due_at from appointment_deposit
                         where organization_id = ? and appointment_id = ?
                        """)
                .params(CurrentOrganization.id(), appointmentId)
                .query((row, n) -> new Deposit(
                        DepositState.of(row.getString("state")),
                        new Terms(
                                row.getLong("amount_minor"),
                                row.getString("currency"),
                                row.getString("link"),
                                SqlTime.instant(row, "due_at"))))
                .optional();
    }

    /**
     * Says what became of the deposit of a visit that still stands.
     *
     * @param state not {@code LAPSED}, which only time says
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code appointment-not-in-that-state} for
     *     a visit that none was asked for, or that was called off
     */
    @Transactional
    public AppointmentView mark(UUID id, ExpectedVersion expected, DepositState state) {
        var visit =
                appointments.findById(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such appointment"));
        expected.mustBe(visit.version());
        if (visit.status() == AppointmentStatus.CANCELLED) {
            throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("The visit was called off");
        }
        var caller = Caller.current().subject();
        boolean due = state == DepositState.DUE;
        int marked = jdbc.sql("""
                        update appointment_deposit set state = :state, marked_at = cast(:at as timestamptz), marked_by = :by
                         where organization_id = :org and appointment_id = :id
                        """)
                .param("state", state.wireName())
                .param("at", SqlTime.atOrNull(due ? null : clock.instant()))
                .param("by", due ? null : caller)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        if (marked == 0) {
            throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("No deposit was asked for with this visit");
        }
        visit.touch();
        appointments.saveAndFlush(visit);
        history.add(id, "deposit-" + state.wireName(), clock.instant(), AppointmentHistory.STAFF, caller, null);
        return agenda.get(id);
    }

    @Override
    public void release() {
        var all = CurrentOrganization.get(
                CurrentOrganization.PLATFORM,
                () -> Objects.requireNonNull(
                        transaction.execute(status -> organizations.names().keySet())));
        for (var organization : all) {
            CurrentOrganization.run(organization, () -> overdue().forEach(this::release));
        }
    }

    private List<UUID> overdue() {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select d.appointment_id from appointment_deposit d
                          join appointment a on a.organization_id = d.organization_id and a.id = d.appointment_id
                         where d.organization_id = ? and d.state = 'due' and d.due_at <= ? and a.status in ('pending', 'booked')
                         order by d.due_at limit ?
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant()), AT_ONCE)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list()));
    }

    /** One at a time, each in a transaction of its own: one that fails keeps no other. */
    private void release(UUID id) {
        try {
            transaction.executeWithoutResult(status -> {
                var visit = appointments.hold(id).orElse(null);
                var now = clock.instant();
                if (visit == null || !visit.status().isAwaited() || !lapse(id, now)) {
                    return;
                }
                visit.cancel(CancellationCode.OTHER, reason(), AppointmentHistory.STAFF, now);
                appointments.saveAndFlush(visit);
                history.add(id, "deposit-lapsed", now, AppointmentHistory.STAFF, null, null);
                history.add(id, "cancelled", now, AppointmentHistory.STAFF, null, reason());
                // The patient asked for it and hears what became of it, whether they were told anything before or not.
                events.publishEvent(new AppointmentCancelled(id, AppointmentHistory.STAFF, true));
            });
        } catch (RuntimeException refused) {
            LOG.warn("Visit {} could not be released", id, refused);
        }
    }

    private boolean lapse(UUID id, Instant now) {
        return jdbc.sql("""
                        update appointment_deposit set state = 'lapsed', marked_at = :now
                         where organization_id = :org and appointment_id = :id and state = 'due' and due_at <= :now
                        """)
                        .param("now", SqlTime.at(now))
                        .param("org", CurrentOrganization.id())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** As staff read it on the visit. */
    private String reason() {
        return switch (organizations.current().locale()) {
            case "pt-BR" -> "Sinal não pago no prazo";
            case "en" -> "Deposit not paid in time";
            default -> "Seña sin pagar a tiempo";
        };
    }
}
