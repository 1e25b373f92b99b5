package app.recado.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider's server as far as one test needs it: it keeps what it was asked and answers what the test says, in turn. */
public final class StubProvider implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Answer> script = new ArrayDeque<>();
    private volatile @Nullable Function<Asked, Answer> always;

    /** A request as it arrived. */
    public record Asked(String method, String path, Map<String, List<String>> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public @Nullable String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** An answer; a null body hangs up after the request was read, as a dying server does. */
    public record Answer(int status, byte @Nullable [] body, Map<String, String> headers) {
        public static Answer json(int status, String body) {
            return new Answer(
                    status, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }

        public static Answer hangUp() {
            return new Answer(0, null, Map.of());
        }
    }

    public StubProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public StubProvider answers(int status, String json) {
        return then(Answer.json(status, json));
    }

    public StubProvider then(Answer answer) {
        synchronized (script) {
            script.add(answer);
        }
        return this;
    }

    /** Answers whatever the script does not. */
    public void always(Function<Asked, Answer> answer) {
        this.always = answer;
    }

    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    public Asked last() {
        return asked().getLast();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            asked.add(request);
            Answer answer;
            synchronized (script) {
                answer = script.poll();
            }
            if (answer == null) {
                answer = always == null ? Answer.json(500, "{}") : always.apply(request);
            }
            var body = answer.body();
            if (body == null) {
                return;
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
