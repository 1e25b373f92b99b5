package app.recado.customfields;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.FieldProblem;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The fields of the current organization, and the check of what is written into them. */
@Component
public class CustomFields {

    /** Fields that a clinic can have in use at a time, about patients and visits together. */
    public static final int MOST = 50;

    static final String SELECT = """
            select id, subject, key, label, type, choices, required, position, active, version from custom_field
             where organization_id = :org
            """;

    static final String IN_ORDER = " order by subject desc, position, id";

    private final JdbcClient jdbc;

    CustomFields(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the order of forms and files, retired ones too.
     *
     * @param subject null for both, those of patients first
     */
    @Transactional(readOnly = true)
    public List<CustomField> all(@Nullable FieldSubject subject) {
        return jdbc.sql(SELECT + (subject == null ? "" : " and subject = :subject") + IN_ORDER)
                .param("org", CurrentOrganization.id())
                .param("subject", subject == null ? "" : subject.wireName())
                .query((row, n) -> field(row))
                .list();
    }

    /** Those in use, in the order of forms and files. */
    @Transactional(readOnly = true)
    public List<CustomField> inUse(FieldSubject subject) {
        return all(subject).stream().filter(CustomField::active).toList();
    }

    /**
     * What is written from now on: what was typed, checked and in its type. What stands in a retired field stays, also when it
     * is not sent; so does what was written before and is a choice no more.
     *
     * @param typed all values; null leaves everything as it is, and then nothing is required. An empty text removes a value
     * @param before what was written
     * @param pointer of the list in the request, such as {@code /customFields}
     * @throws ProblemException {@code invalid-fields} with every value that does not fit, at its place
     */
    @Transactional(readOnly = true)
    public CustomValues checked(
            FieldSubject subject, @Nullable List<CustomValue> typed, CustomValues before, String pointer) {
        if (typed == null) {
            return before;
        }
        var fields = all(subject).stream()
                .collect(Collectors.toMap(CustomField::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        var reading = new Reading(fields, before);
        for (int i = 0; i < typed.size(); i++) {
            reading.take(typed.get(i), pointer + "/" + i);
        }
        return reading.result(pointer);
    }

    /** The reading of one list of values; every problem of it is told. */
    private static final class Reading {

        private final Map<String, CustomField> fields;
        private final CustomValues before;
        private final Map<String, Object> read = new HashMap<>();

        /** Where each field was named. */
        private final Map<String, String> named = new HashMap<>();

        private final List<FieldProblem> problems = new ArrayList<>();

        Reading(Map<String, CustomField> fields, CustomValues before) {
            this.fields = fields;
            this.before = before;
        }

        void take(CustomValue one, String at) {
            var field = fields.get(one.key());
            if (field == null) {
                problems.add(new FieldProblem(at + "/key", "unknown-value", "There is no such field"));
                return;
            }
            if (named.putIfAbsent(one.key(), at) != null) {
                problems.add(new FieldProblem(at + "/key", "repeated", "One value for each field"));
                return;
            }
            var said = one.value().strip();
            if (said.isEmpty()) {
                return;
            }
            if (said.equals(before.text(one.key()))) {
                read.put(one.key(), Objects.requireNonNull(before.typed(one.key())));
                return;
            }
            if (!field.active()) {
                problems.add(new FieldProblem(at + "/key", "unknown-value", "The field is retired"));
                return;
            }
            field.read(said)
                    .ifPresentOrElse(
                            value -> read.put(one.key(), value),
                            () -> problems.add(new FieldProblem(
                                    at + "/value",
                                    field.type() == FieldType.CHOICE ? "unknown-value" : "invalid-format",
                                    "The field takes a value of the type "
                                            + field.type().wireName())));
        }

        CustomValues result(String pointer) {
            fields.values().forEach(field -> {
                var key = field.key();
                if (!field.active()) {
                    // What no form shows any more stays until somebody removes it by name.
                    var kept = before.typed(key);
                    if (!named.containsKey(key) && kept != null) {
                        read.put(key, kept);
                    }
                } else if (field.required() && !read.containsKey(key) && isNotRefused(key)) {
                    problems.add(new FieldProblem(
                            named.containsKey(key) ? named.get(key) + "/value" : pointer,
                            "required",
                            "A required field is empty: " + key));
                }
            });
            if (!problems.isEmpty()) {
                throw new ProblemException(
                        Problem.INVALID_FIELDS, "Some values do not fit their fields", List.copyOf(problems));
            }
            return CustomValues.of(read);
        }

        /** Whether its value was not told to be wrong already. */
        private boolean isNotRefused(String key) {
            var at = named.get(key);
            return at == null
                    || problems.stream().noneMatch(problem -> problem.pointer().equals(at + "/value"));
        }
    }

    static CustomField field(ResultSet row) throws SQLException {
        return new CustomField(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                FieldSubject.of(row.getString("subject")),
                row.getString("key"),
                row.getString("label"),
                FieldType.of(row.getString("type")),
                List.copyOf(Arrays.asList((String[]) row.getArray("choices").getArray())),
                row.getBoolean("required"),
                row.getInt("position"),
                row.getBoolean("active"),
                row.getLong("version"));
    }
}
