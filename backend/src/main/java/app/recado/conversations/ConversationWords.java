package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SearchText;
import app.recado.kernel.SqlTime;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the words of what people said, one row each, for {@link ConversationSearch}; see ADR 61. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ConversationWords {

    /** Of one entry. Whoever writes more is found by its beginning. */
    private static final int MOST = 400;

    /** Longer ones are cut, here and in a search. */
    static final int LONGEST = 40;

    private final JdbcClient jdbc;

    ConversationWords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the words of an entry in place of those it had. @param text null for none */
    void of(UUID entryId, UUID conversationId, Instant at, @Nullable String text) {
        jdbc.sql("delete from conversation_word where organization_id = ? and entry_id = ?")
                .params(CurrentOrganization.id(), entryId)
                .update();
        if (text == null || text.isBlank()) {
            return;
        }
        var words = SearchText.words(text).stream()
                .limit(MOST)
                .map(ConversationWords::cut)
                .distinct()
                .toArray(String[]::new);
        jdbc.sql("""
                        insert into conversation_word (organization_id, word, at, entry_id, conversation_id)
                        select ?, word, ?, ?, ? from unnest(?) as word
                        """)
                .param(CurrentOrganization.id())
                .param(SqlTime.at(at))
                .param(entryId)
                .param(conversationId)
                .param(words)
                .update();
    }

    static String cut(String word) {
        return word.length() > LONGEST ? word.substring(0, LONGEST) : word;
    }
}
