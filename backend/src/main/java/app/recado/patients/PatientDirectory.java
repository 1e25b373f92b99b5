package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientRecords.Place;
import app.recado.patients.SearchTokens.Kind;
import app.recado.patients.SearchTokens.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds patients for the search box, in the order of the register, with work that does not grow with the number of those
 * found. {@link PatientSearchPlan} decides which index is walked.
 */
@Repository
class PatientDirectory {

    private static final String LIST = "patients";
    private static final int MOST_WORDS = 8;
    private static final int MOST_TAGS = 100;

    /** Households of one name that are looked at, and patients of these that are shown. */
    private static final int MOST_HOUSEHOLDS = 200;

    private static final int MOST_OF_HOUSEHOLDS = 20;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final PatientIndex index;
    private final SearchFrequencies frequencies;

    PatientDirectory(
            JdbcClient jdbc,
            Cursors cursors,
            OrganizationProfiles organizations,
            PatientIndex index,
            SearchFrequencies frequencies) {
        this.index = index;
        this.frequencies = frequencies;
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
    }

    /**
     * Patients by family name. Every word must be the beginning of a word of the name, without regard to case and
     * accents, or a piece of the phone number or of an identifier.
     *
     * @param tag only those who have it; null for all
     * @param archived the archived ones instead of all others
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} when there are more words than a name has
     */
    @Transactional(readOnly = true)
    public Page<PatientView> search(
            String text, @Nullable String tag, boolean archived, int limit, @Nullable String cursor) {
        var clinic = organizations.current();
        var words = new ArrayList<>(SearchTokens.wordsOf(text, clinic.country()));
        if (words.size() > MOST_WORDS) {
            throw Problem.INVALID_FIELDS.at("/text", "too-long", "At most %d words".formatted(MOST_WORDS));
        }
        if (tag != null && !Tags.normal(tag).isEmpty()) {
            words.add(new Word(Kind.TAG, Tags.normal(tag)));
        }
        var after = cursors.open(LIST, cursor);
        var place = after == null ? null : new Place(after.get(0), UUID.fromString(after.get(1)));
        var known = PatientSearchPlan.needsFrequencies(words)
                ? frequencies.of(words, archived, place)
                : WordFrequencies.UNKNOWN;
        var rows = rows(PatientSearchPlan.of(words, archived, known, place), limit, clinic);
        var page = Page.of(
                        rows,
                        limit,
                        last -> cursors.seal(
                                LIST, last.sortName(), last.patient().id().toString()))
                .map(Row::patient);
        var room = Math.min(limit - page.items().size(), MOST_OF_HOUSEHOLDS);
        return page.nextCursor() != null || room == 0 || !mayBeAContact(words, archived)
                ? page
                : new Page<>(
                        Stream.concat(page.items().stream(), ofHouseholds(words, room, clinic).stream())
                                .toList(),
                        null);
    }

    private static boolean mayBeAContact(List<Word> words, boolean archived) {
        return !archived && !words.isEmpty() && words.stream().allMatch(word -> word.kind() == Kind.NAME);
    }

    /** Patients of whom somebody of that name answers the phone, who are not called so themselves. */
    private List<PatientView> ofHouseholds(List<Word> words, int atMost, OrganizationProfile clinic) {
        var longest = words.stream()
                .max(Comparator.comparingInt(word -> word.text().length()))
                .orElseThrow();
        var named = words.stream().map(word -> " " + word.text()).toArray(String[]::new);
        var members = jdbc.sql("""
                        select distinct m.patient_id from (
                               select household_id from household_search
                                where organization_id = :org and token = :token
                                order by token, household_id limit %d) near
                          join household h on h.organization_id = :org and h.id = near.household_id
                          join household_member m on m.organization_id = :org and m.household_id = h.id
                         where not exists (select from unnest(:named) word where strpos(' ' || h.sort_name, word) = 0)
                        """.formatted(MOST_HOUSEHOLDS))
                .param("org", CurrentOrganization.id())
                .param("token", longest.token())
                .param("named", named)
                .query((row, n) -> row.getObject("patient_id", UUID.class))
                .list();
        return members.isEmpty() ? List.of() : notCalled(named, members, atMost, clinic);
    }

    private List<PatientView> notCalled(String[] named, List<UUID> patients, int atMost, OrganizationProfile clinic) {
        return jdbc.sql("""
                        select * from patient p
                         where p.organization_id = :org and p.id = any (:patients) and p.archived_at is null
                           and exists (select from unnest(:named) word where strpos(' ' || p.sort_name, word) = 0)
                         order by p.sort_name, p.id limit %d
                        """.formatted(atMost))
                .param("org", CurrentOrganization.id())
                .param("patients", patients.toArray(UUID[]::new))
                .param("named", named)
                .query((row, n) -> PatientView.of(row, clinic))
                .list();
    }

    /** The tags in use, in alphabetical order. */
    @Transactional(readOnly = true)
    public List<String> tags() {
        return index.tags(MOST_TAGS);
    }

    private record Row(PatientView patient, String sortName) {}

    private List<Row> rows(PatientSearchPlan plan, int limit, OrganizationProfile clinic) {
        var statement = jdbc.sql(plan.sql(limit + 1)).param("org", CurrentOrganization.id());
        for (var value : plan.values().entrySet()) {
            statement = statement.param(value.getKey(), value.getValue());
        }
        return statement
                .query((row, n) -> new Row(PatientView.of(row, clinic), row.getString("sort_name")))
                .list();
    }
}
