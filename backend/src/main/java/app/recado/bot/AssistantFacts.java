package app.recado.bot;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SearchText;
import app.recado.kernel.SqlTime;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic's people wrote down for the assistant to tell: prices, addresses, preparation, answers to what is often asked. */
@Service
@Transactional
class AssistantFacts {

    /** More than this is a web site, not what patients ask. */
    static final int MOST = 300;

    /** So many fit into what a model reads without making it expensive. */
    private static final int GIVEN = 8;

    /** A word's end is where languages inflect. */
    private static final int SHORTEST_BEGINNING = 5;

    private final JdbcClient jdbc;
    private final Clock clock;

    AssistantFacts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Something that the assistant may tell.
     *
     * @param title what it is about
     * @param text what it tells
     * @param updatedAt when it was written last
     * @param updatedBy who wrote it last
     */
    @Schema(name = "AssistantFact")
    record Fact(
            UUID id,
            @Schema(example = "Precio de la consulta") String title,

            @Schema(example = "La consulta particular cuesta $ 30.000.")
            String text,

            Instant updatedAt,
            @Schema(example = "andrea") String updatedBy,
            long version)
            implements Versioned {}

    /** By title. */
    @Transactional(readOnly = true)
    public List<Fact> list() {
        return jdbc.sql("""
                        select id, title, text, updated_at, updated_by, version from assistant_fact
                         where organization_id = ? order by title, id
                        """)
                .param(CurrentOrganization.id())
                .query(AssistantFacts::fact)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Fact get(UUID id) {
        return find(id, "");
    }

    /**
     * What fits a message best; everything where there is little.
     *
     * @param words what the patient wrote
     */
    @Transactional(readOnly = true)
    public List<Fact> fitting(String words) {
        var query = SearchText.words(words).stream()
                .filter(word -> word.length() > 2)
                .limit(30)
                .map(word -> word.length() > SHORTEST_BEGINNING ? word.substring(0, word.length() - 1) : word)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" | "));
        return jdbc.sql("""
                        select id, title, text, updated_at, updated_by, version from assistant_fact
                         where organization_id = ?
                         order by ts_rank(search, to_tsquery('simple', ?)) desc, title, id limit ?
                        """)
                .params(CurrentOrganization.id(), query, GIVEN)
                .query(AssistantFacts::fact)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for one too many */
    public Fact add(String title, String text) {
        if (list().size() >= MOST) {
            throw Problem.INVALID_FIELDS.at(
                    "/title", "out-of-range", "A clinic has at most %d facts: take one away".formatted(MOST));
        }
        var id = Ids.next();
        jdbc.sql("""
                        insert into assistant_fact (organization_id, id, title, text, words, updated_at, updated_by)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        title,
                        text,
                        SearchText.normalise(title + " " + text),
                        SqlTime.at(clock.instant()),
                        Caller.current().subject())
                .update();
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public Fact change(UUID id, ExpectedVersion expected, String title, String text) {
        expected.mustBe(find(id, " for update").version());
        jdbc.sql("""
                        update assistant_fact set title = ?, text = ?, words = ?, updated_at = ?, updated_by = ?, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(
                        title,
                        text,
                        SearchText.normalise(title + " " + text),
                        SqlTime.at(clock.instant()),
                        Caller.current().subject(),
                        CurrentOrganization.id(),
                        id)
                .update();
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public void remove(UUID id, ExpectedVersion expected) {
        expected.mustBe(find(id, " for update").version());
        jdbc.sql("delete from assistant_fact where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
    }

    private Fact find(UUID id, String locking) {
        return jdbc.sql("""
                        select id, title, text, updated_at, updated_by, version from assistant_fact
                         where organization_id = ? and id = ?
                        """ + locking)
                .params(CurrentOrganization.id(), id)
                .query(AssistantFacts::fact)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such fact in this clinic"));
    }

    private static Fact fact(ResultSet row, int number) throws SQLException {
        return new Fact(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getString("text"),
                SqlTime.instant(row, "updated_at"),
                row.getString("updated_by"),
                row.getLong("version"));
    }
}
