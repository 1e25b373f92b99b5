package app.recado.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person (or nobody) calling the API over HTTP. Immutable: {@code with} answers another caller. Every answer is held
 * against the API's contract.
 */
public final class Api {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final Map<String, String> headers;

    public Api(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** An answer as it came. {@code json} is a missing node when the body is not JSON. */
    public record Answer(int status, Map<String, java.util.List<String>> headers, String text, JsonNode json) {

        public @Nullable String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }

        /** The problem code, or null when the answer is no problem. */
        public @Nullable String code() {
            return json.path("code").isString() ? json.path("code").asString() : null;
        }

        public UUID id() {
            return UUID.fromString(json.path("id").asString());
        }

        /** The version, as If-Match wants it. */
        public String etag() {
            return String.valueOf(header("ETag"));
        }

        /** The text at a JSON pointer. */
        public String at(String pointer) {
            return json.at(pointer).asString();
        }
    }

    public Api with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    public Api ifMatch(String etag) {
        return with("If-Match", etag);
    }

    public Api key(String idempotencyKey) {
        return with("Idempotency-Key", idempotencyKey);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** Sends a new Idempotency-Key unless one was chosen. {@code body} is a Map, a record or raw JSON text. */
    public Answer post(String path, @Nullable Object body) {
        var caller = headers.containsKey("Idempotency-Key")
                ? this
                : key(UUID.randomUUID().toString());
        return caller.send("POST", path, body);
    }

    public Answer put(String path, @Nullable Object body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, @Nullable Object body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends exactly this; {@code path} may be relative to the base or absolute from the server's root ({@code //…}). */
    public Answer send(String method, String path, @Nullable Object body) {
        var uri = path.startsWith("//") ? URI.create(base).resolve(path.substring(1)) : URI.create(base + path);
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
        headers.forEach(request::header);
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(bytes(body)));
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var answer = new Answer(
                    response.statusCode(), response.headers().map(), response.body(), parse(response.body()));
            ContractCheck.check(method, uri, answer);
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Object body) {
        return switch (body) {
            case byte[] raw -> raw;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> JSON.writeValueAsBytes(body);
        };
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
        } catch (tools.jackson.core.JacksonException e) {
            return JSON.missingNode();
        }
    }
}
