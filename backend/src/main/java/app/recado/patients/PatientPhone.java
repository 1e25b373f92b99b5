package app.recado.patients;

import app.recado.kernel.Phones;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A number of a patient: whose phone it is, when somebody said so.
 *
 * @param e164 with a leading plus
 * @param extension to dial after it is answered; null for nearly everybody
 * @param owner what whoever holds the phone is to the patient; null when nobody said
 * @param ownerName who that is, in words; null when nobody said
 */
record PatientPhone(
        String e164,
        @Nullable String extension,
        @Nullable Relationship owner,
        @Nullable String ownerName) {

    /** Numbers of one patient. */
    static final int MOST = 10;

    /** Letters of an owner's name. */
    static final int LONGEST_NAME = 60;

    private static final String NONE = "[]";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A number of which only itself is known. */
    static PatientPhone of(Phones.Phone phone) {
        return new PatientPhone(phone.e164(), phone.extension(), null, null);
    }

    Phones.Phone dialled() {
        return new Phones.Phone(e164, extension);
    }

    boolean isOwn() {
        return owner == Relationship.SELF;
    }

    /** The same phone of the same person, at another number. */
    PatientPhone movedTo(String number) {
        return new PatientPhone(number, null, owner, ownerName);
    }

    /** This, completed by what another line says of the same number. */
    private PatientPhone completedBy(PatientPhone other) {
        return new PatientPhone(
                e164,
                extension != null ? extension : other.extension,
                owner != null ? owner : other.owner,
                ownerName != null ? ownerName : other.ownerName);
    }

    /** Of several lists what is said of each number once, the first place counts; as many as a card holds. */
    static List<PatientPhone> united(Stream<PatientPhone> phones) {
        var all = new LinkedHashMap<String, PatientPhone>();
        phones.forEach(one -> all.merge(one.e164(), one, PatientPhone::completedBy));
        return all.values().stream().limit(MOST).toList();
    }

    /** As they stand in a row. */
    static String stored(List<PatientPhone> phones) {
        if (phones.isEmpty()) {
            return NONE;
        }
        var rows = new ArrayList<Map<String, String>>();
        for (var one : phones) {
            var row = new LinkedHashMap<String, String>();
            row.put("phone", one.e164());
            if (one.extension() != null) {
                row.put("extension", one.extension());
            }
            if (one.owner() != null) {
                row.put("owner", one.owner().wireName());
            }
            if (one.ownerName() != null) {
                row.put("ownerName", one.ownerName());
            }
            rows.add(row);
        }
        return JSON.writeValueAsString(rows);
    }

    /** The other numbers of a row. */
    static List<PatientPhone> read(String stored) {
        if (stored.equals(NONE)) {
            return List.of();
        }
        return JSON.readTree(stored).valueStream().map(PatientPhone::of).toList();
    }

    private static PatientPhone of(JsonNode row) {
        var owner = text(row, "owner");
        return new PatientPhone(
                row.path("phone").asString(),
                text(row, "extension"),
                owner == null ? null : Relationship.of(owner),
                text(row, "ownerName"));
    }

    private static @Nullable String text(JsonNode row, String name) {
        var value = row.path(name);
        return value.isString() ? value.asString() : null;
    }

    /** Of a person: never printed. */
    @Override
    public String toString() {
        return "PatientPhone";
    }
}
