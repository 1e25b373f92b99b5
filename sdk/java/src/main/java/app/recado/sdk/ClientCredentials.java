package app.recado.sdk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens by the key of an API client, as the clinic's owner hands it out. One is kept until it nearly ends, and many requests at
 * once wait for one.
 */
public final class ClientCredentials implements TokenSource {

    /** A token is replaced so long before it ends: a request takes its time. */
    private static final Duration EARLIER = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LIFE_UNLESS_SAID = 60;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI tokenUrl;
    private final String authorization;
    private final Clock clock;
    private final HttpClient http;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Token current;

    /**
     * @param tokenUrl beside the secret: where tokens are asked for
     * @param clientSecret never in an app or a page: whoever has it acts for the clinic
     */
    public ClientCredentials(String tokenUrl, String clientId, String clientSecret) {
        this(tokenUrl, clientId, clientSecret, Clock.systemUTC());
    }

    ClientCredentials(String tokenUrl, String clientId, String clientSecret, Clock clock) {
        this.tokenUrl = URI.create(tokenUrl);
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((encode(clientId) + ":" + encode(clientSecret)).getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
        // A redirect would carry the secret elsewhere.
        this.http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private record Token(String value, Instant until) {}

    @Override
    public String token() throws IOException {
        var known = current;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.value();
        }
        asking.lock();
        try {
            var meanwhile = current;
            if (meanwhile != null && clock.instant().isBefore(meanwhile.until())) {
                return meanwhile.value();
            }
            var next = ask();
            current = next;
            return next.value();
        } finally {
            asking.unlock();
        }
    }

    @Override
    public void refused(String token) {
        var known = current;
        if (known != null && known.value().equals(token)) {
            current = null;
        }
    }

    private Token ask() throws IOException {
        var asked = clock.instant();
        // Without this scope the token names no clinic.
        var form = "grant_type=client_credentials&scope=" + encode("organization:*");
        var request = HttpRequest.newBuilder(tokenUrl)
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            var body = json(answer.body());
            var value = body.path("access_token").asString("");
            if (answer.statusCode() != 200 || value.isEmpty()) {
                var code = body.path("error").asString("");
                throw new SignInException(answer.statusCode(), code.isEmpty() ? null : code);
            }
            var life = Duration.ofSeconds(body.path("expires_in").asLong(LIFE_UNLESS_SAID));
            var shortened = life.minus(EARLIER);
            var half = life.dividedBy(2);
            return new Token(value, asked.plus(shortened.compareTo(half) > 0 ? shortened : half));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while asking for a token");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            return JSON.createObjectNode();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "ClientCredentials[" + tokenUrl + "]";
    }
}
