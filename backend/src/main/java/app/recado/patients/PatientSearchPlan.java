package app.recado.patients;

import app.recado.patients.PatientRecords.Place;
import app.recado.patients.SearchTokens.Kind;
import app.recado.patients.SearchTokens.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a search is answered: one index is walked and the rest is compared on the way.
 *
 * <ul>
 *   <li><b>by token</b>: the beginning of one word, or a tag, is a single value of {@code patient_search_pkey}, which holds its
 *       patients in the order of the register. The walk begins where every word has begun and ends with the page. Other words
 *       are compared with the whole name, and other tags and numbers are looked up for each patient.
 *   <li><b>by number</b>: the digits are a range of that index, taken when it is small, and sorted.
 *   <li><b>by register</b>: digits that a good part of all patients have (an area code) are looked for patient by patient.
 * </ul>
 *
 * Comparisons are {@code =}, {@code >=} and {@code <}, which reach an index behind row-level security; {@code LIKE} and
 * {@code strpos} do not, and only filter what an index gave. The texts depend on the kinds of words only: values are bound.
 */
final class PatientSearchPlan {

    private static final String COLUMNS = """
            select p.id, p.given_name, p.family_name, p.sort_name, p.phone, p.phone_extension, p.phone_owner,
                   p.phone_owner_name, p.other_phones, p.birth_date, p.language, p.other_languages,
                   p.notes, p.messaging, p.opted_out_at, p.marketing, p.identifiers, p.gender, p.email, p.tags, p.custom_fields,
                   p.archived_at, p.restricted_at, p.restriction_reason, p.created_at, p.version
            """;

    private enum Way {
        TOKEN,
        NUMBER,
        REGISTER
    }

    private final Way way;
    private final List<Word> words;
    private final boolean archived;
    private final int first;
    private final Start start;

    private PatientSearchPlan(Way way, List<Word> words, boolean archived, int first, Start start) {
        this.way = way;
        this.words = words;
        this.archived = archived;
        this.first = first;
        this.start = start;
    }

    /**
     * Where in the register the search begins.
     *
     * @param place null for its beginning
     * @param included whether who stands there may be found
     */
    private record Start(@Nullable Place place, boolean included) {

        String condition(String sortName, String id) {
            return "(%s, %s) %s (:name, :id)".formatted(sortName, id, included ? ">=" : ">");
        }
    }

    /** One word of a name is walked without asking anything before. */
    static boolean needsFrequencies(List<Word> words) {
        return words.size() > 1 || words.stream().anyMatch(Word::isCode);
    }

    /**
     * @param archived whether archived patients are looked for, instead of all others
     * @param frequencies of the words; {@link WordFrequencies#UNKNOWN} where they are not needed
     * @param after where the page before ended; null for the first one
     */
    static PatientSearchPlan of(
            List<Word> words, boolean archived, WordFrequencies frequencies, @Nullable Place after) {
        var behind = new Start(after, false);
        if (words.isEmpty()) {
            return new PatientSearchPlan(Way.REGISTER, words, archived, -1, behind);
        }
        int first = frequencies.rarest();
        if (!words.get(first).isCode()) {
            var start = frequencies.begin() == null ? behind : new Start(frequencies.begin(), true);
            return new PatientSearchPlan(Way.TOKEN, words, archived, first, start);
        }
        return frequencies.isFew(first)
                ? new PatientSearchPlan(Way.NUMBER, words, archived, first, behind)
                : new PatientSearchPlan(Way.REGISTER, words, archived, -1, behind);
    }

    /** The values of {@link #sql}, beside the organization. */
    Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        var place = start.place();
        if (place != null) {
            values.put("name", place.sortName());
            values.put("id", place.id());
        }
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            switch (word.kind()) {
                case CODE -> addRange(values, word, archived, i);
                case TAG -> values.put("token" + i, sign(archived) + word.token());
                case NAME -> {
                    if (i == first) {
                        values.put("token" + i, sign(archived) + word.token());
                    }
                    if (i != first || word.isLongerThanItsToken()) {
                        values.put("word" + i, " " + word.text());
                    }
                }
            }
        }
        return values;
    }

    private static void addRange(Map<String, Object> values, Word word, boolean archived, int i) {
        values.put("from" + i, sign(archived) + word.text());
        values.put("to" + i, sign(archived) + word.after());
    }

    private static String sign(boolean archived) {
        return archived ? SearchTokens.ARCHIVED : "";
    }

    /** @param rows how many at most */
    String sql(int rows) {
        return switch (way) {
            case TOKEN -> walk(rows, "s.token = :token" + first, "");
            case NUMBER -> walk(rows, range(first, "s.token"), "distinct");
            case REGISTER -> register(rows);
        };
    }

    private String walk(int rows, String token, String distinct) {
        var conditions = new ArrayList<String>();
        conditions.add("s.organization_id = :org");
        conditions.add(token);
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.kind() != Kind.NAME) {
                if (i != first) {
                    // Not "exists", of which the planner makes a join that reads all who have it.
                    conditions.add("(select true " + rowOf(i, "s.patient_id") + " limit 1)");
                }
            } else if (i != first || word.isLongerThanItsToken()) {
                conditions.add("strpos(' ' || s.sort_name, :word" + i + ") > 0");
            }
        }
        if (start.place() != null) {
            conditions.add(start.condition("s.sort_name", "s.patient_id"));
        }
        return COLUMNS + """
                  from (select %s s.organization_id, s.sort_name, s.patient_id
                          from patient_search s
                         where %s
                         order by s.sort_name, s.patient_id limit %d) as found
                  join patient p on p.organization_id = found.organization_id and p.id = found.patient_id
                 order by found.sort_name, found.patient_id
                """.formatted(distinct, String.join("\n and ", conditions), rows);
    }

    private String register(int rows) {
        var sql = new StringBuilder(COLUMNS).append(" from patient p\n");
        for (int i = 0; i < words.size(); i++) {
            // With its own limit it stays a look-up for each patient in order, where a join would read all who have it.
            sql.append(" cross join lateral (select ")
                    .append(rowOf(i, "p.id"))
                    .append(" limit 1) as has")
                    .append(i)
                    .append('\n');
        }
        sql.append(" where p.organization_id = :org and p.archived_at is ")
                .append(archived ? "not null and p.replaced_by is null and p.erased_at is null\n" : "null\n");
        if (start.place() != null) {
            sql.append(" and ").append(start.condition("p.sort_name", "p.id")).append('\n');
        }
        return sql.append(" order by p.sort_name, p.id limit ").append(rows).toString();
    }

    private String rowOf(int i, String patient) {
        return "from patient_search n where n.organization_id = :org and n.patient_id = %s and %s"
                .formatted(patient, words.get(i).isCode() ? range(i, "n.token") : "n.token = :token" + i);
    }

    private static String range(int i, String token) {
        return "%1$s >= :from%2$d and %1$s < :to%2$d".formatted(token, i);
    }
}
