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
 * <p>Row-level security lets only leakproof comparisons reach an index. {@code >=} and {@code <} on text are leakproof,
 * {@code LIKE} is not; written as a range rather than {@code ^@} the condition stays an index condition in a generic
 * plan too, where the prefix is not known. With 100,000 patients in one clinic (PatientSearchPlanTest prints the plan) a
 * two-word search reads one range of {@code patient_search_pkey} and probes {@code patient_search_of_patient}.
 */
@Repository
class PatientDirectory {

    private static final String LIST = "patients";
    private static final int MOST_WORDS = 8;

    /** Behind every token: tokens hold letters and digits only, and this is the last code point of all. */
    private static final String END = "\uDBFF\uDFFF";

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
        var statement = jdbc.sql(sql(words.size(), after != null, limit)).param("org", CurrentOrganization.id());
        for (int i = 0; i < words.size(); i++) {
            statement = statement.param("from" + i, words.get(i)).param("to" + i, words.get(i) + END);
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
                                    and s.token >= :from%1$d and s.token < :to%1$d)
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
