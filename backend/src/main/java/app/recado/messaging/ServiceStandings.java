package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.ServiceStatus.LateDay;
import app.recado.messaging.ServiceStatus.LineStanding;
import app.recado.messaging.ServiceStatus.Standing;
import app.recado.organizations.OrganizationProfiles;
import app.recado.whatsapp.WhatsAppAtLarge;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds out whether things work for the current organization; what it shows costs an index of what is held up. */
@Component
class ServiceStandings {

    /** A message that could leave leaves within seconds; the same limit wakes an operator up. */
    private static final Duration SLOW = Duration.ofMinutes(5);

    private static final Duration LOOKED_BACK = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final WhatsAppLines lines;
    private final WhatsAppAtLarge whatsApp;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    ServiceStandings(
            JdbcClient jdbc,
            WhatsAppLines lines,
            WhatsAppAtLarge whatsApp,
            OrganizationProfiles organizations,
            Clock clock) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.whatsApp = whatsApp;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** As of now. */
    @Transactional(readOnly = true)
    public ServiceStatus current() {
        var now = clock.instant();
        var held = heldByLines();
        return new ServiceStatus(
                now,
                slow(now) ? Standing.SLOW : Standing.WORKS,
                whatsApp.manyLinesDown() ? Standing.TROUBLE : Standing.WORKS,
                lines.each().stream()
                        .map(line -> new LineStanding(line.id(), line.name(), line.state(), line.linked()))
                        .toList(),
                held.depth(),
                held.oldestDue().orElse(null),
                late(now, organizations.current().timeZone()));
    }

    /** What waits for nothing but us, for longer than it should. */
    private boolean slow(Instant now) {
        return jdbc.sql("""
                        select exists (select from message
                                        where organization_id = :org and ready and state in ('planned', 'queued')
                                          and next_attempt_at <= :limit and due_at <= :limit)
                        """)
                .param("org", CurrentOrganization.id())
                .param("limit", SqlTime.at(now.minus(SLOW)))
                .query(Boolean.class)
                .single();
    }

    private OutboxAcrossClinics.Backlog heldByLines() {
        return jdbc.sql("""
                        select count(*) as held, min(due_at) as oldest from message
                         where organization_id = ? and state = 'queued' and reason in ('line-down', 'line-unknown')
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new OutboxAcrossClinics.Backlog(
                        row.getLong("held"), Optional.ofNullable(SqlTime.instantOrNull(row, "oldest"))))
                .single();
    }

    private List<LateDay> late(Instant now, ZoneId zone) {
        return jdbc.sql("""
                        with held as (
                            select message_id, min(at) as since from message_step
                             where organization_id = :org and state = 'queued' and reason in ('line-down', 'line-unknown')
                               and at >= :from
                             group by message_id)
                        select (h.since at time zone :zone)::date as day, count(*) as held,
                               count(*) filter (where m.state = 'expired') as too_late,
                               coalesce(floor(max(extract(epoch from m.out_at - h.since)) / 60), 0)::bigint as longest
                          from held h join message m on m.organization_id = :org and m.id = h.message_id
                         group by 1 order by 1 desc
                        """)
                .param("org", CurrentOrganization.id())
                .param("from", SqlTime.at(now.minus(LOOKED_BACK)))
                .param("zone", zone.getId())
                .query((row, n) -> new LateDay(
                        row.getObject("day", LocalDate.class),
                        row.getLong("held"),
                        row.getLong("too_late"),
                        row.getLong("longest")))
                .list();
    }
}
