package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.messaging.MessageState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Conversations as people see them. Joins the register for names. */
@Repository
@Transactional(readOnly = true)
class ConversationViews {

    private static final String LIST = "conversations";

    /** Conditions of the three groups of the inbox; see {@link ConversationTurn}. */
    private static final String CLINICS = "c.state = 'open' and c.waiting_since is not null";

    private static final String PATIENTS = "c.state = 'open' and c.waiting_since is null and c.last_by <> 'recado'";
    private static final String RECADOS =
            "(c.state = 'pending' or c.state = 'open' and c.waiting_since is null and c.last_by = 'recado')";

    /**
     * Who of the register a contact is: whom somebody said, else everybody reached at the number, and where nobody is,
     * everybody on whose card it stands.
     */
    static final String PEOPLE = """
            select coalesce(json_agg(json_build_object('id', who.id, 'displayName', who.name) order by who.id), '[]')
              from (select p.id, concat_ws(' ', p.given_name, p.family_name) as name
                      from patient p
                     where p.organization_id = c.organization_id
                       and (p.id = link.patient_id
                            or link.id is null and p.phone = contact.phone and p.replaced_by is null)
                    union
                    select p.id, concat_ws(' ', p.given_name, p.family_name)
                      from household h
                      join household_member hm on hm.organization_id = h.organization_id and hm.household_id = h.id
                      join patient p on p.organization_id = hm.organization_id and p.id = hm.patient_id and p.phone is null
                     where h.organization_id = c.organization_id and h.phone = contact.phone and link.id is null
                    union
                    select p.id, concat_ws(' ', p.given_name, p.family_name)
                      from patient_other_phone n
                      join patient p on p.organization_id = n.organization_id and p.id = n.patient_id
                     where n.organization_id = c.organization_id and n.phone = contact.phone and link.id is null
                       and not exists (select from patient r
                                        where r.organization_id = c.organization_id and r.phone = contact.phone)
                     limit 10) who
            """;

    /** The newest of both directions: each branch reads one row of an index. A code that proves a phone is nobody's to see. */
    private static final String LAST = """
            select said.* from (
                (select i.sent_at as at, case when i.from_me then 'clinic' else 'patient' end as said_by, i.kind, i.text,
                        null as state
                   from inbound_message i
                  where i.organization_id = c.organization_id and i.contact_id = c.contact_id and i.line_id = c.line_id
                    and i.kind not in ('reaction', 'delete')
                  order by i.sent_at desc, i.id desc limit 1)
                union all
                (select m.out_at, case when m.kind = 'manual' then 'clinic' else 'recado' end,
                        coalesce(m.content ->> 'kind', 'text'),
                        coalesce(m.text, m.content ->> 'text', m.content ->> 'caption'), m.state
                   from message m
                  where m.organization_id = c.organization_id and m.phone = contact.phone and m.line_id = c.line_id
                    and m.out_at is not null and m.kind <> 'verification'
                  order by m.out_at desc limit 1)
                union all
                (select coalesce(m.out_at, m.due_at), case when m.kind = 'manual' then 'clinic' else 'recado' end,
                        coalesce(m.content ->> 'kind', 'text'),
                        coalesce(m.text, m.content ->> 'text', m.content ->> 'caption'), m.state
                   from message m
                  where m.organization_id = c.organization_id and m.contact_id = c.contact_id and m.line_id = c.line_id
                    and m.kind <> 'verification'
                  order by 1 desc limit 1)) said
             order by said.at desc limit 1
            """;

    private static final String SELECT = """
            select c.*, contact.name as contact_name, contact.phone, line.name as line_name, team.name as team_name, link.id is not null as linked,
                   (%s) as people,
                   array(select l.name from conversation_label l
                          where l.organization_id = c.organization_id and l.conversation_id = c.id order by l.name) as labels,
                   coalesce(c.last_inbound_at > r.read_until, c.last_inbound_at is not null) as unread,
                   r.mentioned_at is not null and (r.read_until is null or r.mentioned_at > r.read_until) as mentioned,
                   ho.cause, ho.requested_at, ho.deadline_at, ho.state = 'timed-out' as timed_out,
                   last.at as said_at, last.said_by, last.kind as said_kind, last.text as said_text, last.state as said_state
              from conversation c
              join contact on contact.organization_id = c.organization_id and contact.id = c.contact_id
              join whatsapp_line line on line.organization_id = c.organization_id and line.id = c.line_id
              left join inbox_team team on team.organization_id = c.organization_id and team.id = c.team_id
              left join contact_link link on link.organization_id = c.organization_id and link.contact_id = c.contact_id
                                         and link.unlinked_at is null
              left join conversation_read r on r.organization_id = c.organization_id and r.conversation_id = c.id
                                           and r.account = :account
              left join lateral (
                   select h.cause, h.requested_at, h.deadline_at, h.state from hand_over h
                    where h.organization_id = c.organization_id and h.conversation_id = c.id and c.state = 'open'
                      and (h.state = 'waiting' or h.state = 'timed-out' and c.waiting_since is not null
                                                  and h.requested_at >= c.opened_at)
                    order by h.requested_at desc limit 1) ho on true
              left join lateral (%s) last on true
             where c.organization_id = :org
            """.formatted(PEOPLE, LAST);

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final JsonMapper json;

    ConversationViews(JdbcClient jdbc, Cursors cursors, JsonMapper json) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.json = json;
    }

    /** Those that wait for the clinic in the order in which to answer: urgent first, then who waits longest. All others with
     * what was said last first. */
    public Page<ConversationView> list(ConversationFilter filter, int limit, @Nullable String cursor) {
        boolean waiting = filter.turn() == ConversationTurn.CLINIC;
        var list = waiting ? LIST + "-waiting" : LIST;
        var after = cursors.open(list, cursor);
        var sql = new StringBuilder(SELECT);
        var params = new HashMap<String, @Nullable Object>();
        params.put("org", CurrentOrganization.id());
        params.put("account", filter.account());
        conditions(filter, sql, params);
        if (after != null) {
            sql.append(
                    waiting
                            ? " and (c.priority < :priority or c.priority = :priority and (c.waiting_since, c.id) > (:at, :id))"
                            : " and (c.last_at, c.id) < (:at, :id)");
            params.put("at", SqlTime.at(Instant.parse(after.getFirst())));
            params.put("id", UUID.fromString(after.get(1)));
            if (waiting) {
                params.put("priority", after.get(2));
            }
        }
        sql.append(waiting ? " order by c.priority desc, c.waiting_since, c.id" : " order by c.last_at desc, c.id desc")
                .append(" limit ")
                .append(limit + 1);
        var rows = jdbc.sql(sql.toString())
                .params(params)
                .query((row, n) -> view(row, filter.account()))
                .list();
        return Page.of(
                rows,
                limit,
                last -> waiting
                        ? cursors.seal(
                                list,
                                String.valueOf(last.waitingSince()),
                                last.id().toString(),
                                last.priority().wireName())
                        : cursors.seal(list, last.lastAt().toString(), last.id().toString()));
    }

    private static void conditions(
            ConversationFilter filter, StringBuilder sql, HashMap<String, @Nullable Object> params) {
        if (filter.turn() != null) {
            sql.append(" and ")
                    .append(
                            switch (filter.turn()) {
                                case CLINIC -> CLINICS;
                                case PATIENT -> PATIENTS;
                                case RECADO -> RECADOS;
                            });
        }
        if (filter.state() != null) {
            sql.append(" and c.state = :state");
            params.put("state", filter.state().wireName());
        }
        if (filter.assignee() != null) {
            sql.append(filter.assignee().equals("none") ? " and c.assignee is null" : " and c.assignee = :assignee");
            params.put("assignee", filter.assignee().equals("me") ? filter.account() : filter.assignee());
        }
        if (filter.label() != null) {
            sql.append("""
                     and exists (select from conversation_label l
                                  where l.organization_id = c.organization_id and l.conversation_id = c.id and l.name = :label)
                    """);
            params.put("label", filter.label());
        }
        if (filter.teamId() != null) {
            sql.append(" and c.team_id = :team");
            params.put("team", filter.teamId());
        }
        if (filter.lineId() != null) {
            sql.append(" and c.line_id = :line");
            params.put("line", filter.lineId());
        }
        if (filter.patientId() != null) {
            sql.append("""
                     and c.contact_id in (
                         select l.contact_id from contact_link l
                          where l.organization_id = :org and l.patient_id = :patient and l.unlinked_at is null
                         union
                         select o.id from patient_number p
                           join contact o on o.organization_id = p.organization_id and o.phone = p.phone
                          where p.organization_id = :org and p.id = :patient)
                    """);
            params.put("patient", filter.patientId());
        }
        if (filter.from() != null) {
            sql.append(" and c.last_at >= :from");
            params.put("from", SqlTime.at(filter.from()));
        }
        if (filter.to() != null) {
            sql.append(" and c.last_at < :to");
            params.put("to", SqlTime.at(filter.to()));
        }
    }

    /** @param account whose unread marks it shows
     * @throws app.recado.kernel.ProblemException {@code not-found} for ids of other organizations as well */
    public ConversationView one(UUID id, String account) {
        return jdbc.sql(SELECT + " and c.id = :id")
                .param("org", CurrentOrganization.id())
                .param("account", account)
                .param("id", id)
                .query((row, n) -> view(row, account))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such conversation"));
    }

    /** How many there are.
     *
     * @param waiting wait for an answer of the clinic
     * @param mine of those that are not resolved, the caller's
     * @param unassigned of those, nobody's
     * @param open all that are not resolved
     * @param asking of all, those that ask for a person who has not come
     */
    record ConversationCounts(long waiting, long mine, long unassigned, long open, long asking) {}

    public ConversationCounts counts(String account) {
        return jdbc.sql("""
                        select count(*) filter (where state = 'open' and waiting_since is not null) as waiting,
                               count(*) filter (where assignee = :account) as mine,
                               count(*) filter (where assignee is null) as unassigned, count(*) as open,
                               (select count(*) from hand_over h
                                 where h.organization_id = :org and h.state = 'waiting') as asking
                          from conversation
                         where organization_id = :org and state in ('open', 'pending', 'snoozed')
                        """)
                .param("org", CurrentOrganization.id())
                .param("account", account)
                .query((row, n) -> new ConversationCounts(
                        row.getLong("waiting"),
                        row.getLong("mine"),
                        row.getLong("unassigned"),
                        row.getLong("open"),
                        row.getLong("asking")))
                .single();
    }

    private ConversationView view(ResultSet row, String account) throws SQLException {
        var state = ConversationState.of(row.getString("state"));
        var waitingSince = SqlTime.instantOrNull(row, "waiting_since");
        return new ConversationView(
                row.getObject("id", UUID.class),
                new ConversationView.ContactRef(
                        row.getObject("contact_id", UUID.class), row.getString("contact_name"), row.getString("phone")),
                new ConversationView.LineRef(row.getObject("line_id", UUID.class), row.getString("line_name")),
                List.of(json.readValue(row.getString("people"), ConversationView.PatientRef[].class)),
                row.getBoolean("linked"),
                state,
                turn(state, waitingSince, Speaker.of(row.getString("last_by"))),
                ConversationPriority.of(row.getString("priority")),
                waitingSince,
                SqlTime.instantOrNull(row, "snoozed_until"),
                row.getString("assignee") instanceof String who
                        ? new ConversationView.Assignee(who, row.getString("assignee_name"), who.equals(account))
                        : null,
                row.getObject("team_id", UUID.class) instanceof UUID team
                        ? new ConversationView.TeamRef(team, row.getString("team_name"))
                        : null,
                SqlTime.instantOrNull(row, "response_warn_at"),
                SqlTime.instantOrNull(row, "response_due_at"),
                Arrays.asList((String[]) row.getArray("labels").getArray()),
                row.getBoolean("unread"),
                row.getBoolean("mentioned"),
                handOver(row),
                SqlTime.instant(row, "opened_at"),
                SqlTime.instantOrNull(row, "first_response_at"),
                SqlTime.instantOrNull(row, "resolved_at"),
                SqlTime.instant(row, "last_at"),
                last(row),
                row.getObject("last_answer_id", UUID.class),
                row.getLong("version"));
    }

    private static @Nullable ConversationTurn turn(
            ConversationState state, @Nullable Instant waitingSince, Speaker lastBy) {
        return switch (state) {
            case SNOOZED, RESOLVED -> null;
            case PENDING -> ConversationTurn.RECADO;
            case OPEN ->
                waitingSince != null
                        ? ConversationTurn.CLINIC
                        : lastBy == Speaker.RECADO ? ConversationTurn.RECADO : ConversationTurn.PATIENT;
        };
    }

    private static ConversationView.@Nullable HandOverOfConversation handOver(ResultSet row) throws SQLException {
        var cause = row.getString("cause");
        return cause == null
                ? null
                : new ConversationView.HandOverOfConversation(
                        HandOvers.Cause.valueOf(cause.toUpperCase(Locale.ROOT)),
                        SqlTime.instant(row, "requested_at"),
                        SqlTime.instant(row, "deadline_at"),
                        row.getBoolean("timed_out"));
    }

    private static ConversationView.@Nullable Last last(ResultSet row) throws SQLException {
        var at = SqlTime.instantOrNull(row, "said_at");
        return at == null
                ? null
                : new ConversationView.Last(
                        at,
                        Speaker.of(row.getString("said_by")),
                        Objects.requireNonNull(row.getString("said_kind")),
                        row.getString("said_text"),
                        row.getString("said_state") instanceof String state ? MessageState.of(state) : null);
    }
}
