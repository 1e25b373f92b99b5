package app.recado.devstack;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP/1.1 to servers on this machine. */
final class Http {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * Whether each request has a connection of its own: {@code ./dev} lets commands say so that take servers out one by one.
     * The JDK reads the same property, and refuses the header without it.
     */
    static final boolean SINGLE_USE = "connection".equals(System.getProperty("jdk.httpclient.allowRestrictedHeaders"));

    private Http() {}

    /**
     * One answer.
     *
     * @param body the parsed body; a missing node when there was none or it was not JSON
     * @param location of a created resource, or empty
     * @param retryAfter how long a busy server wants to be left alone
     */
    record Answer(int status, JsonNode body, String location, String etag, Duration retryAfter) {
        boolean ok() {
            return status / 100 == 2;
        }

        /** The last segment of {@link #location}: the id of what was created. */
        String createdId() {
            return location.substring(location.lastIndexOf('/') + 1);
        }

        Answer orFail(String what) {
            if (!ok()) {
                throw new DevstackException("%s: %d %s".formatted(what, status, body));
            }
            return this;
        }
    }

    static Answer send(
            String method, String url, @Nullable String token, Map<String, String> headers, @Nullable Object body) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        if (SINGLE_USE) {
            request.header("Connection", "close");
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        return exchange(request.build());
    }

    static Answer post(String url, Map<String, String> form) {
        var encoded = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return exchange(HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded))
                .build());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Answer exchange(HttpRequest request) {
        var answer = once(request);
        for (var tries = 0; answer.status() == 429 && tries < 30; tries++) {
            LockSupport.parkNanos(answer.retryAfter().toNanos());
            answer = once(request);
        }
        return answer;
    }

    private static Answer once(HttpRequest request) {
        try {
            var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    parse(response.body()),
                    response.headers().firstValue("Location").orElse(""),
                    response.headers().firstValue("ETag").orElse(""),
                    Duration.ofSeconds(
                            response.headers().firstValueAsLong("Retry-After").orElse(1)));
        } catch (IOException e) {
            throw new DevstackException(
                    "%s %s did not answer: %s".formatted(request.method(), request.uri(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("Interrupted while waiting for " + request.uri(), e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }
}
