package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds what somebody answers to among the messages that reached a number. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Conversations implements LiveNotifications {

    /** A cancellation asks nothing, so nothing is an answer to it. */
    private static final String ASKING = "kind in ('confirmation', 'reminder', 'reschedule')";

    private final JdbcClient jdbc;

    Conversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<LiveNotification> at(String phone, Instant at) {
        return jdbc.sql("""
                        select distinct on (subject_id) id, subject_id, subject_version, patient_id, true as live
                          from message
                         where organization_id = ? and phone = ? and out_at < ? and useful_until > ?
                           and superseded_at is null and state <> 'failed' and %s
                         order by subject_id, out_at desc, id desc
                        """.formatted(ASKING))
                .params(CurrentOrganization.id(), phone, SqlTime.at(untilSecondOf(at)), SqlTime.at(at))
                .query((row, n) -> read(row))
                .list();
    }

    @Override
    public Optional<LiveNotification> quoted(UUID lineId, String phone, String providerMessageId, Instant at) {
        return jdbc.sql("""
                        select id, subject_id, subject_version, patient_id,
                               useful_until > ? and superseded_at is null as live
                          from message
                         where organization_id = ? and provider_message_id = ? and line_id = ? and phone = ?
                           and out_at < ? and %s
                        """.formatted(ASKING))
                .params(
                        SqlTime.at(at),
                        CurrentOrganization.id(),
                        providerMessageId,
                        lineId,
                        phone,
                        SqlTime.at(untilSecondOf(at)))
                .query((row, n) -> read(row))
                .optional();
    }

    /** The network tells whole seconds: an answer within the second of our message may follow it. */
    private static Instant untilSecondOf(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private static LiveNotification read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new LiveNotification(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getLong("subject_version"),
                row.getObject("patient_id", UUID.class),
                row.getBoolean("live"));
    }
}
