package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.ContactKnown;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Several contacts turned out to be one person: on each line their conversations are one, with everything in them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class JoinedConversations {

    /** Who ended a link that another one of the same person replaced. */
    private static final String BY_RECADO = "recado";

    private final ConversationStore conversations;
    private final Tickets tickets;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    JoinedConversations(
            ConversationStore conversations, Tickets tickets, JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.conversations = conversations;
        this.tickets = tickets;
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    void nowOf(ContactKnown known) {
        var contact = known.contact().id();
        if (!known.others().isEmpty()) {
            Map<UUID, Conversation> byLine = new HashMap<>();
            conversations
                    .lockAllOf(List.of(contact))
                    .forEach(one -> byLine.put(one.stored().lineId(), one));
            for (var other : conversations.lockAllOf(known.others())) {
                var kept = byLine.get(other.stored().lineId());
                if (kept == null) {
                    adopt(other.id(), contact);
                    byLine.put(other.stored().lineId(), other);
                } else {
                    join(kept, other);
                }
            }
            links(contact, known.others());
        }
        conversations.lockAllOf(List.of(contact)).forEach(one -> hints.changed(LiveHints.Kind.CONVERSATION, one.id()));
    }

    private void adopt(UUID conversation, UUID contact) {
        jdbc.sql("update conversation set contact_id = ?, version = version + 1 where organization_id = ? and id = ?")
                .params(contact, CurrentOrganization.id(), conversation)
                .update();
    }

    private void join(Conversation kept, Conversation other) {
        for (var table : List.of("conversation_note", "conversation_event", "conversation_word")) {
            jdbc.sql("update " + table + " set conversation_id = ? where organization_id = ? and conversation_id = ?")
                    .params(kept.id(), CurrentOrganization.id(), other.id())
                    .update();
        }
        jdbc.sql("""
                        insert into conversation_label (organization_id, conversation_id, name)
                        select organization_id, ?, name from conversation_label
                         where organization_id = ? and conversation_id = ?
                        on conflict do nothing
                        """).params(kept.id(), CurrentOrganization.id(), other.id()).update();
        jdbc.sql("""
                        insert into conversation_read (organization_id, conversation_id, account, read_until, mentioned_at)
                        select organization_id, ?, account, read_until, mentioned_at from conversation_read
                         where organization_id = ? and conversation_id = ?
                        on conflict (organization_id, conversation_id, account) do update
                           set read_until = least(conversation_read.read_until, excluded.read_until),
                               mentioned_at = greatest(conversation_read.mentioned_at, excluded.mentioned_at)
                        """).params(kept.id(), CurrentOrganization.id(), other.id()).update();
        tickets.joined(kept.id(), other.id());
        kept.absorb(other);
        conversations.save(kept);
        jdbc.sql("delete from conversation where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), other.id())
                .update();
        hints.changed(LiveHints.Kind.CONVERSATION, other.id());
    }

    /** A link of the one who stays stands; without one, the newest of the others does. */
    private void links(UUID contact, List<UUID> others) {
        var all = new ArrayList<>(others);
        all.add(contact);
        jdbc.sql("""
                        update contact_link set unlinked_at = ?, unlinked_by = ?, version = version + 1
                         where organization_id = ? and contact_id = any (?) and unlinked_at is null
                           and id <> (select l.id from contact_link l
                                       where l.organization_id = ? and l.contact_id = any (?) and l.unlinked_at is null
                                       order by (l.contact_id = ?) desc, l.linked_at desc, l.id desc limit 1)
                        """)
                .param(SqlTime.at(clock.instant()))
                .param(BY_RECADO)
                .param(CurrentOrganization.id())
                .param(all.toArray(UUID[]::new))
                .param(CurrentOrganization.id())
                .param(all.toArray(UUID[]::new))
                .param(contact)
                .update();
        jdbc.sql("update contact_link set contact_id = ? where organization_id = ? and contact_id = any (?)")
                .params(contact, CurrentOrganization.id(), others.toArray(UUID[]::new))
                .update();
    }
}
