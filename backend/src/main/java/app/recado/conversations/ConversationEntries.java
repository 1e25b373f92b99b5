package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.messaging.MessageState;
import app.recado.whatsapp.Quoted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everything that was said in a conversation, in order: both directions, notes, and what happened to it. Nothing is copied:
 * a page is read from the end of each table's index, so a thread of five thousand messages costs what a short one does, and a
 * receipt that comes late shows where the message stands.
 */
@Repository
@Transactional(readOnly = true)
class ConversationEntries {

    private static final String LIST = "conversation-entries";

    /** A code that proves whose a phone is belongs to whoever asked for it. */
    private static final String SHOWN = "m.kind <> 'verification' and m.lead_id is null";

    private static final String OUT = """
            select m.id, 'outbound' as kind, %s as at from message m
             where m.organization_id = :org and m.line_id = :line and %s and """ + " " + SHOWN;

    private static final String BEFORE = " and (%1$s, %2$s) < (:at, :id) order by %1$s desc, %2$s desc limit :limit";

    /** Occasions of messages that are about no visit. */
    private static final Set<String> ABOUT_NO_VISIT = Set.of("manual", "consent", "hand-over", "flow");

    private static final int MOST_QUOTED = 1000;

    /** What a quote says it is about, by what it was; the rest is words. */
    private static final Map<String, String> QUOTED_KINDS = Map.ofEntries(
            Map.entry("image", "image"),
            Map.entry("video", "video"),
            Map.entry("audio", "audio"),
            Map.entry("voice", "audio"),
            Map.entry("document", "document"),
            Map.entry("sticker", "sticker"),
            Map.entry("location", "location"),
            Map.entry("contact", "contact"));

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final InboundViews inbound;

    ConversationEntries(JdbcClient jdbc, Cursors cursors, InboundViews inbound) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.inbound = inbound;
    }

    private record Place(UUID id, String kind, Instant at) {}

    private record Thread(
            UUID id, UUID contactId, UUID lineId, @Nullable String phone) {}

    /** The newest first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-cursor} */
    public Page<ConversationEntry> list(UUID conversationId, int limit, @Nullable String cursor) {
        var thread = thread(conversationId);
        var list = LIST + "/" + conversationId;
        var after = cursors.open(list, cursor);
        var places = places(
                thread,
                after == null ? Instant.parse("9999-01-01T00:00:00Z") : Instant.parse(after.getFirst()),
                after == null ? new UUID(-1, -1) : UUID.fromString(after.getLast()),
                limit + 1);
        var page = Page.of(
                places,
                limit,
                last -> cursors.seal(list, last.at().toString(), last.id().toString()));
        return new Page<>(entries(thread, page.items()), page.nextCursor());
    }

    /** One entry of a conversation.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    public ConversationEntry outbound(UUID conversationId, UUID messageId, Instant at) {
        return entries(thread(conversationId), List.of(new Place(messageId, ConversationEntry.OUTBOUND, at)))
                .getFirst();
    }

    /** What was said, as the line's engine speaks of it; empty for what is not of this conversation, or never left. */
    public Optional<Quoted> quoted(UUID conversationId, UUID entryId) {
        var thread = thread(conversationId);
        return jdbc.sql("""
                        select i.provider_message_id as id, i.from_me, i.text, i.kind from inbound_message i
                         where i.organization_id = :org and i.id = :entry and i.contact_id = :contact and i.line_id = :line
                           and i.kind not in ('reaction', 'delete', 'call', 'identity-changed') and i.revoked_at is null
                        union all
                        select coalesce(m.engine_message_id, m.provider_message_id), true,
                               coalesce(m.text, m.content ->> 'text', m.content ->> 'caption',
                                        m.content ->> 'fileName', m.content ->> 'name'),
                               coalesce(m.content ->> 'kind', 'text')
                          from message m
                         where m.organization_id = :org and m.id = :entry and m.line_id = :line
                           and m.provider_message_id is not null and m.out_at is not null
                           and (m.phone = :phone or m.contact_id = :contact)
                           and coalesce(m.content ->> 'kind', 'text') <> 'reaction' and m.kind <> 'verification'
                        """)
                .param("org", CurrentOrganization.id())
                .param("entry", entryId)
                .param("contact", thread.contactId())
                .param("line", thread.lineId())
                .param("phone", thread.phone())
                .query((row, n) -> new Quoted(
                        row.getString("id"),
                        row.getBoolean("from_me"),
                        cut(row.getString("text")),
                        QUOTED_KINDS.get(row.getString("kind"))))
                .optional();
    }

    /** Phones show the beginning. */
    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= MOST_QUOTED) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(MOST_QUOTED - 1)) ? MOST_QUOTED - 1 : MOST_QUOTED);
    }

    private Thread thread(UUID id) {
        return jdbc.sql("""
                        select c.id, c.contact_id, c.line_id, o.phone
                          from conversation c
                          join contact o on o.organization_id = c.organization_id and o.id = c.contact_id
                         where c.organization_id = ? and c.id = ?
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Thread(
                        row.getObject("id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("phone")))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such conversation"));
    }

    private List<Place> places(Thread thread, Instant at, UUID id, int limit) {
        var branches = List.of(
                """
                select i.id, 'inbound' as kind, i.sent_at as at from inbound_message i
                 where i.organization_id = :org and i.contact_id = :contact and i.line_id = :line
                """ + before("i.sent_at", "i.id"),
                // What reached the number, or may have: in the order in which it left.
                out("m.out_at", "m.phone = :phone and m.out_at is not null"),
                // What never left, and what is for somebody whose number nobody knows: few.
                out("m.due_at", "m.phone = :phone and m.out_at is null"),
                out("coalesce(m.out_at, m.due_at)", "m.contact_id = :contact and m.phone is null"),
                // What staff wrote to a patient at this number and is still waiting to leave.
                out(
                        "m.due_at",
                        "m.kind = 'manual' and m.phone is null and m.patient_id in ("
                                + "select p.id from patient p where p.organization_id = :org and p.phone = :phone)"),
                """
                select n.id, 'note' as kind, n.created_at as at from conversation_note n
                 where n.organization_id = :org and n.conversation_id = :conversation
                """ + before("n.created_at", "n.id"),
                """
                select e.id, 'event' as kind, e.at from conversation_event e
                 where e.organization_id = :org and e.conversation_id = :conversation
                """ + before("e.at", "e.id"));
        var sql = branches.stream().collect(Collectors.joining(") union all (", "select * from ((", ")) entry"))
                + " order by at desc, id desc limit :limit";
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("conversation", thread.id())
                .param("contact", thread.contactId())
                .param("line", thread.lineId())
                .param("phone", thread.phone())
                .param("at", SqlTime.at(at))
                .param("id", id)
                .param("limit", limit)
                .query((row, n) ->
                        new Place(row.getObject("id", UUID.class), row.getString("kind"), SqlTime.instant(row, "at")))
                .list();
    }

    private static String out(String time, String condition) {
        return OUT.formatted(time, condition) + before(time, "m.id");
    }

    private static String before(String time, String id) {
        return BEFORE.formatted(time, id);
    }

    private List<ConversationEntry> entries(Thread thread, List<Place> places) {
        var written = inbound.all(idsOf(places, ConversationEntry.INBOUND));
        var sent = sent(idsOf(places, ConversationEntry.OUTBOUND));
        var notes = notes(idsOf(places, ConversationEntry.NOTE));
        var events = events(idsOf(places, ConversationEntry.EVENT));
        var referred = referred(thread, idsOf(places, ConversationEntry.INBOUND));
        referred.putAll(referredBySent(thread, idsOf(places, ConversationEntry.OUTBOUND)));
        return places.stream()
                .map(place -> new ConversationEntry(
                        place.id(),
                        place.kind(),
                        place.at(),
                        referred.getOrDefault(place.id(), Referred.NONE).quoted(),
                        referred.getOrDefault(place.id(), Referred.NONE).target(),
                        written.get(place.id()),
                        sent.get(place.id()),
                        notes.get(place.id()),
                        events.get(place.id())))
                .toList();
    }

    private static UUID[] idsOf(List<Place> places, String kind) {
        return places.stream()
                .filter(place -> place.kind().equals(kind))
                .map(Place::id)
                .toArray(UUID[]::new);
    }

    private record Referred(@Nullable UUID quoted, @Nullable UUID target) {
        static final Referred NONE = new Referred(null, null);
    }

    /** What quotes and reactions are about, in either direction, by what the network calls it. */
    private Map<UUID, Referred> referred(Thread thread, UUID[] ids) {
        var found = new HashMap<UUID, Referred>();
        jdbc.sql("""
                        select i.id, coalesce(qi.id, qm.id) as quoted, coalesce(ti.id, tm.id) as target
                          from inbound_message i
                          left join lateral (select o.id from inbound_message o
                                where o.organization_id = i.organization_id and o.line_id = i.line_id
                                  and o.provider_message_id = i.quoted_provider_message_id and o.contact_id = i.contact_id
                                limit 1) qi on true
                          left join lateral (select m.id from message m
                                where m.organization_id = i.organization_id and m.provider_message_id = i.quoted_provider_message_id
                                  and m.line_id = i.line_id limit 1) qm on true
                          left join lateral (select o.id from inbound_message o
                                where o.organization_id = i.organization_id and o.line_id = i.line_id
                                  and o.provider_message_id = i.target_provider_message_id and o.contact_id = i.contact_id
                                limit 1) ti on true
                          left join lateral (select m.id from message m
                                where m.organization_id = i.organization_id and m.provider_message_id = i.target_provider_message_id
                                  and m.line_id = i.line_id limit 1) tm on true
                         where i.organization_id = ? and i.id = any (?) and i.line_id = ?
                           and (i.quoted_provider_message_id is not null or i.target_provider_message_id is not null)
                        """).params(CurrentOrganization.id(), ids, thread.lineId()).query((ResultSet row) -> {
            found.put(
                    row.getObject("id", UUID.class),
                    new Referred(row.getObject("quoted", UUID.class), row.getObject("target", UUID.class)));
        });
        return found;
    }

    /**
     * The same of what the clinic sent: few of a page quote or react. Their names are read first, because row-level security
     * lets no index be asked for what is still being taken out of JSON.
     */
    private Map<UUID, Referred> referredBySent(Thread thread, UUID[] ids) {
        var found = new HashMap<UUID, Referred>();
        jdbc.sql("""
                        with s as materialized (
                             select m.id, m.organization_id, m.content ->> 'kind' = 'reaction' as reacts,
                                    coalesce(m.content -> 'to' ->> 'id', m.content -> 'quoting' ->> 'id') as named
                               from message m
                              where m.organization_id = ? and m.id = any (?)
                                and (m.content ->> 'kind' = 'reaction' or m.content -> 'quoting' ->> 'id' is not null))
                        select s.id, s.reacts, coalesce(oi.id, om.id) as about
                          from s
                          left join lateral (select o.id from inbound_message o
                                where o.organization_id = s.organization_id and o.line_id = ? and o.contact_id = ?
                                  and o.provider_message_id = s.named limit 1) oi on true
                          left join lateral (select m.id from message m
                                where m.organization_id = s.organization_id and m.line_id = ?
                                  and (m.provider_message_id = s.named or m.engine_message_id = s.named) limit 1) om on true
                        """)
                .params(CurrentOrganization.id(), ids, thread.lineId(), thread.contactId(), thread.lineId())
                .query((ResultSet row) -> {
                    var about = row.getObject("about", UUID.class);
                    found.put(
                            row.getObject("id", UUID.class),
                            row.getBoolean("reacts") ? new Referred(null, about) : new Referred(about, null));
                });
        return found;
    }

    private Map<UUID, ConversationEntry.Outbound> sent(UUID[] ids) {
        return byId("""
                select m.id, m.kind, m.subject_id, m.state, m.reason, m.version, m.content ->> 'fileName' as file_name,
                       coalesce(m.text, m.content ->> 'text', m.content ->> 'caption') as words,
                       m.content -> 'media' ->> 'contentType' as file_type, (m.content -> 'media' ->> 'size')::bigint as file_size,
                       (m.content ->> 'seconds')::integer as seconds,
                       case when m.kind in ('manual', 'consent', 'hand-over') then m.content ->> 'kind' end as content_kind,
                       coalesce(a.name, x.name) as author
                  from message m
                  left join inbox_member a on a.organization_id = m.organization_id and a.account = m.created_by
                  left join inbox_outsider x on x.organization_id = m.organization_id and x.account = m.created_by
                 where m.organization_id = ? and m.id = any (?)
                """, ids, ConversationEntries::outbound);
    }

    private static ConversationEntry.Outbound outbound(ResultSet row) throws SQLException {
        var occasion = row.getString("kind");
        boolean ofVisit = !ABOUT_NO_VISIT.contains(occasion);
        return new ConversationEntry.Outbound(
                occasion,
                ofVisit ? row.getObject("subject_id", UUID.class) : null,
                row.getString("words"),
                row.getString("content_kind") instanceof String kind ? kind : "text",
                row.getString("file_name"),
                row.getString("file_type") instanceof String type
                        ? new ConversationEntry.SentFile(
                                type, row.getLong("file_size"), row.getObject("seconds", Integer.class))
                        : null,
                MessageState.of(row.getString("state")),
                row.getString("reason"),
                row.getString("author"),
                row.getLong("version"));
    }

    private Map<UUID, ConversationEntry.Note> notes(UUID[] ids) {
        return byId(
                "select id, text, author_name, mentions from conversation_note where organization_id = ? and id = any (?)",
                ids,
                row -> new ConversationEntry.Note(
                        row.getString("text"), row.getString("author_name"), Arrays.asList((String[])
                                row.getArray("mentions").getArray())));
    }

    private Map<UUID, ConversationEntry.EventOfConversation> events(UUID[] ids) {
        return byId(
                """
                select e.id, e.kind, e.actor_name, coalesce(e.detail, concat_ws(' ', p.given_name, p.family_name)) as detail
                  from conversation_event e
                  left join contact_link l on l.organization_id = e.organization_id and l.id = e.link_id
                  left join patient p on p.organization_id = l.organization_id and p.id = l.patient_id
                 where e.organization_id = ? and e.id = any (?)
                """,
                ids,
                row -> new ConversationEntry.EventOfConversation(
                        row.getString("kind"),
                        row.getString("actor_name"),
                        row.getString("detail") instanceof String detail && !detail.isEmpty() ? detail : null));
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Map<UUID, T> byId(String sql, UUID[] ids, Reader<T> reader) {
        var found = new HashMap<UUID, T>();
        if (ids.length > 0) {
            jdbc.sql(sql).params(CurrentOrganization.id(), ids).query((ResultSet row) -> {
                found.put(row.getObject("id", UUID.class), reader.read(row));
            });
        }
        return found;
    }
}
