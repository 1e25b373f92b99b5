package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document says of every field what a client needs, and what it says is what the server does. */
@RecadoTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiSchemaTest {

    @Autowired
    Clinics clinics;

    @Autowired
    JsonMapper json;

    @Autowired
    Validator validator;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings;

    private JsonNode document;

    @BeforeAll
    void read() {
        document = clinics.anonymous().get("/v3/api-docs").json();
    }

    @Test
    void every_field_has_a_description_an_example_and_a_decision_whether_it_is_required() {
        var lacking = new ArrayList<String>();
        forEachField((name, field) -> {
            if (field.path("description").asString("").isBlank()) {
                lacking.add(name + " has no description");
            }
            if (!illustrated(field)) {
                lacking.add(name + " has no example");
            }
            if (field.path("type").isMissingNode()
                    && field.path("$ref").isMissingNode()
                    && field.path("oneOf").isMissingNode()) {
                lacking.add(name + " has no type");
            }
        });
        document.at("/components/schemas").propertyStream().forEach(schema -> {
            if (schema.getValue().path("description").asString("").isBlank()) {
                lacking.add(schema.getKey() + " has no description");
            }
        });
        assertThat(lacking).isEmpty();
    }

    private static boolean illustrated(JsonNode field) {
        return field.has("examples")
                || field.has("$ref")
                || field.path("items").has("$ref")
                || field.path("items").has("examples")
                || field.path("oneOf").valueStream().anyMatch(ApiSchemaTest::illustrated);
    }

    @Test
    void every_field_of_an_answer_is_always_there() {
        var optional = new ArrayList<String>();
        forEachOperationBody(
                "responses", (operation, body) -> collectOptional(body.path("schema"), operation, optional, 0));
        assertThat(optional).isEmpty();
    }

    private void collectOptional(JsonNode given, String where, List<String> optional, int depth) {
        var schema = resolve(given);
        if (depth > 6) {
            return;
        }
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").propertyStream().forEach(property -> {
            if (!required.contains(property.getKey())) {
                optional.add(where + " " + property.getKey());
            }
            collectOptional(property.getValue(), where + " " + property.getKey(), optional, depth + 1);
        });
        if (schema.has("items")) {
            collectOptional(schema.path("items"), where, optional, depth + 1);
        }
    }

    @Test
    void every_example_is_what_its_schema_allows() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var wrong = new ArrayList<String>();
        BiConsumer<String, JsonNode> check = (where, media) -> {
            var schema = ((ObjectNode) media.path("schema").deepCopy());
            schema.set("components", document.path("components"));
            registry.getSchema(schema.toString(), InputFormat.JSON)
                    .validate(
                            media.path("example").toString(),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .forEach(error -> wrong.add(where + ": " + error));
        };
        forEachOperationBody("requestBody", check);
        forEachOperationBody("responses", check);
        assertThat(wrong).isEmpty();
    }

    /** The server's own reading and validation decide; the document only repeats them. */
    @Test
    void a_request_needs_exactly_the_fields_that_the_document_requires() {
        var bodies = requestBodies();
        var wrong = new ArrayList<String>();
        forEachOperationBody("requestBody", (operation, media) -> {
            var type = bodies.get(operation);
            if (type == null || !media.path("example").isObject()) {
                return;
            }
            var example = (ObjectNode) media.path("example");
            refusal(example, type).ifPresent(why -> wrong.add(operation + " refuses its own example: " + why));
            var required = resolve(media.path("schema"))
                    .path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            for (var field : example.propertyNames()) {
                var without = example.deepCopy().without(field);
                boolean refused = refusal(without, type).isPresent();
                if (refused != required.contains(field)) {
                    wrong.add("%s is %srequired, the document says otherwise: %s"
                            .formatted(field, refused ? "" : "not ", operation));
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    private java.util.Optional<String> refusal(JsonNode body, Type type) {
        try {
            Object read = json.readValue(body.toString(), json.constructType(type));
            return validator.validate(read).stream()
                    .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                    .findFirst();
        } catch (JacksonException e) {
            return java.util.Optional.of(String.valueOf(e.getOriginalMessage()));
        }
    }

    private Map<String, Type> requestBodies() {
        var types = new TreeMap<String, Type>();
        mappings.getHandlerMethods().values().forEach(method -> {
            var operation = method.getMethodAnnotation(Operation.class);
            Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> operation != null && parameter.hasParameterAnnotation(RequestBody.class))
                    .forEach(parameter -> types.put(
                            java.util.Objects.requireNonNull(operation).operationId(),
                            parameter.getGenericParameterType()));
        });
        return types;
    }

    private void forEachField(BiConsumer<String, JsonNode> visit) {
        document.at("/components/schemas")
                .propertyStream()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .propertyStream()
                        .forEach(field -> visit.accept(schema.getKey() + "." + field.getKey(), field.getValue())));
    }

    /** {@code part} is {@code requestBody} or {@code responses}; of these only what succeeds, and only JSON. */
    private void forEachOperationBody(String part, BiConsumer<String, JsonNode> visit) {
        ApiContractTest.forEachOperation(document, (name, operation) -> {
            var id = operation.path("operationId").asString();
            var bodies = part.equals("requestBody")
                    ? List.of(operation.path(part))
                    : operation
                            .path(part)
                            .propertyStream()
                            .filter(answer -> answer.getKey().startsWith("2"))
                            .map(Map.Entry::getValue)
                            .toList();
            bodies.stream()
                    .map(body -> body.path("content").path("application/json"))
                    .filter(JsonNode::isObject)
                    .forEach(media -> visit.accept(id, media));
        });
    }

    private JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }
}
