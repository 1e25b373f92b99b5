package app.recado.bot;

import app.recado.bot.assistant.AssistantWords;
import app.recado.bot.flow.FlowLanguage;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SearchText;
import app.recado.kernel.SqlTime;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String COLUMNS = "id, title, text, es, en, pt, updated_at, updated_by, version";

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    AssistantFacts(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * The same in the languages of patients.
     *
     * @param es Spanish; empty while nobody wrote it
     * @param en English; likewise
     * @param pt Brazilian Portuguese; likewise
     */
    @Schema(name = "AssistantFactTexts")
    record FactTexts(
            @Schema(example = "La consulta particular cuesta $ 30.000.") @NotNull @Size(max = 1500) String es,

            @Schema(example = "A private visit costs $ 30,000.") @NotNull @Size(max = 1500) String en,

            @Schema(example = "A consulta particular custa $ 30.000.") @NotNull @Size(max = 1500) String pt) {

        /** Of one language alone. */
        static FactTexts of(FlowLanguage language, String text) {
            return new FactTexts(
                    language == FlowLanguage.ES ? text : "",
                    language == FlowLanguage.EN ? text : "",
                    language == FlowLanguage.PT_BR ? text : "");
        }

        /** In that language, or in one that somebody wrote; empty for nothing. */
        String in(FlowLanguage language) {
            var own = switch (language) {
                case ES -> es;
                case EN -> en;
                case PT_BR -> pt;
            };
            return Stream.of(own, es, en, pt)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        String all() {
            return String.join(" ", es, en, pt);
        }
    }

    /**
     * Something that the assistant may tell.
     *
     * @param title what it is about
     * @param texts what it tells
     * @param updatedAt when it was written last
     * @param updatedBy who wrote it last
     */
    @Schema(name = "AssistantFact")
    record Fact(
            UUID id,
            @Schema(example = "Precio de la consulta") String title,
            FactTexts texts,
            Instant updatedAt,
            @Schema(example = "andrea") String updatedBy,
            long version)
            implements Versioned {}

    /** By title. */
    @Transactional(readOnly = true)
    public List<Fact> list() {
        return jdbc.sql("""
                        select %s from assistant_fact where organization_id = ? order by title, id
                        """.formatted(COLUMNS))
                .param(CurrentOrganization.id())
                .query(this::fact)
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
                        select %s from assistant_fact
                         where organization_id = ?
                         order by ts_rank(search, to_tsquery('simple', ?)) desc, title, id limit ?
                        """.formatted(COLUMNS))
                .params(CurrentOrganization.id(), query, GIVEN)
                .query(this::fact)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for one too many */
    public Fact add(String title, FactTexts texts) {
        mustTell(texts);
        if (list().size() >= MOST) {
            throw Problem.INVALID_FIELDS.at(
                    "/title", "out-of-range", "A clinic has at most %d facts: take one away".formatted(MOST));
        }
        var id = Ids.next();
        jdbc.sql("""
                        insert into assistant_fact (organization_id, id, title, text, es, en, pt, words, updated_at, updated_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        title,
                        texts.in(FlowLanguage.ES),
                        texts.es(),
                        texts.en(),
                        texts.pt(),
                        SearchText.normalise(title + " " + texts.all()),
                        SqlTime.at(clock.instant()),
                        Caller.current().subject())
                .update();
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public Fact change(UUID id, ExpectedVersion expected, String title, FactTexts texts) {
        mustTell(texts);
        expected.mustBe(find(id, " for update").version());
        write(id, title, texts);
        return get(id);
    }

    private static void mustTell(FactTexts texts) {
        if (texts.in(FlowLanguage.ES).isEmpty()) {
            throw Problem.INVALID_FIELDS.at("/texts", "required", "Write it in one language at least");
        }
    }

    private void write(UUID id, String title, FactTexts texts) {
        jdbc.sql("""
                        update assistant_fact
                           set title = ?, text = ?, es = ?, en = ?, pt = ?, words = ?, updated_at = ?, updated_by = ?,
                               version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(
                        title,
                        texts.in(FlowLanguage.ES),
                        texts.es(),
                        texts.en(),
                        texts.pt(),
                        SearchText.normalise(title + " " + texts.all()),
                        SqlTime.at(clock.instant()),
                        Caller.current().subject(),
                        CurrentOrganization.id(),
                        id)
                .update();
    }

    /**
     * What becomes of a file.
     *
     * @param added facts that are new
     * @param changed facts whose title is there already
     * @param troubles rows that cannot be taken; with any of them nothing is kept
     * @param kept whether it was done
     */
    @Schema(name = "AssistantFactImport")
    record Imported(
            @Schema(example = "12") int added,
            @Schema(example = "3") int changed,
            List<FactFile.Trouble> troubles,
            boolean kept) {}

    /** Takes a file of facts as a whole, or nothing of it. */
    public Imported take(String csv, boolean dryRun) {
        var file = FactFile.read(
                csv, AssistantWords.language(organizations.current().locale()));
        var known = new HashMap<String, Fact>();
        list().forEach(fact -> known.putIfAbsent(SearchText.normalise(fact.title()), fact));
        var changed = file.rows().stream()
                .filter(row -> known.containsKey(SearchText.normalise(row.title())))
                .count();
        var added = file.rows().size() - Math.toIntExact(changed);
        var troubles = new ArrayList<>(file.troubles());
        if (known.size() + added > MOST) {
            troubles.add(new FactFile.Trouble(1, "too-many"));
        }
        boolean kept = !dryRun && troubles.isEmpty();
        if (kept) {
            for (var row : file.rows()) {
                var before = known.get(SearchText.normalise(row.title()));
                if (before == null) {
                    add(row.title(), row.texts());
                } else {
                    write(before.id(), row.title(), row.texts());
                }
            }
        }
        return new Imported(added, Math.toIntExact(changed), troubles, kept);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public void remove(UUID id, ExpectedVersion expected) {
        expected.mustBe(find(id, " for update").version());
        jdbc.sql("delete from assistant_fact where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
    }

    private Fact find(UUID id, String locking) {
        return jdbc.sql("select " + COLUMNS + " from assistant_fact where organization_id = ? and id = ?" + locking)
                .params(CurrentOrganization.id(), id)
                .query(this::fact)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such fact in this clinic"));
    }

    private Fact fact(ResultSet row, int number) throws SQLException {
        var texts = new FactTexts(row.getString("es"), row.getString("en"), row.getString("pt"));
        return new Fact(
                row.getObject("id", UUID.class),
                row.getString("title"),
                texts.in(FlowLanguage.ES).isEmpty() // from before there were languages
                        ? FactTexts.of(
                                AssistantWords.language(organizations.current().locale()), row.getString("text"))
                        : texts,
                SqlTime.instant(row, "updated_at"),
                row.getString("updated_by"),
                row.getLong("version"));
    }
}
