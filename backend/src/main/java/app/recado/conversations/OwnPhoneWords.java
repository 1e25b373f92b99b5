package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.LiveNotifications;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the clinic said on its own phone. Whatever a patient writes next may answer that instead of a notification. The
 * network may tell of both in any order and at the same time, so a conversation is held while one of them is read.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OwnPhoneWords {

    /** Why staff look at an answer although it was understood, or was not acted upon: something else was said since. */
    static final String SAID_SINCE = "said-since";

    /** A server of the clinic's may report what Recado sent as if the phone had said it: the same words, then. */
    private static final String RECADO_SENT_IT = """
            exists (select from message m
                     where m.organization_id = own.organization_id and m.phone = own.phone and m.line_id = own.line_id
                       and m.text = own.text
                       and m.out_at between own.sent_at - interval '2 minutes' and own.sent_at + interval '2 minutes')
            """;

    private final JdbcClient jdbc;
    private final LiveHints hints;

    OwnPhoneWords(JdbcClient jdbc, LiveHints hints) {
        this.jdbc = jdbc;
        this.hints = hints;
    }

    /** Until the transaction ends nobody else reads a message of this conversation. */
    public void hold(UUID lineId, String phone) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(lineId + " " + phone)
                .query((row, n) -> n)
                .list();
    }

    /** Whether anything was said there after a notification and before an answer. */
    public boolean between(UUID lineId, String phone, Instant notification, Instant answer) {
        return jdbc.sql("""
                        select exists (
                            select from inbound_message own
                             where organization_id = :org and line_id = :line and phone = :phone and from_me
                               and chat_kind = 'direct' and kind not in ('reaction', 'delete')
                               and sent_at >= :from and sent_at < :to and not %s)
                        """.formatted(RECADO_SENT_IT))
                .param("org", CurrentOrganization.id())
                .param("line", lineId)
                .param("phone", phone)
                .param("from", SqlTime.at(notification.truncatedTo(ChronoUnit.SECONDS)))
                .param("to", SqlTime.at(doubtfulUntil(answer)))
                .query(Boolean.class)
                .single();
    }

    /** Whether a message of the clinic's own is the echo of what Recado sent. @param ownId the message as it was stored */
    public boolean recadoSent(UUID ownId) {
        return jdbc.sql("""
                        select exists (select from inbound_message own
                                        where own.organization_id = ? and own.id = ? and %s)
                        """.formatted(RECADO_SENT_IT))
                .params(CurrentOrganization.id(), ownId)
                .query(Boolean.class)
                .single();
    }

    /**
     * The phone said something that is heard of only now: bare words that were taken for an answer to an older
     * notification meanwhile are shown to staff. What they changed stays; a person knows what was asked.
     *
     * @param ownId the message as it was stored
     */
    public void doubtAnswersTo(UUID ownId) {
        jdbc.sql("""
                        update inbound_message i
                           set needs_staff = true, reason = :reason, version = i.version + 1
                          from inbound_message own
                         where own.organization_id = :org and own.id = :own
                           and own.chat_kind = 'direct' and own.kind not in ('reaction', 'delete') and not %s
                           and i.organization_id = own.organization_id and i.line_id = own.line_id
                           and i.phone = own.phone and not i.from_me
                           and i.outcome in ('accepted', 'declined', 'cancelled') and i.handled_at is null
                           and i.quoted_provider_message_id is null
                           and i.sent_at > own.sent_at - make_interval(secs => :tolerance)
                           and exists (select from message notification
                                        where notification.organization_id = i.organization_id
                                          and notification.id = i.message_id
                                          and date_trunc('second', notification.out_at) <= own.sent_at)
                        returning i.id
                        """.formatted(RECADO_SENT_IT))
                .param("reason", SAID_SINCE)
                .param("org", CurrentOrganization.id())
                .param("own", ownId)
                .param(
                        "tolerance",
                        LiveNotifications.CLOCKS_DIFFER.plusSeconds(1).toSeconds())
                .query((row, n) -> row.getObject("id", UUID.class))
                .list()
                .forEach(id -> hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id));
    }

    private static Instant doubtfulUntil(Instant answer) {
        return answer.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).plus(LiveNotifications.CLOCKS_DIFFER);
    }
}
