package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who is writing an answer at the moment, so that a colleague does not write a second one. */
@Repository
@Transactional
class ConversationTyping {

    /** A console says it again sooner than this. */
    static final Duration LASTS = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    ConversationTyping(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * Somebody who is writing.
     *
     * @param memberId their account
     * @param until when that is forgotten unless they write on
     */
    @Schema(name = "TypingMember")
    record Typing(String memberId, String name, Instant until) {}

    /** Somebody writes, or stopped. An id of another organization is refused by the foreign key's look-up before. */
    public void says(UUID conversationId, Staff staff, boolean writing) {
        var now = clock.instant();
        jdbc.sql("""
                        delete from conversation_typing
                         where organization_id = ? and conversation_id = ? and (until < ? or account = ?)
                        """)
                .params(CurrentOrganization.id(), conversationId, SqlTime.at(now), staff.account())
                .update();
        if (writing) {
            jdbc.sql("""
                            insert into conversation_typing (organization_id, conversation_id, account, name, until)
                            values (?, ?, ?, ?, ?)
                            on conflict (organization_id, conversation_id, account) do update set until = excluded.until
                            """)
                    .params(
                            CurrentOrganization.id(),
                            conversationId,
                            staff.account(),
                            staff.name(),
                            SqlTime.at(now.plus(LASTS)))
                    .update();
        }
        hints.changed(LiveHints.Kind.CONVERSATION_TYPING, conversationId);
    }

    /** All but one, longest first. @param caller who asks */
    @Transactional(readOnly = true)
    public List<Typing> of(UUID conversationId, String caller) {
        return jdbc.sql("""
                        select account, name, until from conversation_typing
                         where organization_id = ? and conversation_id = ? and account <> ? and until > ?
                         order by name, account
                        """)
                .params(CurrentOrganization.id(), conversationId, caller, SqlTime.at(clock.instant()))
                .query((row, n) ->
                        new Typing(row.getString("account"), row.getString("name"), SqlTime.instant(row, "until")))
                .list();
    }
}
