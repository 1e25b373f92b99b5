package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
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
        var zone = organizations.current().timeZone();
        return jdbc.sql("""
                        with said as materialized (
                             select i.contact_id, i.line_id, i.from_me as clinic, i.sent_at as at
                               from inbound_message i
                              where i.organization_id = :org and i.chat_kind = 'direct' and i.contact_id is not null
                                and i.sent_at >= :from and i.sent_at < :to and i.received_at >= :day_before
                                and i.kind not in ('reaction', 'delete', 'call', 'identity-changed')
                             union all
                             select c.id, m.line_id, true, m.created_at
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
                                    lead(t.at) over (partition by t.contact_id, t.line_id order by t.at) as answered_at
                               from turned t where t.before is distinct from t.clinic),
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
                        """)
                .param("org", CurrentOrganization.id())
                .param("from", SqlTime.at(from.atStartOfDay(zone).toInstant()))
                // By the indexes there are: no clock of a network is a day ahead, and nothing is due before it was
                // written.
                .param(
                        "day_before",
                        SqlTime.at(from.minusDays(1).atStartOfDay(zone).toInstant()))
                .param("to", SqlTime.at(to.atStartOfDay(zone).toInstant()))
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
}
