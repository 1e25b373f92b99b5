package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import app.recado.whatsapp.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What staff see of messages and may do to them. The list joins the patients' table for their names: it is a view for
 * people, and one query per page.
 */
@Component
@Transactional
class MessageService {

    private static final String LIST = "messages";
    private static final String LIST_OF_DAYS = "messages-of-days";
    static final String SETTLED_BY_STAFF = "settled-by-staff";

    private final JdbcClient jdbc;
    private final Messages messages;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final ManualMessages manual;

    MessageService(
            JdbcClient jdbc,
            Messages messages,
            Cursors cursors,
            OrganizationProfiles organizations,
            ManualMessages manual) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.cursors = cursors;
        this.organizations = organizations;
        this.manual = manual;
    }

    private static final String SELECT = """
            select m.id, m.kind, m.subject_id, m.patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name,
                   m.contact_id, c.name as contact_name, m.phone,
                   m.text, case when m.kind in ('manual', 'consent', 'verification', 'hand-over') then m.content ->> 'kind' end as content_kind, m.content ->> 'fileName' as file_name,
                   m.content ->> 'text' as wording, m.state, m.reason, m.due_at, m.useful_until, m.created_at, m.updated_at, m.version,
                   m.template_id, m.template_version, m.lead_id
              from message m
              left join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
              left join contact c on c.organization_id = m.organization_id and c.id = m.contact_id
             where m.organization_id = :org
            """;

    /**
     * Which messages; null leaves a condition out.
     *
     * @param from first day of the clinic on which messages are due
     * @param to the day after the last
     * @param lineId the line they left on, or that was chosen for them
     * @param channel the engine of that line
     */
    record Filter(
            @Nullable MessageState state,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable UUID lineId,
            @Nullable String channel) {}

    /** Newest first; of days, those due last first. Each order is that of an index, so that a page reads a page. */
    @Transactional(readOnly = true)
    public Page<MessageView> list(Filter filter, int limit, @Nullable String cursor) {
        var state = filter.state();
        var from = filter.from();
        var to = filter.to();
        var zone = organizations.current().timeZone();
        var after = cursors.open(from == null && to == null ? LIST : LIST_OF_DAYS, cursor);
        var sql = new StringBuilder(SELECT);
        if (state != null) {
            // One of a closed set, in the statement itself so that the index of unsettled messages is known to serve
            // it.
            sql.append(" and m.state = '").append(state.wireName()).append("'");
        }
        if (filter.lineId() != null) {
            sql.append(" and m.line_id = :line");
        }
        if (filter.channel() != null) {
            sql.append(" and exists (select from whatsapp_line l where l.organization_id = :org and l.id = m.line_id"
                    + " and l.engine = :channel)");
        }
        if (from != null) {
            sql.append(" and m.due_at >= :from");
        }
        if (to != null) {
            sql.append(" and m.due_at < :to");
        }
        boolean ofDays = from != null || to != null;
        if (after != null) {
            sql.append(ofDays ? " and (m.due_at, m.id) < (:due, :after)" : " and m.id < :after");
        }
        var statement = jdbc.sql(sql.append(" order by ")
                        .append(ofDays ? "m.due_at desc, " : "")
                        .append("m.id desc limit ")
                        .append(limit + 1)
                        .toString())
                .param("org", CurrentOrganization.id())
                .param("line", filter.lineId())
                .param("channel", filter.channel());
        if (from != null) {
            statement =
                    statement.param("from", SqlTime.at(from.atStartOfDay(zone).toInstant()));
        }
        if (to != null) {
            statement = statement.param("to", SqlTime.at(to.atStartOfDay(zone).toInstant()));
        }
        if (after != null) {
            statement = statement.param("after", UUID.fromString(after.getFirst()));
            if (ofDays) {
                statement = statement.param("due", SqlTime.at(Instant.parse(after.getLast())));
            }
        }
        var rows = statement.query(MessageService::view).list();
        return Page.of(
                rows,
                limit,
                last -> ofDays
                        ? cursors.seal(
                                LIST_OF_DAYS, last.id().toString(), last.dueAt().toString())
                        : cursors.seal(LIST, last.id().toString()));
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} for ids of other organizations as well */
    @Transactional(readOnly = true)
    public MessageView get(UUID id) {
        return jdbc.sql(SELECT + " and m.id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(MessageService::view)
                .optional()
                .orElseThrow(MessageService::unknown)
                .with(steps(id));
    }

    /**
     * What goes with a message.
     *
     * @param patientId whom the message is for; null for a contact
     * @param name as its reader sees it
     */
    record Attachment(@Nullable UUID patientId, Payload.MediaRef media, String name) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found}, also for messages without a file */
    @Transactional(readOnly = true)
    public Attachment attachment(UUID id) {
        var message = messages.find(id).orElseThrow(MessageService::unknown);
        var content = message.content();
        if (content == null || !(content.attached() instanceof Payload.MediaRef media)) {
            throw Problem.NOT_FOUND.because("No file goes with this message");
        }
        var name = content instanceof Payload.Document document ? document.fileName() : "archivo";
        return new Attachment(message.patientId(), media, name);
    }

    private List<MessageView.StepView> steps(UUID id) {
        return jdbc.sql("""
                        select state, at, reason from message_step
                         where organization_id = ? and message_id = ? order by at, id
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new MessageView.StepView(
                        MessageState.of(row.getString("state")), SqlTime.instant(row, "at"), row.getString("reason")))
                .list();
    }

    /**
     * A person found out what became of a message that may or may not have been sent.
     *
     * @throws app.recado.kernel.ProblemException {@code stale}; {@code message-not-in-that-state} unless it is unknown
     */
    public MessageView settle(UUID id, ExpectedVersion expected, MessageState outcome) {
        // What carries it first: they are locked in that order.
        var lead = messages.find(id)
                .flatMap(found -> Optional.ofNullable(found.leadId()))
                .flatMap(messages::lock);
        var message = messages.lock(id).orElseThrow(MessageService::unknown);
        expected.mustBe(message.version());
        if (message.state() != MessageState.UNKNOWN) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("Only messages whose outcome is unknown need settling");
        }
        messages.settle(lead.orElse(message), outcome, SETTLED_BY_STAFF, messages.now());
        return get(id);
    }

    /**
     * Sends once more, on purpose, what certainly was not delivered. Whether it may still go is decided when it leaves.
     *
     * @return the new message
     * @throws app.recado.kernel.ProblemException {@code stale}; {@code message-not-in-that-state} unless it failed, was
     *     not sent again before, and still speaks of what is planned
     */
    public MessageView sendAgain(UUID id, ExpectedVersion expected) {
        var message = messages.lock(id).orElseThrow(MessageService::unknown);
        expected.mustBe(message.version());
        if (message.state() != MessageState.FAILED || message.retriedBy() != null) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("Only a message that failed can be sent again, and once");
        }
        if (!message.isManual() && !StoredMessage.isAboutVisit(message.kind())) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("Recado answered by itself, and not again");
        }
        if (message.isManual()) {
            return get(manual.writeAgain(message, Caller.current().subject()));
        }
        if (message.supersededAt() != null || !message.usefulUntil().isAfter(messages.now())) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("The message speaks of something that has passed");
        }
        return messages.insertAgain(message)
                .map(this::get)
                .orElseThrow(() -> Problem.CONFLICT.because("It was sent again meanwhile"));
    }

    private static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("This clinic has no such message");
    }

    private static MessageView view(ResultSet row, int n) throws SQLException {
        return new MessageView(
                row.getObject("id", UUID.class),
                MessageView.OUTBOUND,
                row.getString("kind"),
                StoredMessage.isAboutVisit(row.getString("kind")) ? row.getObject("subject_id", UUID.class) : null,
                row.getObject("patient_id", UUID.class) instanceof UUID patient
                        ? new MessageView.PatientRef(patient, row.getString("patient_name"))
                        : null,
                row.getObject("contact_id", UUID.class) instanceof UUID contact
                        ? new MessageView.ContactRef(contact, row.getString("contact_name"))
                        : null,
                row.getString("phone"),
                row.getString("text") instanceof String sent ? sent : row.getString("wording"),
                row.getString("content_kind") instanceof String content ? content : "text",
                row.getString("file_name"),
                MessageState.of(row.getString("state")),
                row.getString("reason"),
                SqlTime.instant(row, "due_at"),
                SqlTime.instant(row, "useful_until"),
                SqlTime.instant(row, "created_at"),
                SqlTime.instant(row, "updated_at"),
                row.getObject("template_id", UUID.class) instanceof UUID template
                        ? new MessageView.TemplateOf(template, row.getInt("template_version"))
                        : null,
                row.getObject("lead_id", UUID.class),
                null,
                row.getLong("version"));
    }
}
