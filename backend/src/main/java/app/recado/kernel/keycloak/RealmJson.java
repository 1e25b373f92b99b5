package app.recado.kernel.keycloak;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parts of a realm as trees, so that only what the realm file mentions is compared, and as Keycloak's own types, so that only
 * what Keycloak knows is written: a misspelt field of the file is refused.
 */
final class RealmJson {

    private static final ObjectMapper JSON = new ObjectMapper()
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);

    private RealmJson() {}

    static ObjectNode object(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The realm file is no JSON", e);
        }
    }

    static ObjectNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    static <T> T value(JsonNode tree, Class<T> type) {
        try {
            return JSON.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            // Its message would quote the value, which may be a secret.
            throw new IllegalArgumentException("The realm file has a " + type.getSimpleName()
                    + " that Keycloak would not understand: " + e.getClass().getSimpleName());
        }
    }

    /** Whether everything that is wanted is there already; lists are compared without regard to order. */
    static boolean holds(JsonNode now, JsonNode wanted) {
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(field -> holds(now.path(field.getKey()), field.getValue()));
        }
        if (wanted.isArray()) {
            return now.isArray() && elements(now).equals(elements(wanted));
        }
        // Keycloak forgets what is empty.
        return now.isMissingNode()
                ? wanted.isNull() || wanted.asText().isEmpty()
                : now.asText().equals(wanted.asText());
    }

    private static Set<JsonNode> elements(JsonNode list) {
        return list.valueStream().collect(Collectors.toSet());
    }
}
