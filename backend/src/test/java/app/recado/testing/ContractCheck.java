package app.recado.testing;

import app.recado.devstack.Folders;
import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds every answer of the API that a test sees against {@code docs/api/openapi.json}: status, media type, body, and of
 * a problem whether the operation names its code. What is not in the document, such as webhooks, is left alone.
 */
final class ContractCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final OpenApiInteractionValidator validator;
    private final Map<Pattern, JsonNode> paths = new LinkedHashMap<>();

    private ContractCheck() {
        try {
            var text = Files.readString(Folders.root().resolve("docs/api/openapi.json"));
            validator = OpenApiInteractionValidator.createForInlineApiSpecification(text)
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.response.body.missing", ValidationReport.Level.IGNORE)
                            // The library knows top-level domains by a list that has no .example.
                            .withLevel("validation.response.body.schema.format.email", ValidationReport.Level.IGNORE)
                            .build())
                    .build();
            // Addresses without variables first: of two that match, the document means that one.
            JSON.readTree(text)
                    .path("paths")
                    .propertyStream()
                    .sorted(java.util.Comparator.comparing(path -> path.getKey().contains("{")))
                    .forEach(path -> paths.put(pattern(path.getKey()), path.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                Pattern.compile("\\{[^}]+}").matcher(Pattern.quote(template)).replaceAll("\\\\E[^/]+\\\\Q"));
    }

    /** Fails the test when the answer is not one that the document describes. */
    static void check(String method, URI address, Api.Answer answer) {
        // While the document is written anew, the old one says nothing.
        if (!Boolean.getBoolean("recado.regenerate")) {
            Shared.CHECK.compare(method, address.getRawPath(), answer);
        }
    }

    /** Read once, at the first answer. */
    private static final class Shared {
        static final ContractCheck CHECK = new ContractCheck();
    }

    private void compare(String method, String path, Api.Answer answer) {
        operation(method, path).ifPresent(operation -> {
            var report = validator.validateResponse(path, Request.Method.valueOf(method), response(answer));
            var wrong = report.getMessages().stream()
                    .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                    .map(message -> message.getKey() + ": " + message.getMessage())
                    .collect(Collectors.joining("\n  "));
            if (wrong.isEmpty()) {
                wrong = unnamedProblem(operation, answer) + unnamedETag(operation, answer);
            }
            if (!wrong.isEmpty()) {
                throw new AssertionError(
                        "%s %s answered %d, which docs/api/openapi.json does not describe (./dev api):\n  %s"
                                .formatted(method, operation.path("operationId").asString(), answer.status(), wrong));
            }
        });
    }

    private Optional<JsonNode> operation(String method, String path) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .map(entry -> entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private static String unnamedProblem(JsonNode operation, Api.Answer answer) {
        var code = answer.status() < 400 ? null : answer.code();
        if (code == null) {
            return "";
        }
        var responses = operation.path("responses");
        boolean named = java.util.stream.Stream.of(String.valueOf(answer.status()), "default")
                .flatMap(status ->
                        responses.path(status).path("x-recado-problems").valueStream())
                .anyMatch(listed -> listed.asString().equals(code));
        return named ? "" : "the problem " + code + " is not among those it names";
    }

    /** The other direction, that a named one is there, the library sees. */
    private static String unnamedETag(JsonNode operation, Api.Answer answer) {
        boolean named = operation
                .path("responses")
                .path(String.valueOf(answer.status()))
                .path("headers")
                .has("ETag");
        return answer.header("ETag") == null || named ? "" : "it carries an ETag";
    }

    private static SimpleResponse response(Api.Answer answer) {
        var response = new SimpleResponse.Builder(answer.status());
        answer.headers().forEach(response::withHeader);
        if (!answer.text().isEmpty()) {
            response.withBody(answer.text());
        }
        return response.build();
    }
}
