package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.InboundReceived.ContactCard;
import app.recado.whatsapp.InboundReceived.Location;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What was written to the clinic as people see it. Joins the patients' table for their names. */
@Repository
@Transactional(readOnly = true)
class InboundViews {

    private static final String LIST = "inbound-messages";

    private static final String SELECT = """
            select i.id, i.patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name, i.phone, i.sender_name, i.text,
                   i.kind, i.chat_kind, i.from_me, i.sent_at, i.received_at, i.outcome, i.reason, i.appointment_id,
                   i.handled_at, i.handled_by, i.media_kind, i.media_state, i.media_type, i.media_size, i.media_name,
                   i.location, i.contacts, i.contact_id, i.earlier_texts, i.edited_at, i.revoked_at, i.call_video,
                   i.call_missed, i.stub_reason, i.identity_change ->> 'to' as changed_to, i.version
              from inbound_message i
              left join patient p on p.organization_id = i.organization_id and p.id = i.patient_id
             where i.organization_id = :org
            """;

    /** What it is for one visit, which may be another thing than for the next. */
    private static final String OF_ONE_VISIT = SELECT.replace("i.outcome,", """
            coalesce((select v.outcome from inbound_message_visit v
                       where v.organization_id = i.organization_id and v.inbound_message_id = i.id
                         and v.appointment_id = :appointment), i.outcome) as outcome,
            """);

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final JsonMapper json;

    InboundViews(JdbcClient jdbc, Cursors cursors, JsonMapper json) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.json = json;
    }

    /** Newest arrivals first.
     *
     * @param open true for those that wait for a person, false for all others, null for all */
    public Page<InboundView> list(@Nullable Boolean open, int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var sql = new StringBuilder(SELECT);
        if (open != null) {
            sql.append(open ? " and i.needs_staff" : " and not i.needs_staff");
        }
        if (after != null) {
            sql.append(" and i.id < :after");
        }
        var statement = jdbc.sql(sql.append(" order by i.id desc limit ")
                        .append(limit + 1)
                        .toString())
                .param("org", CurrentOrganization.id());
        if (after != null) {
            statement = statement.param("after", UUID.fromString(after.getFirst()));
        }
        var rows = statement.query(this::view).list();
        return Page.of(rows, limit, last -> cursors.seal(LIST, last.id().toString()));
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    public InboundView one(UUID id) {
        return find(id, "");
    }

    /** Waits for whoever changes it, then reads it anew. */
    @Transactional
    public InboundView locked(UUID id) {
        return find(id, " for update of i");
    }

    private InboundView find(UUID id, String locking) {
        return jdbc.sql(SELECT + " and i.id = :id" + locking)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(this::view)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("Nobody wrote this to the clinic"));
    }

    /** Some of them, by id. */
    public Map<UUID, InboundView> all(UUID[] ids) {
        return jdbc
                .sql(SELECT + " and i.id = any (:ids)")
                .param("org", CurrentOrganization.id())
                .param("ids", ids)
                .query(this::view)
                .list()
                .stream()
                .collect(Collectors.toMap(InboundView::id, Function.identity()));
    }

    /** What patients wrote about an appointment, oldest first. */
    public List<InboundView> about(UUID appointmentId) {
        return jdbc.sql(OF_ONE_VISIT + """
                         and i.id in (select id from inbound_message
                                       where organization_id = :org and appointment_id = :appointment
                                      union all
                                      select inbound_message_id from inbound_message_visit
                                       where organization_id = :org and appointment_id = :appointment)
                         order by i.sent_at, i.id
                        """)
                .param("org", CurrentOrganization.id())
                .param("appointment", appointmentId)
                .query(this::view)
                .list();
    }

    private InboundView view(ResultSet row, int n) throws SQLException {
        var patientId = row.getObject("patient_id", UUID.class);
        return new InboundView(
                row.getObject("id", UUID.class),
                patientId == null ? null : new InboundView.PatientRef(patientId, row.getString("patient_name")),
                row.getString("phone"),
                row.getString("sender_name"),
                row.getString("text"),
                row.getString("kind"),
                row.getString("chat_kind"),
                row.getBoolean("from_me"),
                SqlTime.instant(row, "sent_at"),
                SqlTime.instant(row, "received_at"),
                Outcome.of(row.getString("outcome")),
                row.getString("reason"),
                row.getObject("appointment_id", UUID.class),
                SqlTime.instantOrNull(row, "handled_at"),
                row.getString("handled_by"),
                attachment(row),
                row.getString("location") instanceof String place ? json.readValue(place, Location.class) : null,
                row.getString("contacts") instanceof String cards
                        ? List.of(json.readValue(cards, ContactCard[].class))
                        : List.of(),
                row.getObject("contact_id", UUID.class),
                row.getObject("call_missed") == null
                        ? null
                        : new InboundReceived.Call(row.getBoolean("call_video"), row.getBoolean("call_missed")),
                row.getString("stub_reason"),
                row.getString("earlier_texts") instanceof String earlier
                        ? List.of(json.readValue(earlier, WrittenMessages.EarlierText[].class))
                        : List.of(),
                SqlTime.instantOrNull(row, "edited_at"),
                SqlTime.instantOrNull(row, "revoked_at"),
                row.getString("changed_to") instanceof String to
                        ? json.readValue(to, ContactIds.class).phone()
                        : null,
                row.getLong("version"));
    }

    private static InboundView.@Nullable Attachment attachment(ResultSet row) throws SQLException {
        var state = row.getString("media_state");
        return state == null
                ? null
                : new InboundView.Attachment(
                        Objects.requireNonNullElse(row.getString("media_kind"), "document"),
                        state,
                        row.getString("media_type"),
                        row.getObject("media_size", Long.class),
                        row.getString("media_name"));
    }
}
