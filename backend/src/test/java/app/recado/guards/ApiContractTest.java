package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API's contract and the list of all routes are files that people review. Run with {@code -Drecado.regenerate=true}
 * ({@code ./dev api}) to write them anew after a change.
 */
@RecadoTest
class ApiContractTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            // Libraries in the same process change the order in which the document is made.
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Autowired
    Clinics clinics;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings;

    @Test
    void the_published_document_is_the_reviewed_one() throws IOException {
        var live = clinics.anonymous().get("/v3/api-docs");
        assertThat(live.status()).isEqualTo(200);
        ReviewedFile.assertReviewed("docs/api/openapi.json", JSON.writeValueAsString(live.json()) + "\n");
    }

    @Test
    void every_route_stands_in_the_reviewed_list() throws IOException {
        var routes = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            var access = method.getMethodAnnotation(Access.class);
            var who = access == null
                    ? "-"
                    : Arrays.stream(access.value())
                            .map(allow -> allow.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(","));
            for (var path : info.getPatternValues()) {
                var methods = info.getMethodsCondition().getMethods();
                var verb = methods.isEmpty() ? "*" : methods.iterator().next().name();
                routes.add("%-7s %-90s %-34s %s"
                        .formatted(verb, path, method.getBeanType().getSimpleName(), who)
                        .stripTrailing());
            }
        });
        ReviewedFile.assertReviewed("docs/api/routes.txt", String.join("\n", routes) + "\n");
    }

    @Test
    void every_operation_says_what_it_is_for_who_may_call_it_and_what_it_refuses() {
        var document = clinics.anonymous().get("/v3/api-docs").json();
        var missing = new ArrayList<String>();
        var ids = new TreeSet<String>();
        forEachOperation(document, (name, operation) -> {
            if (!operation.path("operationId").isString()
                    || !ids.add(operation.path("operationId").asString())
                    || operation.path("operationId").asString().contains("_")) {
                missing.add(name + " has no operationId of its own");
            }
            if (operation.path("summary").asString("").isBlank()) {
                missing.add(name + " has no summary");
            }
            if (operation.path("tags").isEmpty()) {
                missing.add(name + " has no tag");
            }
            if (operation.path("requestBody").isObject()
                    && operation
                            .at("/requestBody/content")
                            .valueStream()
                            .anyMatch(media -> media.path("example").isMissingNode())) {
                missing.add(name + " has no example of its request");
            }
            operation
                    .path("responses")
                    .propertyStream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .forEach(answer -> {
                        var content = answer.getValue().path("content");
                        if (!content.isEmpty()
                                && content.valueStream()
                                        .anyMatch(media -> media.path("example").isMissingNode())) {
                            missing.add(name + " has no example of its answer");
                        }
                    });
            var access = operation.path("x-recado-access");
            if (access.isEmpty()) {
                missing.add(name + " has no access rule");
            }
            boolean open = access.valueStream().anyMatch(role -> role.asString().equals("everyone"));
            if (!open && operation.path("responses").path("401").isMissingNode()) {
                missing.add(name + " does not name its problems");
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void only_known_roles_guard_operations() {
        var known = Arrays.stream(Allow.values())
                .map(allow -> allow.name().toLowerCase(Locale.ROOT))
                .toList();
        forEachOperation(
                clinics.anonymous().get("/v3/api-docs").json(),
                (name, operation) -> assertThat(
                                operation.path("x-recado-access").valueStream().map(JsonNode::asString))
                        .as(name)
                        .isSubsetOf(known));
    }

    static void forEachOperation(JsonNode document, java.util.function.BiConsumer<String, JsonNode> visit) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> visit.accept(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
    }
}
