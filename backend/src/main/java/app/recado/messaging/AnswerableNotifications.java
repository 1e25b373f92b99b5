package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds what somebody answers to among the messages that reached a number. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AnswerableNotifications implements LiveNotifications {

    /** A cancellation asks nothing, so nothing is an answer to it. */
    private static final String ASKING = "kind in ('confirmation', 'reminder', 'reschedule', 'offer')";

    /** The patient may have seen it. What failed or expired in the end certainly never reached them. */
    private static final String SAID = "state in ('sending', 'unknown', 'sent', 'delivered', 'read')";

    private final JdbcClient jdbc;

    AnswerableNotifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<LiveNotification> at(UUID lineId, String phone, Instant at) {
        return jdbc.sql("""
                        with said as (
                            select id, subject_id, subject_version, patient_id, says, kind, out_at, useful_until, superseded_at,
                                   coalesce(lead_id, id) as joint_id, answers_all, coalesce(asks, true) as asks
                              from message
                             where organization_id = :org and phone = :phone and line_id = :line
                               and out_at < :doubtful and %s),
                        latest as (
                            select distinct on (subject_id) * from said where %s and out_at < :until
                             order by subject_id, out_at desc, id desc),
                        live as (
                            select * from latest where superseded_at is null and useful_until > :at)
                        select id, subject_id, subject_version, patient_id, joint_id, answers_all, asks, says, true as live, out_at,
                               not exists (select from said
                                            where (said.out_at, said.id) > (live.out_at, live.id)
                                              and said.joint_id not in (select joint_id from live)) as last
                          from live
                        """.formatted(SAID, ASKING))
                .param("org", CurrentOrganization.id())
                .param("phone", phone)
                .param("line", lineId)
                .param("doubtful", SqlTime.at(untilSecondOf(at).plus(CLOCKS_DIFFER)))
                .param("until", SqlTime.at(untilSecondOf(at)))
                .param("at", SqlTime.at(at))
                .query((row, n) -> read(row))
                .list();
    }

    @Override
    public List<LiveNotification> quoted(UUID lineId, String phone, String providerMessageId, Instant at) {
        return jdbc.sql("""
                        select id, subject_id, subject_version, patient_id, coalesce(lead_id, id) as joint_id, answers_all,
                               coalesce(asks, true) as asks, says, out_at, true as last,
                               useful_until > ? and superseded_at is null as live
                          from message
                         where organization_id = ? and provider_message_id = ? and line_id = ? and phone = ?
                           and out_at < ? and %s
                         order by id
                        """.formatted(ASKING))
                .params(
                        SqlTime.at(at),
                        CurrentOrganization.id(),
                        providerMessageId,
                        lineId,
                        phone,
                        SqlTime.at(untilSecondOf(at)))
                .query((row, n) -> read(row))
                .list();
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
                row.getObject("joint_id", UUID.class),
                row.getBoolean("answers_all"),
                row.getString("says"),
                row.getBoolean("live"),
                SqlTime.instant(row, "out_at"),
                row.getBoolean("last"),
                row.getBoolean("asks"));
    }
}
