package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Tickets as people see them. */
@Repository
@Transactional(readOnly = true)
class TicketViews {

    private static final String LIST = "tickets";

    private static final String SELECT = """
            select t.*, c.contact_id, contact.name as contact_name, contact.phone, c.assignee_name, (%s) as people,
                   array(select i.id from inbound_message i
                          where i.organization_id = c.organization_id and i.contact_id = c.contact_id and i.line_id = c.line_id
                            and i.media_kind = 'image' and not i.from_me and i.sent_at >= t.opened_at - interval '1 day'
                            and (t.closed_at is null or i.sent_at <= t.closed_at)
                          order by i.sent_at, i.id limit 50) as pictures
              from ticket t
              join conversation c on c.organization_id = t.organization_id and c.id = t.conversation_id
              join contact on contact.organization_id = c.organization_id and contact.id = c.contact_id
              left join contact_link link on link.organization_id = c.organization_id and link.contact_id = c.contact_id
                                         and link.unlinked_at is null
             where t.organization_id = :org
            """.formatted(ConversationViews.PEOPLE);

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final JsonMapper json;

    TicketViews(JdbcClient jdbc, Cursors cursors, JsonMapper json) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.json = json;
    }

    /**
     * Which tickets; null leaves something open.
     *
     * @param from opened then or later
     * @param to opened before then
     */
    record Filter(
            @Nullable TicketState state,
            @Nullable TicketCategory category,
            @Nullable UUID conversationId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Newest first. */
    public Page<TicketView> list(Filter filter, int limit, @Nullable String cursor) {
        var sql = new StringBuilder(SELECT);
        var params = new HashMap<String, @Nullable Object>();
        params.put("org", CurrentOrganization.id());
        if (filter.state() != null) {
            sql.append(" and t.state = :state");
            params.put("state", filter.state().wireName());
        }
        if (filter.category() != null) {
            sql.append(" and t.category = :category");
            params.put("category", filter.category().wireName());
        }
        if (filter.conversationId() != null) {
            sql.append(" and t.conversation_id = :conversation");
            params.put("conversation", filter.conversationId());
        }
        if (filter.from() != null) {
            sql.append(" and t.opened_at >= :from");
            params.put("from", SqlTime.at(filter.from()));
        }
        if (filter.to() != null) {
            sql.append(" and t.opened_at < :to");
            params.put("to", SqlTime.at(filter.to()));
        }
        var after = cursors.open(LIST, cursor);
        if (after != null) {
            sql.append(" and (t.opened_at, t.id) < (:at, :id)");
            params.put("at", SqlTime.at(Instant.parse(after.getFirst())));
            params.put("id", UUID.fromString(after.get(1)));
        }
        sql.append(" order by t.opened_at desc, t.id desc limit ").append(limit + 1);
        var rows = jdbc.sql(sql.toString()).params(params).query(this::view).list();
        return Page.of(
                rows,
                limit,
                last -> cursors.seal(LIST, last.openedAt().toString(), last.id().toString()));
    }

    /**
     * Those with this number, and those in whose time these things were said; newest first. What was said a day before a
     * ticket was opened is what it was opened for.
     *
     * @param number null for none
     */
    public List<TicketView> search(@Nullable Long number, List<ConversationSearch.Candidate> said, int limit) {
        return jdbc.sql(SELECT + """
                         and t.id in (
                             select f.id from ticket f
                              where f.organization_id = :org and f.number = cast(:number as bigint)
                             union
                             select f.id
                               from unnest(cast(:conversations as uuid[]), cast(:times as timestamptz[]))
                                    as said (conversation_id, at)
                               join ticket f on f.organization_id = :org and f.conversation_id = said.conversation_id
                                    and said.at >= f.opened_at - interval '1 day'
                                    and (f.closed_at is null or said.at <= f.closed_at))
                        order by t.opened_at desc, t.id desc limit :limit
                        """)
                .param("org", CurrentOrganization.id())
                .param("number", number)
                .param(
                        "conversations",
                        said.stream()
                                .map(one -> one.conversationId().toString())
                                .toArray(String[]::new))
                .param("times", said.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .param("limit", limit)
                .query(this::view)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} for ids of other organizations as well */
    public TicketView one(UUID id) {
        return jdbc.sql(SELECT + " and t.id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(this::view)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such ticket"));
    }

    private TicketView view(ResultSet row, int n) throws SQLException {
        var by = row.getString("category_by");
        return new TicketView(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getObject("conversation_id", UUID.class),
                new ConversationView.ContactRef(
                        row.getObject("contact_id", UUID.class), row.getString("contact_name"), row.getString("phone")),
                List.of(json.readValue(row.getString("people"), ConversationView.PatientRef[].class)),
                TicketCategory.ofOrNull(row.getString("category")),
                by == null ? null : TicketCategory.By.valueOf(by.toUpperCase(Locale.ROOT)),
                TicketState.of(row.getString("state")),
                row.getString("assignee_name"),
                SqlTime.instant(row, "opened_at"),
                row.getString("opened_by"),
                SqlTime.instantOrNull(row, "first_answered_at"),
                SqlTime.instantOrNull(row, "acknowledged_at"),
                SqlTime.instantOrNull(row, "closed_at"),
                Arrays.asList((UUID[]) row.getArray("pictures").getArray()),
                row.getLong("version"));
    }
}
