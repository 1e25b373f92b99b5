package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.ManualContent;
import app.recado.messaging.MessageState;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.Contacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and continues conversations for a system beside Recado. What a message is about is worked out before it is looked for:
 * row-level security lets no index be asked for an expression.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredBridgedConversations implements BridgedConversations {

    private static final String THREAD = """
            select c.id, c.contact_id, c.line_id, c.state, o.phone,
                   coalesce((select case when count(*) = 1 then min(concat_ws(' ', p.given_name, p.family_name)) end
                               from patient p
                              where p.organization_id = c.organization_id and p.phone = o.phone and p.replaced_by is null),
                            o.name) as name
              from conversation c
              join contact o on o.organization_id = c.organization_id and o.id = c.contact_id
             where c.organization_id = ?
            """;

    private final JdbcClient jdbc;
    private final ConversationStore conversations;
    private final ConversationReplies replies;
    private final ConversationFlow flow;
    private final HandOvers handOvers;
    private final Contacts contacts;
    private final Clock clock;

    StoredBridgedConversations(
            JdbcClient jdbc,
            ConversationStore conversations,
            ConversationReplies replies,
            ConversationFlow flow,
            HandOvers handOvers,
            Contacts contacts,
            Clock clock) {
        this.jdbc = jdbc;
        this.conversations = conversations;
        this.replies = replies;
        this.flow = flow;
        this.handOvers = handOvers;
        this.contacts = contacts;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Optional<Thread> thread(UUID conversationId) {
        return jdbc.sql(THREAD + " and c.id = ?")
                .params(CurrentOrganization.id(), conversationId)
                .query(StoredBridgedConversations::row)
                .optional();
    }

    @Override
    public Optional<Thread> threadOf(UUID contactId, UUID lineId) {
        return jdbc.sql(THREAD + " and c.contact_id = ? and c.line_id = ?")
                .params(CurrentOrganization.id(), contactId, lineId)
                .query(StoredBridgedConversations::row)
                .optional();
    }

    @Override
    public Optional<Thread> threadWith(String phone, UUID lineId) {
        return contacts.byPhone(phone)
                .or(() -> contacts.seen(lineId, ContactIds.phone(phone), null))
                .flatMap(contact -> thread(
                        conversations.lockOrBegin(contact.id(), lineId, now()).id()));
    }

    private static Thread row(ResultSet row, int n) throws SQLException {
        return new Thread(
                row.getObject("id", UUID.class),
                row.getObject("contact_id", UUID.class),
                row.getObject("line_id", UUID.class),
                row.getString("name"),
                row.getString("phone"),
                row.getString("state"));
    }

    @Override
    public Optional<Entry> received(UUID inboundId) {
        return jdbc.sql("""
                        with i as materialized (
                             select inbound_message.*,
                                    coalesce(quoted_provider_message_id, target_provider_message_id) as named
                               from inbound_message
                              where organization_id = ? and id = ? and chat_kind = 'direct')
                        select i.id, c.id as conversation_id, i.from_me, i.kind, i.text, i.media_state, i.media_key,
                               i.media_type, i.media_size, i.media_name, i.location ->> 'latitude' as latitude,
                               i.location ->> 'longitude' as longitude, least(i.sent_at, i.received_at) as at,
                               coalesce(
                                   (select o.id from inbound_message o
                                     where o.organization_id = i.organization_id and o.line_id = i.line_id
                                       and o.contact_id = i.contact_id
                                       and o.provider_message_id = i.named limit 1),
                                   (select m.id from message m
                                     where m.organization_id = i.organization_id and m.line_id = i.line_id
                                       and m.provider_message_id = i.named limit 1)) as quoted
                          from i
                          join conversation c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
                               and c.line_id = i.line_id
                        """)
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        row.getBoolean("from_me"),
                        row.getString("kind"),
                        row.getString("text"),
                        "stored".equals(row.getString("media_state"))
                                ? new File(
                                        row.getString("media_key"),
                                        row.getString("media_type") instanceof String type
                                                ? type
                                                : "application/octet-stream",
                                        row.getLong("media_size"),
                                        row.getString("media_name"))
                                : null,
                        "pending".equals(row.getString("media_state")),
                        row.getString("latitude") instanceof String latitude
                                ? latitude + "," + row.getString("longitude")
                                : null,
                        row.getObject("quoted", UUID.class),
                        null,
                        null,
                        SqlTime.instant(row, "at")))
                .optional();
    }

    @Override
    public Optional<Entry> sent(UUID messageId) {
        return jdbc.sql("""
                        with m as materialized (
                             select message.*, coalesce(content -> 'to' ->> 'id', content -> 'quoting' ->> 'id') as named
                               from message
                              where organization_id = ? and id = ? and kind <> 'verification')
                        select m.id, c.id as conversation_id, m.state,
                               case when m.content ->> 'kind' = 'reaction' then 'reaction' else m.kind end as kind,
                               coalesce(m.text, m.content ->> 'text', m.content ->> 'caption') as words,
                               m.content -> 'media' ->> 'key' as media_key,
                               m.content -> 'media' ->> 'contentType' as media_type,
                               cast(m.content -> 'media' ->> 'size' as bigint) as media_size,
                               m.content ->> 'fileName' as file_name,
                               m.content ->> 'latitude' as latitude, m.content ->> 'longitude' as longitude,
                               coalesce(a.name, x.name) as author, coalesce(m.out_at, m.due_at) as at,
                               coalesce(
                                   (select q.id from inbound_message q
                                     where q.organization_id = m.organization_id and q.line_id = m.line_id and q.contact_id = o.id
                                       and q.provider_message_id = m.named limit 1),
                                   (select q.id from message q
                                     where q.organization_id = m.organization_id and q.line_id = m.line_id
                                       and (q.provider_message_id = m.named or q.engine_message_id = m.named) limit 1)) as quoted
                          from m
                          join contact o on o.organization_id = m.organization_id
                               and (o.id = m.contact_id or m.contact_id is null and o.phone = m.phone)
                          join conversation c on c.organization_id = o.organization_id and c.contact_id = o.id
                               and c.line_id = m.line_id
                          left join inbox_member a on a.organization_id = m.organization_id and a.account = m.created_by
                          left join inbox_outsider x on x.organization_id = m.organization_id and x.account = m.created_by
                        """)
                .params(CurrentOrganization.id(), messageId)
                .query((row, n) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        true,
                        row.getString("kind"),
                        row.getString("words"),
                        row.getString("media_key") instanceof String key
                                ? new File(
                                        key,
                                        row.getString("media_type"),
                                        row.getLong("media_size"),
                                        row.getString("file_name"))
                                : null,
                        false,
                        row.getString("latitude") instanceof String latitude
                                ? latitude + "," + row.getString("longitude")
                                : null,
                        row.getObject("quoted", UUID.class),
                        row.getString("author"),
                        MessageState.of(row.getString("state")),
                        SqlTime.instant(row, "at")))
                .optional();
    }

    @Override
    public Optional<Delivery> delivery(Collection<UUID> messageIds) {
        return jdbc
                .sql("select state, reason from message where organization_id = ? and id = any (cast(? as uuid[]))")
                .param(CurrentOrganization.id())
                .param(messageIds.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> new Delivery(MessageState.of(row.getString("state")), row.getString("reason")))
                .list()
                .stream()
                .min(Comparator.comparing(Delivery::state));
    }

    @Override
    public UUID reply(UUID conversationId, ManualContent content, @Nullable UUID quotedId, Outsider by) {
        return replies.fromOutside(conversationId, content, quotedId, known(by));
    }

    @Override
    public void resolve(UUID conversationId, Outsider by) {
        conversations.lockIfThere(conversationId).ifPresent(one -> {
            var staff = known(by);
            flow.settleAll(one.stored().contactId(), one.stored().lineId(), by.name());
            one.resolve(staff, now());
            handOvers.came(conversationId, by.name());
            conversations.save(one);
        });
    }

    @Override
    public void reopen(UUID conversationId, Outsider by) {
        conversations.lockIfThere(conversationId).ifPresent(one -> {
            one.reopen(known(by), now());
            conversations.save(one);
        });
    }

    /** Their name stands beside what they write; they are given no conversations here. */
    private Staff known(Outsider by) {
        jdbc.sql("""
                        insert into inbox_outsider (organization_id, account, name) values (?, ?, ?)
                        on conflict (organization_id, account) do update set name = excluded.name
                         where inbox_outsider.name <> excluded.name
                        """).params(CurrentOrganization.id(), by.account(), by.name()).update();
        return new Staff(by.account(), by.name());
    }
}
