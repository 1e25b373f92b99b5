package app.recado.whatsapp.engines;

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

/** A provider's server as far as one test needs it: it keeps what it was asked and answers what the test says, in turn. */
final class StubProvider implements AutoCloseable {

    private final HttpServer server;
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Answer> script = new ArrayDeque<>();
    private volatile @Nullable Function<Asked, Answer> always;

    /** A request as it arrived. */
    record Asked(String method, String path, Map<String, List<String>> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return LineCredentials.Codec.tree(body);
        }

        @Nullable String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** An answer; a null body hangs up after the request was read, as a dying server does. */
    record Answer(int status, byte @Nullable [] body, Map<String, String> headers) {
        static Answer json(int status, String body) {
            return new Answer(
                    status, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }

        static Answer hangUp() {
            return new Answer(0, null, Map.of());
        }
    }

    StubProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    StubProvider answers(int status, String json) {
        return then(Answer.json(status, json));
    }

    StubProvider then(Answer answer) {
        synchronized (script) {
            script.add(answer);
        }
        return this;
    }

    /** Answers whatever the script does not. */
    void always(Function<Asked, Answer> answer) {
        this.always = answer;
    }

    List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    Asked last() {
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
