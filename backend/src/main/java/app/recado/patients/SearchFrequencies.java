package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.patients.PatientRecords.Place;
import app.recado.patients.SearchTokens.Word;
import app.recado.patients.WordFrequencies.Frequency;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the index of a search how frequent words are, with work that does not grow with their frequency. Words of names and
 * tags are counted from where the last of them begins: before, nobody has them all.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SearchFrequencies {

    private final JdbcClient jdbc;

    SearchFrequencies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param words at least one
     * @param archived whether archived patients are looked for, instead of all others
     * @param after where the page before ended; null for the first one
     */
    public WordFrequencies of(List<Word> words, boolean archived, @Nullable Place after) {
        var statement = jdbc.sql(sql(words, after != null)).param("org", CurrentOrganization.id());
        if (after != null) {
            statement = statement.param("name", after.sortName()).param("id", after.id());
        }
        var sign = archived ? SearchTokens.ARCHIVED : "";
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            statement = word.isCode()
                    ? statement.param("from" + i, sign + word.text()).param("to" + i, sign + word.after())
                    : statement.param("token" + i, sign + word.token());
        }
        return statement
                .query((row, n) -> {
                    var found = new ArrayList<Frequency>();
                    for (int i = 0; i < words.size(); i++) {
                        int rows = row.getInt("rows" + i);
                        boolean all = rows < most(words.get(i));
                        found.add(new Frequency(all ? rows : WordFrequencies.FEW, row.getString("reached" + i)));
                    }
                    var id = row.getObject("begin_id", UUID.class);
                    var name = row.getString("begin_name");
                    return new WordFrequencies(
                            List.copyOf(found), id == null || name == null ? null : new Place(name, id));
                })
                .single();
    }

    private static int most(Word word) {
        return word.isCode() ? WordFrequencies.FEW : WordFrequencies.SAMPLE;
    }

    /** In the order of the index, so that counting ends at the limit: a bitmap would be made of all rows first. */
    private static String sql(List<Word> words, boolean continued) {
        var names = IntStream.range(0, words.size())
                .filter(i -> !words.get(i).isCode())
                .boxed()
                .toList();
        var counts = IntStream.range(0, words.size())
                .mapToObj(i -> words.get(i).isCode() ? digits(i) : name(i))
                .collect(Collectors.joining(" cross join "));
        var columns = IntStream.range(0, words.size())
                .mapToObj(i -> "c%1$d.rows as rows%1$d, c%1$d.reached as reached%1$d".formatted(i))
                .collect(Collectors.joining(", "));
        return "with begun as materialized (%s)\n".formatted(names.isEmpty() ? NOWHERE : begun(names, continued))
                + "select %s, b.sort_name as begin_name, b.patient_id as begin_id from %s left join begun b on true"
                        .formatted(columns, counts);
    }

    private static final String NOWHERE = "select null::text as sort_name, null::uuid as patient_id";

    /** The first patient of each word; the last of these. */
    private static String begun(List<Integer> names, boolean continued) {
        var after = continued ? " and (sort_name, patient_id) > (:name, :id)" : "";
        return names.stream()
                .map(i -> """
                        (select sort_name, patient_id from patient_search
                          where organization_id = :org and token = :token%d%s
                          order by token, sort_name, patient_id limit 1)
                        """.formatted(i, after))
                .collect(Collectors.joining(
                        " union all ",
                        "select sort_name, patient_id from (",
                        ") as firsts order by sort_name desc, patient_id desc limit 1"));
    }

    private static String name(int i) {
        return """
                (select count(*) as rows, max(sort_name) as reached from (select sort_name from patient_search
                  where organization_id = :org and token = :token%1$d
                    and (sort_name, patient_id) >= (select sort_name, patient_id from begun)
                  order by token, sort_name, patient_id limit %2$d) as counted) as c%1$d
                """.formatted(i, WordFrequencies.SAMPLE);
    }

    private static String digits(int i) {
        return """
                (select count(*) as rows, null::text as reached from (select from patient_search
                  where organization_id = :org and token >= :from%1$d and token < :to%1$d
                  order by token, sort_name, patient_id limit %2$d) as counted) as c%1$d
                """.formatted(i, WordFrequencies.FEW);
    }
}
