package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.ClinicNumbers;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many of a clinic's messages left this month. Read by the day they were due on, for which there is an index. */
@Component
class MessageNumbers implements ClinicNumbers {

    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;
    private final Clock clock;

    MessageNumbers(OrganizationProfiles organizations, JdbcClient jdbc, Clock clock) {
        this.organizations = organizations;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Map<Number, Long> count() {
        var zone = organizations.current().timeZone();
        var month = clock.instant().atZone(zone).toLocalDate().withDayOfMonth(1);
        long left = jdbc.sql("""
                        select count(*) from message
                         where organization_id = ? and due_at >= ? and due_at < ? and state in ('sent', 'delivered', 'read')
                        """)
                .params(
                        CurrentOrganization.id(),
                        SqlTime.at(month.atStartOfDay(zone).toInstant()),
                        SqlTime.at(month.plusMonths(1).atStartOfDay(zone).toInstant()))
                .query(Long.class)
                .single();
        return Map.of(Number.MESSAGES_THIS_MONTH, left);
    }
}
