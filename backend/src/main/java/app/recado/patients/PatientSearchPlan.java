package app.recado.patients;

import app.recado.patients.SearchTokens.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a search is answered: one index is walked and the rest is compared on the way.
 *
 * <ul>
 *   <li><b>by name</b>: the beginning of one word is a single value of {@code patient_search_pkey}, which holds its patients
 *       in the order of the register. The walk ends with the page. Other words are compared with the whole name.
 *   <li><b>by number</b>: the digits are a range of that index, taken when it is small, and sorted.
 *   <li><b>by register</b>: digits that a good part of all patients have (an area code) are looked for patient by patient.
 * </ul>
 *
 * Comparisons are {@code =}, {@code >=} and {@code <}, which reach an index behind row-level security; {@code LIKE} and
 * {@code strpos} do not, and only filter what an index gave. The texts depend on the kinds of words only: values are bound.
 */
final class PatientSearchPlan {

    /** Rows that are cheap to read and sort for one page; a third of a millisecond. */
    static final int FEW = 3_000;

    private static final String COLUMNS = """
            select p.id, p.given_name, p.family_name, p.sort_name, p.phone, p.phone_extension, p.birth_date, p.language,
                   p.notes, p.messaging, p.opted_out_at, p.marketing, p.created_at, p.version
            """;

    private enum Way {
        NAME,
        NUMBER,
        REGISTER
    }

    private final Way way;
    private final List<Word> words;
    private final int first;

    private PatientSearchPlan(Way way, List<Word> words, int first) {
        this.way = way;
        this.words = words;
        this.first = first;
    }

    /** One word of a name is walked without asking anything before. */
    static boolean needsCounts(List<Word> words) {
        return words.size() > 1 || words.stream().anyMatch(Word::isNumber);
    }

    /** @param counts as {@link #countSql} tells them; empty where they are not needed */
    static PatientSearchPlan of(List<Word> words, List<Integer> counts) {
        if (words.isEmpty()) {
            return new PatientSearchPlan(Way.REGISTER, words, -1);
        }
        int first = counts.isEmpty()
                ? 0
                : IntStream.range(0, words.size())
                        .boxed()
                        .min((a, b) -> Integer.compare(counts.get(a), counts.get(b)))
                        .orElseThrow();
        if (!words.get(first).isNumber()) {
            return new PatientSearchPlan(Way.NAME, words, first);
        }
        if (counts.get(first) < FEW) {
            return new PatientSearchPlan(Way.NUMBER, words, first);
        }
        // Every word is frequent: a name's keeps the order of the register.
        var name = IntStream.range(0, words.size())
                .filter(i -> !words.get(i).isNumber())
                .findFirst();
        return name.isPresent()
                ? new PatientSearchPlan(Way.NAME, words, name.getAsInt())
                : new PatientSearchPlan(Way.REGISTER, words, -1);
    }

    /** In the order of the index, so that counting ends at the limit: a bitmap would be made of all rows first. */
    static String countSql(List<Word> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> """
                        (select count(*) from (select from patient_search
                          where organization_id = :org and %s
                          order by token, sort_name, patient_id limit %d) as counted)
                        """.formatted(words.get(i).isNumber() ? range(i, "token") : "token = :token" + i, FEW))
                .collect(Collectors.joining(",\n", "select ", ""));
    }

    /** The values of {@link #sql}, beside the organization and where to continue. */
    Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.isNumber()) {
                values.put("from" + i, word.text());
                values.put("to" + i, word.after());
            } else {
                if (i == first) {
                    values.put("token" + i, word.beginning());
                }
                if (i != first || word.isLongerThanItsBeginning()) {
                    values.put("word" + i, " " + word.text());
                }
            }
        }
        return values;
    }

    /** @param rows how many at most */
    String sql(boolean continued, int rows) {
        return switch (way) {
            case NAME -> walk(continued, rows, "s.token = :token" + first, "");
            case NUMBER -> walk(continued, rows, range(first, "s.token"), "distinct");
            case REGISTER -> register(continued, rows);
        };
    }

    private String walk(boolean continued, int rows, String token, String distinct) {
        var conditions = new ArrayList<String>();
        conditions.add("s.organization_id = :org");
        conditions.add(token);
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.isNumber()) {
                if (i != first) {
                    conditions.add("exists (select " + numberOf(i, "s.patient_id") + ")");
                }
            } else if (i != first || word.isLongerThanItsBeginning()) {
                conditions.add("strpos(' ' || s.sort_name, :word" + i + ") > 0");
            }
        }
        if (continued) {
            conditions.add("(s.sort_name, s.patient_id) > (:name, :id)");
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

    private String register(boolean continued, int rows) {
        var sql = new StringBuilder(COLUMNS).append(" from patient p\n");
        for (int i = 0; i < words.size(); i++) {
            // With its own limit it stays a look-up for each patient in order, where a join would read all who have it.
            sql.append(" cross join lateral (select ")
                    .append(numberOf(i, "p.id"))
                    .append(" limit 1) as has")
                    .append(i)
                    .append('\n');
        }
        sql.append(" where p.organization_id = :org\n");
        if (continued) {
            sql.append(" and (p.sort_name, p.id) > (:name, :id)\n");
        }
        return sql.append(" order by p.sort_name, p.id limit ").append(rows).toString();
    }

    private static String numberOf(int i, String patient) {
        return "from patient_search n where n.organization_id = :org and n.patient_id = %s and %s"
                .formatted(patient, range(i, "n.token"));
    }

    private static String range(int i, String token) {
        return "%1$s >= :from%2$d and %1$s < :to%2$d".formatted(token, i);
    }
}
