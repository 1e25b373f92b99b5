package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Array;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much was said on each line and how fast people answered, counted at each asking from what was said. A wait begins with
 * the first thing somebody writes after the clinic's last words and ends with its next ones; what Recado says by itself ends
 * none.
 */
@Repository
@Transactional(readOnly = true)
class ConversationReport {

    /** What was said, by whom, and how long somebody waited for it. */
    private static final String WAITS = """
            with said as materialized (
                 select i.contact_id, i.line_id, i.from_me as clinic, i.sent_at as at, null as account
                   from inbound_message i
                  where i.organization_id = :org and i.chat_kind = 'direct' and i.contact_id is not null
                    and i.sent_at >= :from and i.sent_at < :to and i.received_at >= :day_before
                    and i.kind not in ('reaction', 'delete', 'call', 'identity-changed')
                 union all
                 select c.id, m.line_id, true, m.created_at, m.created_by
                   from message m
                   join contact c on c.organization_id = m.organization_id
                        and (c.id = m.contact_id or m.contact_id is null and c.phone = m.phone)
                  where m.organization_id = :org and m.kind = 'manual' and m.line_id is not null
                    and m.created_at >= :from and m.created_at < :to and m.due_at >= :from
                    and coalesce(m.content ->> 'kind', 'text') <> 'reaction'),
            turned as (
                 select s.*, lag(s.clinic) over conversation as before
                   from said s window conversation as (partition by s.contact_id, s.line_id order by s.at)),
            waits as (
                 select t.line_id, t.clinic, t.at,
                        lead(t.at) over turn as answered_at, lead(t.account) over turn as answered_by
                   from turned t where t.before is distinct from t.clinic
                 window turn as (partition by t.contact_id, t.line_id order by t.at)),
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    ConversationReport(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /**
     * What was said on a line.
     *
     * @param lineId the line
     * @param name what staff call it
     * @param received messages from people, without calls, reactions and groups
     * @param people how many wrote
     * @param answered what the clinic's people wrote, here and on the clinic's phone
     * @param waits how often somebody began to wait for an answer
     * @param unanswered how many of these waits have none so far
     * @param medianMinutes half of the answered waits ended within as many minutes; null without any
     */
    @Schema(name = "LineConversations")
    record OfLine(
            UUID lineId,
            @Schema(example = "Recepción") String name,
            @Schema(example = "420") long received,
            @Schema(example = "180") long people,
            @Schema(example = "390") long answered,
            @Schema(example = "210") long waits,
            @Schema(example = "4") long unanswered,
            @Schema(example = "12.5") @Nullable Double medianMinutes) {}

    /** Lines on which something was said, by name. @param from first day of the clinic @param to the day after the last */
    public List<OfLine> between(LocalDate from, LocalDate to) {
        return asked(WAITS + """
                        counted as (
                             select line_id, count(*) filter (where not clinic) as received,
                                    count(distinct contact_id) filter (where not clinic) as people,
                                    count(*) filter (where clinic) as answered
                               from said group by line_id),
                        waited as (
                             select line_id, count(*) as waits, count(*) filter (where answered_at is null) as unanswered,
                                    percentile_cont(0.5) within group (
                                        order by cast(extract(epoch from answered_at - at) / 60 as double precision)) as median
                               from waits where not clinic group by line_id)
                        select l.id, l.name, c.received, c.people, c.answered, coalesce(w.waits, 0) as waits,
                               coalesce(w.unanswered, 0) as unanswered, w.median
                          from counted c
                          join whatsapp_line l on l.organization_id = :org and l.id = c.line_id
                          left join waited w on w.line_id = c.line_id
                         order by lower(l.name), l.id
                        """, from, to)
                .query((row, n) -> new OfLine(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getLong("received"),
                        row.getLong("people"),
                        row.getLong("answered"),
                        row.getLong("waits"),
                        row.getLong("unanswered"),
                        row.getObject("median", Double.class)))
                .list();
    }

    /**
     * What somebody of the clinic did.
     *
     * @param ownPhone true for what was written on the clinic's own phone, where nobody knows by whom
     * @param name as they are called; null for the clinic's own phone, programs, and whoever nobody knows any more
     * @param answered what they wrote
     * @param firstAnswers how many waits ended with their words
     * @param medianMinutes half of these ended within as many minutes; null without any
     * @param resolved how often they resolved a conversation
     * @param byHour when they write
     */
    @Schema(name = "PersonConversations")
    record OfPerson(
            @Schema(example = "false") boolean ownPhone,
            @Schema(example = "Marcela Paz") @Nullable String name,
            @Schema(example = "120") long answered,
            @Schema(example = "80") long firstAnswers,
            @Schema(example = "9.5") @Nullable Double medianMinutes,
            @Schema(example = "64") long resolved,
            List<OfHour> byHour) {}

    /**
     * When somebody writes, on the clinic's clock; hours without a word are left out.
     *
     * @param day ISO 8601: 1 is Monday
     * @param hour 0 to 23
     * @param count how much
     */
    @Schema(name = "AnswersOfHour")
    record OfHour(
            @Schema(example = "1") int day,
            @Schema(example = "9") int hour,
            @Schema(example = "12") long count) {}

    /** Who wrote and resolved, most answers first. @param from first day of the clinic @param to the day after the last */
    public List<OfPerson> people(LocalDate from, LocalDate to) {
        return asked(WAITS + """
                        answers as (
                             select coalesce(account, '') as who, extract(isodow from said.at at time zone :zone)::integer as day,
                                    extract(hour from said.at at time zone :zone)::integer as hour, count(*)::integer as count
                               from said where clinic group by 1, 2, 3),
                        written as (
                             select who, sum(count) as answered,
                                    array_agg(array[day, hour, count] order by day, hour) as hours
                               from answers group by who),
                        firsts as (
                             select coalesce(answered_by, '') as who, count(*) as ended,
                                    percentile_cont(0.5) within group (
                                        order by cast(extract(epoch from answered_at - at) / 60 as double precision)) as median
                               from waits where not clinic and answered_at is not null group by 1),
                        done as (
                             select actor as who, count(*) as resolved from conversation_event
                              where organization_id = :org and kind = 'resolved' and actor is not null
                                and at >= :from and at < :to
                              group by actor)
                        select p.who = '' as own_phone, coalesce(a.name, x.name) as name, coalesce(w.answered, 0) as answered,
                               coalesce(f.ended, 0) as firsts, f.median, coalesce(d.resolved, 0) as resolved, w.hours
                          from (select who from written union select who from done) p
                          left join written w on w.who = p.who
                          left join firsts f on f.who = p.who
                          left join done d on d.who = p.who
                          left join inbox_member a on a.organization_id = :org and a.account = p.who
                          left join inbox_outsider x on x.organization_id = :org and x.account = p.who
                         order by answered desc, resolved desc, lower(coalesce(a.name, x.name)) nulls last, p.who
                        """, from, to)
                .query((row, n) -> new OfPerson(
                        row.getBoolean("own_phone"),
                        row.getString("name"),
                        row.getLong("answered"),
                        row.getLong("firsts"),
                        row.getObject("median", Double.class),
                        row.getLong("resolved"),
                        hours(row.getArray("hours"))))
                .list();
    }

    private static List<OfHour> hours(@Nullable Array hours) throws SQLException {
        return hours == null
                ? List.of()
                : Arrays.stream((Integer[][]) hours.getArray())
                        .map(hour -> new OfHour(hour[0], hour[1], hour[2]))
                        .toList();
    }

    private JdbcClient.StatementSpec asked(String sql, LocalDate from, LocalDate to) {
        var zone = organizations.current().timeZone();
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("from", SqlTime.at(from.atStartOfDay(zone).toInstant()))
                // By the indexes there are: no clock of a network is a day ahead, and nothing is due before it was
                // written.
                .param(
                        "day_before",
                        SqlTime.at(from.minusDays(1).atStartOfDay(zone).toInstant()))
                .param("to", SqlTime.at(to.atStartOfDay(zone).toInstant()))
                .param("zone", zone.getId());
    }
}
