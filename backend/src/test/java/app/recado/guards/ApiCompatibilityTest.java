package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedSchema;
import org.openapitools.openapidiff.core.model.ComposedChanged;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients of the last release ({@code docs/api/released.json}) go on working. What breaks them on purpose stands, reviewed,
 * in {@code docs/api/breaking-changes.txt}; at a release the document becomes the released one and that list is emptied.
 */
class ApiCompatibilityTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void what_breaks_clients_of_the_last_release_is_listed() throws IOException {
        var lines = breaking(read("docs/api/released.json"), read("docs/api/openapi.json"));
        ReviewedFile.assertReviewed(
                "docs/api/breaking-changes.txt",
                "# What the API does differently from the last release (released.json) and clients must follow.\n"
                        + String.join(
                                "", lines.stream().map(line -> line + "\n").toList()));
    }

    /** The comparison is a library's; this shows that it sees what it is here for. */
    @ParameterizedTest
    @CsvSource({
        "/components/schemas/Appointment/properties/version/type, string, GET /api/v1/organizations/{organizationId}/appointments/{id}",
        "/components/schemas/Appointment/properties/end, , GET /api/v1/organizations/{organizationId}/appointments/{id}",
        "/components/schemas/AppointmentInput/properties/note, , POST /api/v1/organizations/{organizationId}/appointments",
        "/components/schemas/AppointmentInput/properties/note/maxLength, 10, POST /api/v1/organizations/{organizationId}/appointments",
        "/paths/~1api~1v1~1me/get, , GET /api/v1/me"
    })
    void a_break_is_found(String pointer, String value, String operation) throws IOException {
        var released = read("docs/api/openapi.json");
        var changed = released.deepCopy();
        var end = pointer.lastIndexOf('/');
        var parent = (ObjectNode) changed.at(pointer.substring(0, end));
        var name = pointer.substring(end + 1);
        if (value == null) {
            parent.remove(name);
        } else if (value.matches("\\d+")) {
            parent.put(name, Integer.parseInt(value));
        } else {
            parent.put(name, value);
        }
        assertThat(breaking(released, changed)).anyMatch(line -> line.startsWith(operation));
    }

    private static ObjectNode read(String file) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(Folders.root().resolve(file)));
    }

    private static Set<String> breaking(JsonNode released, JsonNode now) {
        var difference = OpenApiCompare.fromContents(as30(released), as30(now));
        var lines = new TreeSet<String>();
        difference
                .getMissingEndpoints()
                .forEach(gone -> lines.add(gone.getMethod() + " " + gone.getPathUrl() + ": is gone"));
        difference.getChangedOperations().forEach(operation -> {
            var where = operation.getHttpMethod() + " " + operation.getPathUrl() + ":";
            collect(where, operation, lines, 0);
            overlooked(where, operation, lines, 0);
        });
        return lines;
    }

    private static void collect(String where, Changed changed, Set<String> lines, int depth) {
        if (changed == null || !changed.isIncompatible() || depth > 20) {
            return;
        }
        int before = lines.size();
        if (changed instanceof ChangedSchema schema) {
            schema.getMissingProperties().keySet().forEach(name -> lines.add(where + " " + name + " is gone"));
            schema.getChangedProperties().forEach((name, sub) -> collect(where + " " + name, sub, lines, depth + 1));
            collect(where + " items", schema.getItems(), lines, depth + 1);
        }
        if (lines.size() == before && changed instanceof ComposedChanged composed) {
            composed.getChangedElements().forEach(part -> collect(where, part, lines, depth + 1));
        }
        if (lines.size() == before) {
            lines.add(where + " "
                    + changed.getClass().getSimpleName().replace("Changed", "").toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** What the library calls compatible: a field that is refused from now on, and one that may be null from now on. */
    private static void overlooked(String where, Changed changed, Set<String> lines, int depth) {
        if (changed == null || depth > 20) {
            return;
        }
        if (changed instanceof ChangedSchema schema) {
            schema.getMissingProperties().keySet().forEach(name -> lines.add(where + " " + name + " is gone"));
            schema.getChangedProperties().forEach((name, sub) -> overlooked(where + " " + name, sub, lines, depth + 1));
            overlooked(where + " items", schema.getItems(), lines, depth + 1);
            boolean wasNullable = Boolean.TRUE.equals(schema.getOldSchema().getNullable());
            if (schema.getContext().isResponse()
                    && !wasNullable
                    && Boolean.TRUE.equals(schema.getNewSchema().getNullable())) {
                lines.add(where + " may be null");
            }
        } else if (changed instanceof ComposedChanged composed) {
            composed.getChangedElements().forEach(part -> overlooked(where, part, lines, depth + 1));
        }
    }

    /** The document in the words of OpenAPI 3.0: in 3.1 the library overlooks changes of types. */
    private static String as30(JsonNode document) {
        var copy = (ObjectNode) document.deepCopy();
        copy.put("openapi", "3.0.3");
        ((ObjectNode) copy.path("info").path("license")).remove("identifier");
        // The document says that codes may be added, so a client that breaks on one was told.
        ((ObjectNode) copy.at("/components/schemas/ProblemCode")).remove("enum");
        lower(copy);
        return copy.toString();
    }

    private static void lower(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("examples");
            object.remove("example");
            if (object.path("type") instanceof ArrayNode types) {
                object.put(
                        "type",
                        types.valueStream()
                                .map(JsonNode::asString)
                                .filter(one -> !one.equals("null"))
                                .findFirst()
                                .orElse("object"));
                object.put("nullable", true);
            }
            if (object.path("oneOf") instanceof ArrayNode choices
                    && choices.valueStream().anyMatch(ApiCompatibilityTest::isNull)) {
                var rest = choices.valueStream().filter(one -> !isNull(one)).toList();
                object.remove("oneOf");
                object.putArray("allOf").addAll(rest);
                object.put("nullable", true);
            }
        }
        Stream<JsonNode> children =
                node.isObject() ? node.valueStream() : node.isArray() ? node.valueStream() : Stream.empty();
        children.toList().forEach(ApiCompatibilityTest::lower);
    }

    private static boolean isNull(JsonNode schema) {
        return schema.path("type").asString("").equals("null");
    }
}
