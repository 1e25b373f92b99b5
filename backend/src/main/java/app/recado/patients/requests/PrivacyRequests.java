package app.recado.patients.requests;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientRestrictionChanged;
import app.recado.patients.Patients;
import app.recado.patients.WorkingDays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The list of what patients asked about their data. The day on which an answer is due is settled when it is written down. */
@Service
class PrivacyRequests {

    private static final String OPEN = "privacy-requests-open";
    private static final String CLOSED = "privacy-requests-closed";

    /** Longer ago is a typing error in the year. */
    private static final int REACH_DAYS = 366;

    private static final String SELECT = """
            select r.id, r.patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name,
                   p.restricted_at is not null as patient_restricted, r.kind, r.state, r.received_on,
                   r.due_on, r.term_days, r.working_days, r.law, r.note, r.reason, r.closed_at, r.closed_by, r.created_at, r.version
              from privacy_request r
              join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
             where r.organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final Patients patients;
    private final WorkingDays workingDays;
    private final LiveHints hints;
    private final Clock clock;

    PrivacyRequests(
            JdbcClient jdbc,
            Cursors cursors,
            OrganizationProfiles organizations,
            Patients patients,
            WorkingDays workingDays,
            LiveHints hints,
            Clock clock) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
        this.patients = patients;
        this.workingDays = workingDays;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * Writes down what a patient asked.
     *
     * @param receivedOn null for today
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}; {@code invalid-fields} for a day that is to come or
     *     more than a year ago
     */
    @Transactional
    public PrivacyRequestView add(
            UUID patientId, RequestKind kind, @Nullable LocalDate receivedOn, @Nullable String note) {
        var today = today();
        var received = Objects.requireNonNullElse(receivedOn, today);
        if (received.isAfter(today) || received.isBefore(today.minusDays(REACH_DAYS))) {
            throw Problem.INVALID_FIELDS.at("/receivedOn", "out-of-range", "It came within the last year");
        }
        if (!patients.hold(patientId)) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "This clinic has no such patient");
        }
        var term = ResponseTerm.of(organizations.current().country(), kind, received);
        var due = term.working() ? workingDays.after(received, term.days()) : received.plusDays(term.days());
        var id = Ids.next();
        jdbc.sql("""
                        insert into privacy_request (organization_id, id, patient_id, kind, state, received_on, due_on, term_days,
                                                     working_days, law, note, created_at, created_by, version)
                        values (:org, :id, :patient, :kind, 'open', :received, :due, :days, :working, :law, :note, :now, :caller, 0)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("patient", patientId)
                .param("kind", kind.wireName())
                .param("received", received)
                .param("due", due)
                .param("days", term.days())
                .param("working", term.working())
                .param("law", term.law())
                .param("note", blankAsNull(note))
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.current().subject())
                .update();
        hints.changed(LiveHints.Kind.PRIVACY_REQUEST, id);
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public PrivacyRequestView get(UUID id) {
        return find(id, "");
    }

    /**
     * Says what became of it.
     *
     * @param outcome anything but open
     * @param reason what the patient was answered; a refusal has one
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code privacy-request-closed},
     *     {@code privacy-request-not-carried-out} for an erasure or a restriction that was not done, {@code invalid-fields}
     */
    @Transactional
    public PrivacyRequestView close(UUID id, ExpectedVersion expected, RequestState outcome, @Nullable String reason) {
        var request = find(id, " for update of r");
        expected.mustBe(request.version());
        if (request.state() != RequestState.OPEN) {
            throw Problem.PRIVACY_REQUEST_CLOSED.because("It was answered before");
        }
        if (outcome == RequestState.DONE
                && (request.kind() == RequestKind.ERASURE
                        || request.kind() == RequestKind.RESTRICTION
                                && !request.patient().restricted())) {
            throw Problem.PRIVACY_REQUEST_NOT_CARRIED_OUT.because("Doing it on the patient's card answers it");
        }
        var said = blankAsNull(reason);
        if (outcome == RequestState.REFUSED && said == null) {
            throw Problem.INVALID_FIELDS.at("/reason", "required", "Who asked is told why it is not done");
        }
        var caller = Caller.current();
        jdbc.sql("""
                        update privacy_request
                           set state = :state, reason = :reason, closed_at = :now, closed_by = :caller, version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("state", outcome.wireName())
                .param("reason", said)
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Objects.requireNonNullElse(caller.name(), caller.subject()))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        hints.changed(LiveHints.Kind.PRIVACY_REQUEST, id);
        return get(id);
    }

    /** What they asked for is so now. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void restricted(PatientRestrictionChanged event) {
        if (event.restricted()) {
            jdbc.sql("""
                            update privacy_request
                               set state = 'done', closed_at = :now, closed_by = :by, version = version + 1
                             where organization_id = :org and patient_id = :patient and state = 'open' and kind = 'restriction'
                            returning id
                            """)
                    .param("now", SqlTime.at(clock.instant()))
                    .param("by", event.byName())
                    .param("org", CurrentOrganization.id())
                    .param("patient", event.patientId())
                    .query((row, n) -> row.getObject("id", UUID.class))
                    .list()
                    .forEach(id -> hints.changed(LiveHints.Kind.PRIVACY_REQUEST, id));
        }
    }

    /** Open ones, due first; or closed ones, the latest first. */
    @Transactional(readOnly = true)
    public Page<PrivacyRequestView> list(boolean closed, @Nullable UUID patientId, int limit, @Nullable String cursor) {
        var list = closed ? CLOSED : OPEN;
        var after = cursors.open(list, cursor);
        var sql = new StringBuilder(SELECT)
                .append(closed ? " and r.state <> 'open'" : " and r.state = 'open'")
                .append(patientId == null ? "" : " and r.patient_id = :patient");
        if (after != null) {
            sql.append(closed ? " and (r.closed_at, r.id) < (:at, :id)" : " and (r.due_on, r.id) > (:at, :id)");
        }
        sql.append(closed ? " order by r.closed_at desc, r.id desc" : " order by r.due_on, r.id")
                .append(" limit ")
                .append(limit + 1);
        var statement = jdbc.sql(sql.toString()).param("org", CurrentOrganization.id());
        if (patientId != null) {
            statement = statement.param("patient", patientId);
        }
        if (after != null) {
            statement = statement
                    .param("at", closed ? SqlTime.at(Instant.parse(after.get(0))) : LocalDate.parse(after.get(0)))
                    .param("id", UUID.fromString(after.get(1)));
        }
        var today = today();
        var rows = statement.query((row, n) -> view(row, today)).list();
        return Page.of(
                rows,
                limit,
                last -> cursors.seal(
                        list,
                        String.valueOf(closed ? last.closedAt() : last.dueOn()),
                        last.id().toString()));
    }

    private PrivacyRequestView find(UUID id, String locking) {
        var today = today();
        List<PrivacyRequestView> found = jdbc.sql(SELECT + " and r.id = :id" + locking)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> view(row, today))
                .list();
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because("Nobody asked this of the clinic");
        }
        return found.getFirst();
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(organizations.current().timeZone()));
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static PrivacyRequestView view(ResultSet row, LocalDate today) throws SQLException {
        var state = RequestState.of(row.getString("state"));
        var due = row.getObject("due_on", LocalDate.class);
        return new PrivacyRequestView(
                row.getObject("id", UUID.class),
                new PrivacyRequestView.PatientOfRequest(
                        row.getObject("patient_id", UUID.class),
                        row.getString("patient_name"),
                        row.getBoolean("patient_restricted")),
                RequestKind.of(row.getString("kind")),
                state,
                row.getObject("received_on", LocalDate.class),
                due,
                new ResponseTerm(row.getInt("term_days"), row.getBoolean("working_days"), row.getString("law")),
                state == RequestState.OPEN && today.isAfter(due),
                row.getString("note"),
                row.getString("reason"),
                SqlTime.instantOrNull(row, "closed_at"),
                row.getString("closed_by"),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"));
    }
}
