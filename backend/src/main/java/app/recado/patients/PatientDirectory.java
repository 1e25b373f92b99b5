package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.OrganizationProfiles;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds patients for the search box.
 *
 * <p>Row-level security lets only leakproof comparisons reach an index: {@code ^@} on text is one, {@code LIKE} is not.
 * The prefix becomes a range of {@code patient_search_pkey} only when the planner knows it, so a search is always planned
 * with its words: with 100,000 patients a two-word search took 6 ms that way and 770 ms by the plan for unknown words.
 */
@Repository
class PatientDirectory {

    private static final String LIST = "patients";
    private static final int MOST_WORDS = 8;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;

    PatientDirectory(JdbcClient jdbc, Cursors cursors, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
    }

    /**
     * Patients by family name. Every word must be the beginning of a word of the name, without regard to case and
     * accents, or digits of the phone number.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} when there are more words than a name has
     */
    @Transactional(readOnly = true)
    public Page<PatientView> search(String text, int limit, @Nullable String cursor) {
        var clinic = organizations.current();
        var words = SearchTokens.wordsOf(text, clinic.country());
        if (words.size() > MOST_WORDS) {
            throw Problem.INVALID_FIELDS.at("/text", "too-long", "At most %d words".formatted(MOST_WORDS));
        }
        var after = cursors.open(LIST, cursor);
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        var statement = jdbc.sql(sql(words.size(), after != null, limit)).param("org", CurrentOrganization.id());
        for (int i = 0; i < words.size(); i++) {
            statement = statement.param("word" + i, words.get(i));
        }
        if (after != null) {
            statement = statement.param("name", after.get(0)).param("id", UUID.fromString(after.get(1)));
        }
        List<Row> rows = statement
                .query((row, n) -> new Row(PatientView.of(row, clinic), row.getString("sort_name")))
                .list();
        return Page.of(
                        rows,
                        limit,
                        last -> cursors.seal(
                                LIST, last.sortName(), last.patient().id().toString()))
                .map(Row::patient);
    }

    private record Row(PatientView patient, String sortName) {}

    /** The text depends on numbers only; every value is bound. */
    static String sql(int words, boolean continued, int limit) {
        var sql = new StringBuilder("""
                select p.id, p.given_name, p.family_name, p.sort_name, p.phone, p.birth_date, p.language, p.notes,
                       p.messaging, p.opted_out_at, p.created_at, p.version
                  from patient p
                 where p.organization_id = :org
                """);
        for (int i = 0; i < words; i++) {
            sql.append("""
                     and exists (select from patient_search s
                                  where s.organization_id = :org and s.patient_id = p.id
                                    and s.token ^@ :word%1$d)
                    """.formatted(i));
        }
        if (continued) {
            sql.append(" and (p.sort_name, p.id) > (:name, :id)\n");
        }
        return sql.append(" order by p.sort_name, p.id limit ")
                .append(limit + 1)
                .toString();
    }
}
