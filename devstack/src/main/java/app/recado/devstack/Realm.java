package app.recado.devstack;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Keycloak realm as it is imported: the production template, or that with the development overlay on top. */
public final class Realm {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Fields that tell entries of a list apart, the first one present decides. */
    private static final List<String> NAMES = List.of("clientId", "username", "client", "name", "alias");

    private Realm() {}

    /** What production imports; values of an installation stand as {@code ${VARIABLE}} for Keycloak to fill in. */
    public static JsonNode production() {
        return read(Folders.root().resolve("keycloak/realm/recado-realm.json"));
    }

    /** The same with demo people and the token client: for this machine only. */
    public static JsonNode development() {
        return overlaid(production(), read(Folders.root().resolve("keycloak/overlays/development.json")));
    }

    /** The same with one person, the platform admin: where real clinics are onboarded from this machine. */
    public static JsonNode developmentWithoutStaff() {
        var realm = (ObjectNode) development();
        var users = realm.putArray("users");
        development()
                .get("users")
                .valueStream()
                .filter(user -> user.has("serviceAccountClientId")
                        || user.get("realmRoles")
                                .valueStream()
                                .anyMatch(role -> role.asString().equals("platform_admin")))
                .forEach(users::add);
        return realm;
    }

    /**
     * Lays one document over another. Objects merge field by field; in lists, entries with the same name merge and
     * others are appended; everything else is replaced.
     */
    static JsonNode overlaid(JsonNode base, JsonNode overlay) {
        if (base instanceof ObjectNode object && overlay instanceof ObjectNode on) {
            var merged = object.deepCopy();
            on.properties()
                    .forEach(field -> merged.set(
                            field.getKey(),
                            object.has(field.getKey())
                                    ? overlaid(object.get(field.getKey()), field.getValue())
                                    : field.getValue()));
            return merged;
        }
        if (base instanceof ArrayNode list && overlay instanceof ArrayNode on) {
            var merged = list.deepCopy();
            on.forEach(entry -> mergeEntry(merged, entry));
            return merged;
        }
        return overlay;
    }

    private static void mergeEntry(ArrayNode list, JsonNode entry) {
        for (var i = 0; i < list.size(); i++) {
            if (sameEntry(list.get(i), entry)) {
                list.set(i, overlaid(list.get(i), entry));
                return;
            }
        }
        list.add(entry);
    }

    private static boolean sameEntry(JsonNode one, JsonNode other) {
        if (!one.isObject() || !other.isObject()) {
            return one.equals(other);
        }
        return NAMES.stream()
                .filter(name -> one.has(name) || other.has(name))
                .findFirst()
                .map(name -> one.path(name).equals(other.path(name)))
                .orElse(false);
    }

    static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }

    static String write(JsonNode realm) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(realm);
    }
}
