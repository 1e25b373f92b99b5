package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.LastWritten;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells when somebody last wrote, from the messages themselves. A sender's clock that runs ahead is not believed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LastInboundTimes implements LastWritten {

    private final JdbcClient jdbc;

    LastInboundTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<UUID, Instant> to(String phone) {
        return last("phone", phone);
    }

    @Override
    public Map<UUID, Instant> by(UUID contactId) {
        return last("contact_id", contactId);
    }

    private Map<UUID, Instant> last(String column, Object who) {
        return jdbc
                .sql("""
                        select line_id, max(least(sent_at, received_at)) as last from inbound_message
                         where organization_id = ? and %s = ? and chat_kind = 'direct' and not from_me
                           and kind <> 'identity-changed'
                         group by line_id
                        """.formatted(column))
                .params(CurrentOrganization.id(), who)
                .query((row, n) -> Map.entry(row.getObject("line_id", UUID.class), SqlTime.instant(row, "last")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
