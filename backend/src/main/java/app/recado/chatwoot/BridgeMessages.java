package app.recado.chatwoot;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Conversations and messages that both sides know: which is which, and what of agents' is not sent yet. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class BridgeMessages {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    BridgeMessages(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A conversation of both sides.
     *
     * @param remoteContact 0 while it is not known
     * @param remoteConversation 0 while there is none
     * @param status the one it has there, as far as it was told or heard; null when it was not
     */
    record Thread(
            UUID bridgeId,
            UUID conversationId,
            long remoteContact,
            long remoteConversation,
            @Nullable String status) {}

    Optional<Thread> thread(UUID bridgeId, UUID conversationId) {
        return jdbc.sql("""
                        select * from chatwoot_thread where organization_id = ? and bridge_id = ? and conversation_id = ?
                        """)
                .params(CurrentOrganization.id(), bridgeId, conversationId)
                .query(BridgeMessages::row)
                .optional();
    }

    Optional<Thread> remote(UUID bridgeId, long remoteConversation) {
        return jdbc.sql("""
                        select * from chatwoot_thread
                         where organization_id = ? and bridge_id = ? and remote_conversation = ? limit 1
                        """)
                .params(CurrentOrganization.id(), bridgeId, remoteConversation)
                .query(BridgeMessages::row)
                .optional();
    }

    /** What became known of one. 0 and null leave what is known. */
    void know(Thread thread) {
        jdbc.sql("""
                        insert into chatwoot_thread (organization_id, bridge_id, conversation_id, remote_contact,
                                                     remote_conversation, status)
                        values (?, ?, ?, nullif(?, 0), nullif(?, 0), ?)
                        on conflict (organization_id, bridge_id, conversation_id) do update
                           set remote_contact = coalesce(excluded.remote_contact, chatwoot_thread.remote_contact),
                               remote_conversation =
                                   coalesce(excluded.remote_conversation, chatwoot_thread.remote_conversation),
                               status = coalesce(excluded.status, chatwoot_thread.status)
                        """)
                .param(CurrentOrganization.id())
                .param(thread.bridgeId())
                .param(thread.conversationId())
                .param(thread.remoteContact())
                .param(thread.remoteConversation())
                .param(thread.status())
                .update();
    }

    /** It is not there any more. */
    void forget(Thread thread) {
        jdbc.sql("""
                        update chatwoot_thread set remote_contact = null, remote_conversation = null, status = null
                         where organization_id = ? and bridge_id = ? and conversation_id = ?
                        """)
                .params(CurrentOrganization.id(), thread.bridgeId(), thread.conversationId())
                .update();
    }

    private static Thread row(ResultSet row, int n) throws SQLException {
        return new Thread(
                row.getObject("bridge_id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                row.getLong("remote_contact"),
                row.getLong("remote_conversation"),
                row.getString("status"));
    }

    /** Something of ours stands there now. */
    void told(UUID bridgeId, UUID messageId, UUID conversationId, long remoteId, long remoteConversation) {
        var id = Ids.next();
        int news = jdbc.sql("""
                        insert into chatwoot_message (organization_id, id, bridge_id, remote_id, remote_conversation,
                                                      conversation_id, origin, state, at)
                        values (?, ?, ?, ?, ?, ?, 'recado', 'taken', ?)
                        on conflict (organization_id, bridge_id, remote_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        bridgeId,
                        remoteId,
                        remoteConversation,
                        conversationId,
                        SqlTime.at(clock.instant()))
                .update();
        if (news > 0) {
            part(messageId, id);
        }
    }

    private void part(UUID messageId, UUID of) {
        jdbc.sql("""
                        insert into chatwoot_part (organization_id, message_id, of_id) values (?, ?, ?)
                        on conflict (organization_id, message_id) do nothing
                        """).params(CurrentOrganization.id(), messageId, of).update();
    }

    /** An agent wrote something. @return its id; empty when that is known, or comes from us */
    Optional<UUID> arrived(UUID bridgeId, UUID conversationId, ChatwootEvent.AgentWrote wrote) {
        return arrived(bridgeId, conversationId, wrote, "pending", null);
    }

    /** The same for what cannot be sent. @param cause a code */
    Optional<UUID> refused(UUID bridgeId, ChatwootEvent.AgentWrote wrote, String cause) {
        return arrived(bridgeId, null, wrote, "refused", cause);
    }

    private Optional<UUID> arrived(
            UUID bridgeId,
            @Nullable UUID conversationId,
            ChatwootEvent.AgentWrote wrote,
            String state,
            @Nullable String cause) {
        boolean pending = cause == null;
        return jdbc.sql("""
                        insert into chatwoot_message (organization_id, id, bridge_id, remote_id, remote_conversation,
                                                      conversation_id, origin, state, cause, agent, agent_name, text, files,
                                                      answers, at)
                        values (?, ?, ?, ?, ?, ?, 'chatwoot', ?, ?, ?, ?, ?, cast(? as jsonb), nullif(?, 0), ?)
                        on conflict (organization_id, bridge_id, remote_id) do nothing
                        returning id
                        """)
                .param(CurrentOrganization.id())
                .param(Ids.next())
                .param(bridgeId)
                .param(wrote.messageId())
                .param(wrote.conversation())
                .param(conversationId)
                .param(state)
                .param(cause)
                .param(wrote.agent())
                .param(wrote.agentName())
                .param(pending ? wrote.text() : null)
                .param(pending && !wrote.files().isEmpty() ? json.writeValueAsString(wrote.files()) : null)
                .param(wrote.answers())
                .param(SqlTime.at(clock.instant()))
                .query(UUID.class)
                .optional();
    }

    /** Deleted before it left: it is not sent. */
    void deleted(UUID bridgeId, long remoteId) {
        jdbc.sql("""
                        update chatwoot_message set state = 'refused', cause = 'deleted', text = null, files = null
                         where organization_id = ? and bridge_id = ? and remote_id = ? and state = 'pending'
                        """).params(CurrentOrganization.id(), bridgeId, remoteId).update();
    }

    /**
     * What an agent wrote and is not sent yet.
     *
     * @param agent their account here
     * @param quotedId the entry here that it answers; null for none
     */
    record Arrived(
            UUID id,
            UUID bridgeId,
            UUID conversationId,
            String agent,
            String agentName,
            @Nullable String text,
            List<ChatwootEvent.File> files,
            @Nullable UUID quotedId) {
        @Override
        public String toString() {
            return "Arrived[id=" + id + "]";
        }
    }

    /** The first of a conversation, so that they leave in their order. */
    Optional<Arrived> firstArrived(UUID conversationId) {
        return jdbc.sql("""
                        select m.id, m.bridge_id, m.conversation_id, m.agent,
                               coalesce(m.agent_name, 'Chatwoot') as agent_name, m.text, coalesce(m.files, '[]') as files,
                               (select p.message_id from chatwoot_message o
                                  join chatwoot_part p on p.organization_id = o.organization_id and p.of_id = o.id
                                 where o.organization_id = m.organization_id and o.bridge_id = m.bridge_id
                                   and o.remote_id = m.answers order by p.message_id limit 1) as quoted
                          from chatwoot_message m
                         where m.organization_id = ? and m.conversation_id = ? and m.state = 'pending'
                         order by m.number limit 1
                        """)
                .params(CurrentOrganization.id(), conversationId)
                .query((row, n) -> new Arrived(
                        row.getObject("id", UUID.class),
                        row.getObject("bridge_id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        row.getString("agent"),
                        row.getString("agent_name"),
                        row.getString("text"),
                        files(row.getString("files")),
                        row.getObject("quoted", UUID.class)))
                .optional();
    }

    private List<ChatwootEvent.File> files(String stored) {
        return json.readTree(stored)
                .valueStream()
                .map(one -> new ChatwootEvent.File(
                        one.path("kind").asString("file"), one.path("url").asString("")))
                .toList();
    }

    /** It is on its way, as these messages. @return false when somebody else was faster, or it was deleted: send nothing */
    boolean taken(Arrived arrived) {
        return settle(arrived, "taken", null);
    }

    void isSentAs(Arrived arrived, UUID messageId) {
        part(messageId, arrived.id());
    }

    /** It cannot be sent. @param cause a code */
    boolean refused(Arrived arrived, String cause) {
        return settle(arrived, "refused", cause);
    }

    private boolean settle(Arrived arrived, String state, @Nullable String cause) {
        return jdbc.sql("""
                        update chatwoot_message set state = ?, cause = ?, text = null, files = null
                         where organization_id = ? and id = ? and state = 'pending'
                        """)
                        .param(state)
                        .param(cause)
                        .param(CurrentOrganization.id())
                        .param(arrived.id())
                        .update()
                == 1;
    }

    /**
     * A message of both sides.
     *
     * @param conversationId null when it belongs to none here
     * @param cause why it was refused; null when it was not
     * @param told the state that was told last; null for none
     * @param parts what it is here
     */
    record Known(
            UUID id,
            UUID bridgeId,
            long remoteId,
            long remoteConversation,
            @Nullable UUID conversationId,
            @Nullable String cause,
            @Nullable String told,
            List<UUID> parts) {}

    /** The one that a message of ours is a part of. */
    Optional<Known> ofPart(UUID messageId) {
        return jdbc.sql("select of_id from chatwoot_part where organization_id = ? and message_id = ?")
                .params(CurrentOrganization.id(), messageId)
                .query(UUID.class)
                .optional()
                .flatMap(this::known);
    }

    Optional<Known> known(UUID id) {
        return jdbc.sql("""
                        select m.*, array(select p.message_id from chatwoot_part p
                                           where p.organization_id = m.organization_id and p.of_id = m.id) as parts
                          from chatwoot_message m where m.organization_id = ? and m.id = ?
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Known(
                        row.getObject("id", UUID.class),
                        row.getObject("bridge_id", UUID.class),
                        row.getLong("remote_id"),
                        row.getLong("remote_conversation"),
                        row.getObject("conversation_id", UUID.class),
                        row.getString("cause"),
                        row.getString("told"),
                        List.of((UUID[]) row.getArray("parts").getArray())))
                .optional();
    }

    void toldDelivery(UUID id, String status) {
        jdbc.sql("update chatwoot_message set told = ? where organization_id = ? and id = ?")
                .params(status, CurrentOrganization.id(), id)
                .update();
    }
}
