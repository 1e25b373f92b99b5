package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SearchText;
import app.recado.kernel.SqlTime;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what people said by its words, newest first: all of them in one message, the last one by its beginning. It walks the
 * rarest word's part of one index and looks the others up, so it costs the same however much was ever said. See ADR 61.
 */
@Repository
@Transactional(readOnly = true)
class ConversationSearch {

    /** Comes after every word that begins like another: the index compares bytes. */
    private static final String GREATEST = Character.toString(Character.MAX_CODE_POINT);

    /** Words that begin alike, of which a search knows; whoever types on gets to the others. */
    private static final int SPELLINGS = 24;

    /** Beyond this a word is common, and it does not matter how common. */
    private static final int COMMON = 500;

    /** How many entries of a word are looked at for the others. */
    private static final int DEPTH = 5_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ConversationSearch(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Something that was said.
     *
     * @param conversationId where
     * @param entryId the entry in it
     * @param contact who the other side is
     * @param patients whom of the register that is, as in conversations
     * @param by who said it
     * @param text all its words
     */
    @Schema(name = "FoundInConversation")
    record Found(
            UUID conversationId,
            UUID entryId,
            Instant at,
            ConversationView.ContactRef contact,
            List<ConversationView.PatientRef> patients,
            Speaker by,
            String text) {
        @Override
        public String toString() {
            return "Found[entryId=" + entryId + "]";
        }
    }

    record Candidate(UUID entryId, UUID conversationId, Instant at) {}

    /** @param text words; none find nothing */
    public List<Found> find(String text, int limit) {
        return shown(where(text, limit));
    }

    /** Where and when it was said, the newest first. @param text words; none find nothing */
    public List<Candidate> where(String text, int limit) {
        var words = SearchText.words(text).stream().map(ConversationWords::cut).toList();
        if (words.isEmpty()) {
            return List.of();
        }
        var whole = words.subList(0, words.size() - 1);
        var beginning = words.getLast();
        var spellings = spellings(beginning);
        if (spellings.isEmpty()) {
            return List.of();
        }
        var driver =
                whole.stream().min(Comparator.comparingInt(this::howCommon)).orElse(null);
        return candidates(driver, whole, spellings, limit);
    }

    /**
     * The words that begin so, by skipping along the index from one to the next. An end that the index knows: asked by
     * {@code ^@} alone, it would read all words behind the last one.
     */
    private List<String> spellings(String beginning) {
        return jdbc.sql("""
                        with recursive spelling as (
                            (select w.word from conversation_word w
                              where w.organization_id = :org and w.word >= :from and w.word < :end order by w.word limit 1)
                            union all
                            select (select w.word from conversation_word w
                                     where w.organization_id = :org and w.word > s.word and w.word < :end
                                     order by w.word limit 1)
                              from spelling s where s.word is not null)
                        select word from spelling where word is not null limit %d
                        """.formatted(SPELLINGS))
                .param("org", CurrentOrganization.id())
                .param("from", beginning)
                .param("end", beginning + GREATEST)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private int howCommon(String word) {
        return jdbc.sql("""
                        select count(*) from (
                            select from conversation_word where organization_id = ? and word = ? limit %d) some
                        """.formatted(COMMON))
                .params(CurrentOrganization.id(), word)
                .query(Integer.class)
                .single();
    }

    private List<Candidate> candidates(@Nullable String driver, List<String> whole, List<String> spellings, int limit) {
        var params = new HashMap<String, Object>();
        params.put("org", CurrentOrganization.id());
        params.put("spellings", spellings.toArray(String[]::new));
        params.put("limit", limit);
        String sql;
        if (driver == null) {
            sql = """
                    select w.entry_id, w.conversation_id, w.at
                      from unnest(:spellings) spelling
                     cross join lateral (
                           select entry_id, conversation_id, at from conversation_word
                            where organization_id = :org and word = spelling collate "C"
                            order by at desc limit :limit) w
                    """;
        } else {
            params.put("driver", driver);
            params.put("others", whole.toArray(String[]::new));
            params.put("count", (long) whole.size());
            sql = """
                    select w.entry_id, w.conversation_id, w.at
                      from (select entry_id, conversation_id, at from conversation_word
                             where organization_id = :org and word = :driver order by at desc limit %d) w
                     where (select count(*) from conversation_word o
                             where o.organization_id = :org and o.entry_id = w.entry_id and o.word = any (:others)) = :count
                       and exists (select from conversation_word o
                                    where o.organization_id = :org and o.entry_id = w.entry_id and o.word = any (:spellings))
                    """.formatted(DEPTH);
        }
        return jdbc.sql("select distinct * from (" + sql + ") found order by at desc, entry_id desc limit :limit")
                .params(params)
                .query((row, n) -> new Candidate(
                        row.getObject("entry_id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        SqlTime.instant(row, "at")))
                .list();
    }

    /** What is still kept of them, with whom it is with. */
    private List<Found> shown(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select said.*, c.id as conversation_id, contact.id as contact_id, contact.name, contact.phone,
                               (%s) as people
                          from (select i.id, i.sent_at as at, i.text,
                                       case when i.from_me then 'clinic' else 'patient' end as said_by
                                  from inbound_message i where i.organization_id = :org and i.id = any (:ids)
                                union all
                                select m.id, coalesce(m.out_at, m.due_at),
                                       coalesce(m.text, m.content ->> 'text', m.content ->> 'caption'), 'clinic'
                                  from message m where m.organization_id = :org and m.id = any (:ids)
                                union all
                                select n.id, n.created_at, n.text, 'clinic'
                                  from conversation_note n where n.organization_id = :org and n.id = any (:ids)) said
                          join lateral (select distinct w.conversation_id from conversation_word w
                                         where w.organization_id = :org and w.entry_id = said.id) w on true
                          join conversation c on c.organization_id = :org and c.id = w.conversation_id
                          join contact on contact.organization_id = :org and contact.id = c.contact_id
                          left join contact_link link on link.organization_id = :org and link.contact_id = c.contact_id
                                                     and link.unlinked_at is null
                         where said.text is not null
                         order by said.at desc, said.id desc
                        """.formatted(ConversationViews.PEOPLE))
                .param("org", CurrentOrganization.id())
                .param("ids", candidates.stream().map(Candidate::entryId).toArray(UUID[]::new))
                .query((row, n) -> new Found(
                        row.getObject("conversation_id", UUID.class),
                        row.getObject("id", UUID.class),
                        SqlTime.instant(row, "at"),
                        new ConversationView.ContactRef(
                                row.getObject("contact_id", UUID.class), row.getString("name"), row.getString("phone")),
                        List.of(json.readValue(row.getString("people"), ConversationView.PatientRef[].class)),
                        Speaker.of(row.getString("said_by")),
                        row.getString("text")))
                .list();
    }
}
