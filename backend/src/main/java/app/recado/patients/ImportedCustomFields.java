package app.recado.patients;

import app.recado.customfields.CustomField;
import app.recado.customfields.CustomFields;
import app.recado.customfields.FieldSubject;
import app.recado.kernel.Problem;
import app.recado.kernel.SearchText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Columns of files that hold fields of the clinic's own. Among what the columns of an import hold, such a field stands as
 * {@code custom:} and its key, beside the wire names of {@link ImportField}.
 */
@Component
class ImportedCustomFields {

    private static final String PREFIX = "custom:";

    private final CustomFields customFields;

    ImportedCustomFields(CustomFields customFields) {
        this.customFields = customFields;
    }

    /**
     * A column that holds a field of the clinic's own.
     *
     * @param column its place in the file, from 0; what it holds otherwise is {@code ignore}
     * @param key of the field
     */
    @Schema(name = "PatientImportCustomField")
    record Column(
            @Schema(example = "3") @NotNull @Min(0) @Max(199) Integer column,

            @Schema(example = "grupo-sanguineo") @NotNull @Size(max = 40) String key) {}

    /** What a column holds besides the clinic's own fields. */
    static ImportField fieldOf(String held) {
        return held.startsWith(PREFIX) ? ImportField.IGNORE : ImportField.of(held);
    }

    /** The key of the clinic's own field that a column holds; null for none. */
    static @Nullable String keyOf(String held) {
        return held.startsWith(PREFIX) ? held.substring(PREFIX.length()) : null;
    }

    /** What the columns seem to hold, the clinic's own fields by which those are called that hold nothing else too. */
    List<String> suggested(List<String> header, List<ImportField> fields) {
        var left = new ArrayList<>(customFields.inUse(FieldSubject.PATIENT));
        var held = new ArrayList<String>();
        for (int i = 0; i < header.size(); i++) {
            var name = header.get(i);
            var words = SearchText.normalise(name);
            var own = fields.get(i) != ImportField.IGNORE || words.isEmpty()
                    ? null
                    : left.stream()
                            .filter(field -> field.key().equals(name)
                                    || SearchText.normalise(field.label()).equals(words))
                            .findFirst()
                            .orElse(null);
            if (own == null) {
                held.add(fields.get(i).wireName());
            } else {
                left.remove(own);
                held.add(PREFIX + own.key());
            }
        }
        return held;
    }

    /**
     * What the columns hold.
     *
     * @param fields one for each column
     * @param own which of them hold fields of the clinic's own
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a column that is not there or holds something else,
     *     and for a field that is not in use or that another column holds
     */
    List<String> held(List<ImportField> fields, List<Column> own) {
        var held = fields.stream().map(ImportField::wireName).collect(Collectors.toCollection(ArrayList::new));
        if (own.isEmpty()) {
            return held;
        }
        var left = customFields.inUse(FieldSubject.PATIENT).stream()
                .map(CustomField::key)
                .collect(Collectors.toCollection(HashSet::new));
        for (int i = 0; i < own.size(); i++) {
            var one = own.get(i);
            var at = "/customFields/" + i;
            if (one.column() >= held.size()) {
                throw Problem.INVALID_FIELDS.at(at + "/column", "out-of-range", "The file has no such column");
            }
            if (!held.get(one.column()).equals(ImportField.IGNORE.wireName())) {
                throw Problem.INVALID_FIELDS.at(at + "/column", "already-used", "The column holds something else");
            }
            if (!left.remove(one.key())) {
                throw Problem.INVALID_FIELDS.at(
                        at + "/key", "unknown-value", "A field in use, that no other column holds");
            }
            held.set(one.column(), PREFIX + one.key());
        }
        return held;
    }

    /** By the places of their columns; one that was retired since the columns were named is not taken over. */
    Map<Integer, CustomField> byColumn(List<String> held) {
        var inUse = customFields.inUse(FieldSubject.PATIENT).stream()
                .collect(Collectors.toMap(CustomField::key, Function.identity()));
        var byColumn = new HashMap<Integer, CustomField>();
        for (int i = 0; i < held.size(); i++) {
            var key = keyOf(held.get(i));
            if (key != null && inUse.containsKey(key)) {
                byColumn.put(i, inUse.get(key));
            }
        }
        return byColumn;
    }
}
