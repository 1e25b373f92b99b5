package app.recado.testing;

import app.recado.devstack.Folders;
import com.atlassian.oai.validator.OpenApiInteractionValidator.SpecSource;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.interaction.response.ResponseValidator;
import com.atlassian.oai.validator.model.ApiOperation;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.atlassian.oai.validator.schema.ValidationConfiguration;
import com.atlassian.oai.validator.util.OpenApiLoader;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Ids tell no operation from another. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String ANY_ID = "00000000-0000-0000-0000-000000000000";

    /** More than the document has: made once, a schema is kept. */
    private static final int SCHEMAS = 20_000;

    private final ResponseValidator validator;
    private final ApiOperationResolver operations;
    private final Map<Pattern, JsonNode> paths = new LinkedHashMap<>();

    /** By method and address. To look one up, the library and this class go through all addresses of the document. */
    private final Map<String, Optional<Operation>> known = new ConcurrentHashMap<>();

    /** An operation as the library reads it, and as it is written. */
    private record Operation(ApiOperation read, JsonNode written) {}

    private ContractCheck() {
        try {
            var text = Files.readString(Folders.root().resolve("docs/api/openapi.json"));
            var options = new ParseOptions(); // as the library's own builder sets them
            options.setResolve(true);
            options.setResolveFully(true);
            options.setResolveCombinators(false);
            options.setExplicitObjectSchema(false);
            var api = new OpenApiLoader().loadApi(SpecSource.inline(text), List.of(), options);
            var document = JSON.readTree(text);
            forgetWhatStandsInOperations(api.getComponents(), document);
            var messages = new MessageResolver(LevelResolver.create()
                    .withLevel("validation.response.body.missing", ValidationReport.Level.IGNORE)
                    // The library knows top-level domains by a list that has no .example.
                    .withLevel("validation.response.body.schema.format.email", ValidationReport.Level.IGNORE)
                    .build());
            var schemas = new SchemaValidator(api, messages, new ValidationConfiguration().setMaxCacheSize(SCHEMAS));
            validator = new ResponseValidator(schemas, messages, api, List.of());
            operations = new ApiOperationResolver(api, null, false);
            // Addresses without variables first: of two that match, the document means that one.
            document.path("paths")
                    .propertyStream()
                    .sorted(java.util.Comparator.comparing(path -> path.getKey().contains("{")))
                    .forEach(path -> paths.put(pattern(path.getKey()), path.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The library puts what is referred to in place of each reference, and still copies and changes all the document's
     * schemas for each one it makes, which takes a tenth of a second. It needs those alone that a discriminator names; if it
     * needed another, its report would say so.
     */
    private static void forgetWhatStandsInOperations(Components components, JsonNode document) {
        var schemas = document.at("/components/schemas");
        var kept = new HashSet<String>();
        var next = new ArrayDeque<String>();
        schemas.propertyStream()
                .filter(schema -> !schema.getValue().findValues("discriminator").isEmpty())
                .forEach(schema -> next.add(schema.getKey()));
        while (!next.isEmpty()) {
            var name = next.pop();
            if (kept.add(name)) {
                schemas.path(name)
                        .findValues("$ref")
                        .forEach(reference -> next.add(reference
                                .asString()
                                .substring(reference.asString().lastIndexOf('/') + 1)));
            }
        }
        var needed = new LinkedHashMap<>(components.getSchemas());
        needed.keySet().retainAll(kept);
        components.setSchemas(needed);
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
            var report = validator.validateResponse(response(answer), operation.read());
            var wrong = report.getMessages().stream()
                    .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                    .map(message -> message.getKey() + ": " + message.getMessage())
                    .collect(Collectors.joining("\n  "));
            if (wrong.isEmpty()) {
                wrong = unnamedProblem(operation.written(), answer) + unnamedETag(operation.written(), answer);
            }
            if (!wrong.isEmpty()) {
                throw new AssertionError(
                        "%s %s answered %d, which docs/api/openapi.json does not describe (./dev api):\n  %s"
                                .formatted(
                                        method,
                                        operation.written().path("operationId").asString(),
                                        answer.status(),
                                        wrong));
            }
        });
    }

    private Optional<Operation> operation(String method, String path) {
        var address = ID.matcher(path).replaceAll(ANY_ID);
        return known.computeIfAbsent(
                method + " " + address,
                asked -> paths.entrySet().stream()
                        .filter(entry -> entry.getKey().matcher(address).matches())
                        .map(entry -> entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT)))
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .map(written -> new Operation(
                                operations
                                        .findApiOperation(address, Request.Method.valueOf(method))
                                        .getApiOperation(),
                                written)));
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
