package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of conversations, one per contact and line. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ConversationStore {

    private static final String COLUMNS = """
            id, contact_id, line_id, state, priority, waiting_since, snoozed_until, assignee, assignee_name, opened_at,
            first_response_at, resolved_at, last_at, last_by, last_inbound_at, last_answer_id, last_answer_by, last_answer_at, version
            """;

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final WaitingConversations waiting;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    ConversationStore(
            JdbcClient jdbc,
            LiveHints hints,
            WaitingConversations waiting,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.waiting = waiting;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} for ids of other organizations as well */
    Conversation lock(UUID id) {
        return lockIfThere(id).orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such conversation"));
    }

    Optional<Conversation> lockIfThere(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from conversation where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(ConversationStore::row)
                .optional();
    }

    Optional<Conversation> lockOf(UUID contactId, UUID lineId) {
        return jdbc.sql("select " + COLUMNS + """
                         from conversation where organization_id = ? and contact_id = ? and line_id = ? for update
                        """)
                .params(CurrentOrganization.id(), contactId, lineId)
                .query(ConversationStore::row)
                .optional();
    }

    /** All of some contacts, in the order of their ids. */
    List<Conversation> lockAllOf(Collection<UUID> contactIds) {
        return jdbc.sql("select " + COLUMNS + """
                         from conversation where organization_id = ? and contact_id = any (?) order by id for update
                        """)
                .params(List.of(CurrentOrganization.id(), contactIds.toArray(UUID[]::new)))
                .query(ConversationStore::row)
                .list();
    }

    /** The one of a contact on a line, locked; a new one is resolved until something is said in it. */
    Conversation lockOrBegin(UUID contactId, UUID lineId, Instant at) {
        var known = lockOf(contactId, lineId);
        if (known.isPresent()) {
            return known.get();
        }
        var id = Ids.next();
        var now = SqlTime.at(clock.instant());
        int begun = jdbc.sql("""
                        insert into conversation (organization_id, id, contact_id, line_id, state, opened_at, resolved_at, last_at,
                                                  last_by, created_at, team_id)
                        values (?, ?, ?, ?, 'resolved', ?, ?, ?, 'patient', ?,
                                (select team_id from inbox_team_line where organization_id = ? and line_id = ?))
                        on conflict (organization_id, contact_id, line_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        contactId,
                        lineId,
                        now,
                        now,
                        SqlTime.at(at),
                        now,
                        CurrentOrganization.id(),
                        lineId)
                .update();
        if (begun == 1) {
            write(id, new Conversation.Event(Conversation.EventKind.OPENED, null, null, clock.instant()), null);
        }
        return lockOf(contactId, lineId).orElseThrow();
    }

    /** Keeps a locked one as it is now, and what happened to it. */
    void save(Conversation conversation) {
        save(conversation, null);
    }

    /** @param linkId the link that its events are about; null when they are about none */
    void save(Conversation conversation, @Nullable UUID linkId) {
        var row = conversation.stored();
        var answer = row.lastAnswer();
        jdbc.sql("""
                        update conversation
                           set response_due_at = case when waiting_since is not distinct from cast(? as timestamptz)
                                                      then response_due_at end,
                               response_warn_at = case when waiting_since is not distinct from cast(? as timestamptz)
                                                       then response_warn_at end,
                               state = ?, priority = ?, waiting_since = ?, snoozed_until = ?, assignee = ?, assignee_name = ?,
                               opened_at = ?, first_response_at = ?, resolved_at = ?, last_at = ?, last_by = ?,
                               last_inbound_at = ?, last_answer_id = ?, last_answer_by = ?, last_answer_at = ?,
                               version = version + ?
                         where organization_id = ? and id = ?
                        """)
                .param(SqlTime.atOrNull(row.waitingSince()))
                .param(SqlTime.atOrNull(row.waitingSince()))
                .param(row.state().wireName())
                .param(row.priority().wireName())
                .param(SqlTime.atOrNull(row.waitingSince()))
                .param(SqlTime.atOrNull(row.snoozedUntil()))
                .param(row.assignee() == null ? null : row.assignee().account())
                .param(row.assignee() == null ? null : row.assignee().name())
                .param(SqlTime.at(row.openedAt()))
                .param(SqlTime.atOrNull(row.firstResponseAt()))
                .param(SqlTime.atOrNull(row.resolvedAt()))
                .param(SqlTime.at(row.lastAt()))
                .param(row.lastBy().wireName())
                .param(SqlTime.atOrNull(row.lastInboundAt()))
                .param(answer == null ? null : answer.id())
                .param(answer == null ? null : answer.by())
                .param(answer == null ? null : SqlTime.at(answer.at()))
                .param(conversation.changed() ? 1 : 0)
                .param(CurrentOrganization.id())
                .param(row.id())
                .update();
        conversation.events().forEach(event -> write(row.id(), event, linkId));
        waiting.saved(row);
        if (conversation.turned()) {
            publisher.publishEvent(
                    new ConversationTurned(row.id(), row.lineId(), row.state().wireName()));
        }
        hints.changed(LiveHints.Kind.CONVERSATION, row.id());
    }

    private void write(UUID id, Conversation.Event event, @Nullable UUID linkId) {
        jdbc.sql("""
                        insert into conversation_event (organization_id, id, conversation_id, kind, actor, actor_name, detail,
                                                        link_id, at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(CurrentOrganization.id())
                .param(Ids.next())
                .param(id)
                .param(event.kind().wireName())
                .param(event.by() == null ? null : event.by().account())
                .param(event.by() == null ? null : event.by().name())
                .param(event.detail())
                .param(linkId)
                .param(SqlTime.at(event.at()))
                .update();
    }

    /** Since when the first message of a conversation waits that asks for a person; null when none does. */
    @Nullable Instant waiting(UUID contactId, UUID lineId) {
        return jdbc.sql("""
                        select min(least(sent_at, received_at)) as since from inbound_message
                         where organization_id = ? and contact_id = ? and line_id = ? and needs_staff
                        """)
                .params(CurrentOrganization.id(), contactId, lineId)
                .query((row, n) -> Optional.ofNullable(SqlTime.instantOrNull(row, "since")))
                .single()
                .orElse(null);
    }

    private static Conversation row(ResultSet row, int n) throws SQLException {
        return new Conversation(new Conversation.Stored(
                row.getObject("id", UUID.class),
                row.getObject("contact_id", UUID.class),
                row.getObject("line_id", UUID.class),
                ConversationState.of(row.getString("state")),
                ConversationPriority.of(row.getString("priority")),
                SqlTime.instantOrNull(row, "waiting_since"),
                SqlTime.instantOrNull(row, "snoozed_until"),
                row.getString("assignee") instanceof String account
                        ? new Staff(account, row.getString("assignee_name"))
                        : null,
                SqlTime.instant(row, "opened_at"),
                SqlTime.instantOrNull(row, "first_response_at"),
                SqlTime.instantOrNull(row, "resolved_at"),
                SqlTime.instant(row, "last_at"),
                Speaker.of(row.getString("last_by")),
                SqlTime.instantOrNull(row, "last_inbound_at"),
                row.getObject("last_answer_id", UUID.class) instanceof UUID answer
                        ? new Conversation.Answer(
                                answer, row.getString("last_answer_by"), SqlTime.instant(row, "last_answer_at"))
                        : null,
                row.getLong("version")));
    }
}
