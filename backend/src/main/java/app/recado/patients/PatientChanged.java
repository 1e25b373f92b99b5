package app.recado.patients;

import app.recado.customfields.CustomValue;
import app.recado.kernel.Auditable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something else is written about a patient.
 *
 * @param id whose card it is
 * @param fields what of it, by the names in the API: what stood and stands there is not told
 */
public record PatientChanged(UUID id, List<String> fields) implements Auditable {

    public PatientChanged {
        fields = List.copyOf(fields);
    }

    /** What became different; empty when nothing did. */
    static Optional<PatientChanged> between(PatientView before, PatientView after) {
        var fields = new ArrayList<String>();
        compare(fields, "archivedAt", before.archivedAt(), after.archivedAt());
        compare(fields, "birthDate", before.birthDate(), after.birthDate());
        compareOwn(fields, values(before), values(after));
        compare(fields, "email", before.email(), after.email());
        compare(fields, "familyName", before.familyName(), after.familyName());
        compare(fields, "gender", before.gender(), after.gender());
        compare(fields, "givenName", before.givenName(), after.givenName());
        compare(fields, "identifiers", before.identifiers(), after.identifiers());
        compare(fields, "language", before.language(), after.language());
        compare(fields, "notes", before.notes(), after.notes());
        compare(fields, "otherLanguages", before.otherLanguages(), after.otherLanguages());
        compare(fields, "phone", before.phone(), after.phone());
        compare(fields, "phoneNumbers", besidesPhone(before), besidesPhone(after));
        compare(fields, "tags", before.tags(), after.tags());
        return fields.isEmpty() ? Optional.empty() : Optional.of(new PatientChanged(after.id(), fields));
    }

    /** What the numbers say beside which one is written to. */
    private static List<PatientView.Reached> besidesPhone(PatientView patient) {
        return patient.phoneNumbers().stream()
                .filter(one -> !one.writtenTo() || one.owner() != null || one.ownerName() != null)
                .map(one -> one.writtenTo()
                        ? new PatientView.Reached(null, null, null, one.owner(), one.ownerName(), true)
                        : one)
                .toList();
    }

    private static void compare(List<String> fields, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.add(name);
        }
    }

    /** Fields of the clinic's own are named by their keys: {@code customFields.grupo-sanguineo}. */
    private static void compareOwn(List<String> fields, Map<String, String> before, Map<String, String> after) {
        Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .sorted()
                .forEach(key -> compare(fields, "customFields." + key, before.get(key), after.get(key)));
    }

    private static Map<String, String> values(PatientView patient) {
        return patient.customFields().stream().collect(Collectors.toMap(CustomValue::key, CustomValue::value));
    }

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("fields", new Change(null, String.join(" ", fields)));
    }
}
