package app.recado.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** How requests are sent: real HTTP on the loopback, answered as a test says, and pauses that nobody waits for. */
class RecadoTest {

    private record Asked(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    /** @param status 0 hangs up */
    private record Answer(int status, String body, Map<String, String> headers) {
        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }
    }

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final HttpServer server;
    private String token = "one";
    private int refusals;

    RecadoTest() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        var next = script.isEmpty() ? Answer.of(200, "{}") : script.poll();
        if (next.status() == 0) {
            exchange.close();
            return;
        }
        next.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var bytes = next.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(next.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private RestClient client() {
        var tokens = new TokenSource() {
            @Override
            public String token() {
                return token;
            }

            @Override
            public void refused(String refused) {
                refusals++;
                token = "two";
            }
        };
        var repetition = new Repetition(3, Duration.ofMinutes(1), pauses::add, () -> 0.5);
        return RestClient.builder()
                .baseUrl(address())
                .requestFactory(new JdkClientHttpRequestFactory())
                .requestInterceptor(new Sending(tokens, repetition))
                .build();
    }

    private String post(String path, boolean withKey) {
        return client().method(HttpMethod.POST)
                .uri(path)
                .headers(headers -> {
                    if (withKey) {
                        headers.set("Idempotency-Key", "key-1");
                    }
                })
                .body("{\"note\":\"x\"}")
                .retrieve()
                .body(String.class);
    }

    @Test
    void what_carries_a_key_is_sent_again_the_same_when_nobody_answered() {
        script.add(Answer.of(0, ""));
        script.add(Answer.of(503, "{}"));
        script.add(Answer.of(201, "{\"id\":\"a\"}"));

        assertThat(post("/appointments", true)).contains("\"a\"");

        assertThat(asked).hasSize(3).allSatisfy(one -> {
            assertThat(one.header("Idempotency-Key")).isEqualTo("key-1");
            assertThat(one.body()).isEqualTo("{\"note\":\"x\"}");
        });
        assertThat(pauses).hasSize(2);
    }

    @Test
    void a_change_without_a_key_is_not_sent_twice() {
        script.add(Answer.of(503, "{\"code\":\"gateway-unavailable\"}"));

        assertThatThrownBy(() -> post("/appointments", false))
                .isInstanceOfSatisfying(RecadoProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo("gateway-unavailable"));

        assertThat(asked).hasSize(1);
    }

    @Test
    void a_search_is_sent_again_because_it_changes_nothing() {
        script.add(Answer.of(502, ""));
        assertThat(post("/patients/search", false)).isEqualTo("{}");
        assertThat(asked).hasSize(2);
    }

    @Test
    void whoever_asks_too_often_waits_as_long_as_it_is_told() {
        script.add(new Answer(429, "{}", Map.of(HttpHeaders.RETRY_AFTER, "7")));
        assertThat(post("/appointments", false)).isEqualTo("{}");
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void a_pause_that_is_too_long_is_handed_on() {
        script.add(new Answer(429, "{\"code\":\"too-many-requests\"}", Map.of(HttpHeaders.RETRY_AFTER, "3600")));
        assertThatThrownBy(() -> post("/appointments", false)).isInstanceOf(RecadoProblem.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_token_that_is_refused_is_replaced_once() {
        script.add(Answer.of(401, "{}"));
        assertThat(post("/appointments", false)).isEqualTo("{}");
        assertThat(refusals).isEqualTo(1);
        assertThat(asked.get(0).header("Authorization")).isEqualTo("Bearer one");
        assertThat(asked.get(1).header("Authorization")).isEqualTo("Bearer two");
    }

    @Test
    void a_refusal_says_its_code_and_what_would_be_free_and_its_message_says_nothing_of_a_patient() {
        script.add(Answer.of(409, "{\"code\":\"slot-taken\",\"detail\":\"Ana Núñez\",\"freeSlots\":[{}],\"traceId\":\"t1\"}"));
        assertThatThrownBy(() -> post("/appointments?x=Ana", true)).isInstanceOfSatisfying(RecadoProblem.class, problem -> {
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.code()).isEqualTo("slot-taken");
            assertThat(problem.problem().path("freeSlots").size()).isEqualTo(1);
            assertThat(problem.traceId()).isEqualTo("t1");
            assertThat(problem).hasMessage("/appointments answered 409 slot-taken");
        });
    }

    @Test
    void one_token_serves_until_it_nearly_ends_and_a_wrong_key_says_so() throws IOException {
        var credentials = new ClientCredentials(address() + "/token", "recado-client-1", "secret");
        script.add(Answer.of(200, "{\"access_token\":\"abc\",\"expires_in\":300}"));
        assertThat(credentials.token()).isEqualTo("abc");
        assertThat(credentials.token()).isEqualTo("abc");
        assertThat(asked).singleElement().satisfies(one -> {
            assertThat(one.body()).contains("grant_type=client_credentials").contains("scope=organization%3A*");
            assertThat(one.header("Authorization")).startsWith("Basic ");
        });
        credentials.refused("abc");
        script.add(Answer.of(401, "{\"error\":\"invalid_client\"}"));
        assertThatThrownBy(credentials::token)
                .isInstanceOfSatisfying(SignInException.class, refused -> assertThat(refused.code())
                        .isEqualTo("invalid_client"));
        assertThat(credentials.toString()).doesNotContain("secret");
    }
}
