package app.recado.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The linked-device gateway's side of the protocol, without WhatsApp behind it: it keeps commands as the real one does,
 * and does to them what a test says. One per test run; tests meet only lines of their own.
 */
public final class FakeGateway {

    public static final String TOKEN = "test-gateway-token";

    /** Base64 of the key events are signed with. */
    public static final String EVENTS_SECRET = "dGVzdC1ldmVudHMtc2VjcmV0LTAxMjM0NTY3ODlhYmNk";

    /** What the phone is told to type, for any number. */
    public static final String PAIRING_CODE = "SECRET42";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final FakeGateway SHARED = new FakeGateway();

    private final HttpServer server;
    private final Map<UUID, Line> lines = new ConcurrentHashMap<>();
    private final Map<UUID, Command> commands = new ConcurrentHashMap<>();
    private final List<Command> accepted = Collections.synchronizedList(new ArrayList<>());
    private final Set<UUID> awayForLines = ConcurrentHashMap.newKeySet();
    private final Set<UUID> answersGetLost = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> errorsFor = new ConcurrentHashMap<>();
    private volatile @Nullable Runnable beforePut;
    private volatile boolean awayForAll;

    /** A line; the QR is what a test puts there. */
    public static final class Line {
        /** When it got into its state; null where a test does not care: then it counts as just now. */
        public volatile @Nullable String since;

        public volatile String organizationId = "";
        public volatile String state = "stopped";
        public volatile String cause = "never-started";
        public volatile @Nullable String qr;
        public volatile @Nullable String dueAt;
        public volatile boolean typing = true;
        public volatile boolean replacePhone;
        public volatile @Nullable String pairingPhone;

        /** As the last request about this line or one of its messages had it. */
        public volatile @Nullable String traceparent;
    }

    /** A command as it was accepted. {@code puts} counts how often it was handed over. */
    public static final class Command {
        public final UUID lineId;
        public final UUID messageId;
        public final String providerMessageId;
        public final String to;
        public final String text;
        public final JsonNode payload;
        public final String hash;
        public final Instant notAfter;
        /** By {@link System#nanoTime()}. */
        public final long arrivedAt = System.nanoTime();

        public volatile String state = "accepted";
        public volatile @Nullable String reason;
        public volatile int puts = 1;

        Command(UUID lineId, UUID messageId, JsonNode body) {
            this.lineId = lineId;
            this.messageId = messageId;
            this.providerMessageId = body.at("/providerMessageId").asString("");
            this.to = body.at("/payload/to").asString("");
            this.text = body.at("/payload/text").asString("");
            this.payload = body.path("payload");
            this.hash = body.at("/hash").asString("");
            this.notAfter = body.path("notAfter").isString()
                    ? Instant.parse(body.path("notAfter").asString())
                    : Instant.MAX;
        }
    }

    private FakeGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public static FakeGateway shared() {
        return SHARED;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The line, known to the gateway from now on. */
    public Line line(UUID lineId) {
        return lines.computeIfAbsent(lineId, id -> new Line());
    }

    /** Whether it keeps anything of the line. */
    public boolean knows(UUID lineId) {
        return lines.containsKey(lineId);
    }

    /** The gateway does not answer about this line, and does nothing for it. */
    public void isAwayFor(UUID lineId) {
        awayForLines.add(lineId);
    }

    /** The gateway does what it is asked for this line, and its answers get lost on the way. */
    public void losesAnswersFor(UUID lineId) {
        answersGetLost.add(lineId);
    }

    /** Whether it answers when it is asked for all its lines. */
    public void isAway(boolean away) {
        awayForAll = away;
    }

    private List<Map<String, @Nullable Object>> allLines() {
        return lines.entrySet().stream()
                .map(entry -> status(entry.getKey(), entry.getValue()))
                .toList();
    }

    public void isBackFor(UUID lineId) {
        awayForLines.remove(lineId);
        answersGetLost.remove(lineId);
    }

    /** Answers messages to that number with an error, whatever is asked about them, and does nothing with them. */
    public void answersErrorTo(String phone, int status) {
        errorsFor.put(phone, status);
    }

    public void answersAgainTo(String phone) {
        errorsFor.remove(phone);
    }

    /** Runs once, when the next message is handed over and before it is looked at. */
    public void beforeNextPut(Runnable work) {
        beforePut = work;
    }

    /** What was accepted for a line, in order, withdrawn ones included. */
    public List<Command> acceptedFor(UUID lineId) {
        synchronized (accepted) {
            return accepted.stream().filter(c -> c.lineId.equals(lineId)).toList();
        }
    }

    /** What was accepted for all lines, in order. */
    public List<Command> allAccepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    public @Nullable Command command(UUID messageId) {
        return commands.get(messageId);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().split("/");
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, problem("unauthenticated"));
                return;
            }
            if (path.length == 2 && path[1].equals("figures")) {
                if (!awayForAll) {
                    answer(
                            exchange,
                            200,
                            Map.of("startedAt", "2026-11-23T09:00:00Z", "queueDepth", 3, "eventsWaiting", 0));
                }
                return;
            }
            if (path.length < 2 || !path[1].equals("lines")) {
                answer(exchange, 404, problem("not-found"));
                return;
            }
            if (path.length == 2) {
                if (!awayForAll) {
                    answer(exchange, 200, Map.of("items", allLines()));
                }
                return;
            }
            if (path[2].equals("due")) {
                JSON.readTree(exchange.getRequestBody().readAllBytes())
                        .path("items")
                        .forEach(
                                item -> line(UUID.fromString(item.path("lineId").asString())).dueAt =
                                        item.path("dueAt").asString());
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            var lineId = UUID.fromString(path[2]);
            if (awayForLines.contains(lineId)) {
                return; // closing without an answer is what a dying process does
            }
            var known = lines.get(lineId);
            if (known != null) {
                known.traceparent = exchange.getRequestHeaders().getFirst("traceparent");
            }
            var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            var reply = reply(exchange.getRequestMethod(), path, lineId, body);
            if (!answersGetLost.contains(lineId)) {
                answer(exchange, reply.status(), reply.body());
            }
        }
    }

    private record Reply(int status, Map<String, @Nullable Object> body) {}

    private Reply reply(String method, String[] path, UUID lineId, JsonNode body) {
        if (path.length == 4 && method.equals("POST") && !path[3].equals("pairing-code")) {
            return act(path[3], lineId, body);
        }
        if (path.length == 3 && method.equals("DELETE")) {
            return forget(lineId);
        }
        var line = lines.get(lineId);
        if (line == null) {
            return new Reply(404, problem("line-unknown"));
        }
        if (path.length == 4) {
            return path[3].equals("settings") ? settings(lineId, line, body) : pairingCode(lineId, line, body);
        }
        if (path.length == 3) {
            return new Reply(200, status(lineId, line));
        }
        var messageId = UUID.fromString(path[4]);
        return switch (method) {
            case "PUT" -> put(lineId, messageId, body);
            case "DELETE" -> delete(lineId, messageId);
            default -> new Reply(404, problem("not-found"));
        };
    }

    private Reply forget(UUID lineId) {
        var line = lines.get(lineId);
        if (line != null && line.state.equals("linked")) {
            return new Reply(409, problem("line-linked"));
        }
        lines.remove(lineId);
        return new Reply(204, Map.of());
    }

    private Reply act(String action, UUID lineId, JsonNode body) {
        var line = line(lineId);
        switch (action) {
            case "start" -> {
                line.organizationId = body.path("organizationId").asString("");
                line.replacePhone = body.path("replacePhone").asBoolean(false);
                line.state = "starting";
                line.cause = "none";
            }
            case "stop" -> {
                line.state = "stopped";
                line.cause = "stopped-here";
            }
            default -> {
                line.state = "stopped";
                line.cause = "logged-out-here";
            }
        }
        return new Reply(202, status(lineId, line));
    }

    private static Reply settings(UUID lineId, Line line, JsonNode body) {
        line.typing = body.path("typing").asBoolean();
        return new Reply(200, status(lineId, line));
    }

    private static Reply pairingCode(UUID lineId, Line line, JsonNode body) {
        if (line.state.equals("linked")) {
            return new Reply(409, problem("line-linked"));
        }
        line.pairingPhone = body.path("phone").asString("");
        line.state = "pairing";
        return new Reply(202, status(lineId, line));
    }

    private Reply put(UUID lineId, UUID messageId, JsonNode body) {
        var work = beforePut;
        if (work != null) {
            beforePut = null;
            work.run();
        }
        var incoming = new Command(lineId, messageId, body);
        if (errorsFor.containsKey(incoming.to)) {
            return new Reply(errorsFor.getOrDefault(incoming.to, 500), problem("internal-error"));
        }
        var known = commands.putIfAbsent(messageId, incoming);
        if (known == null) {
            accepted.add(incoming);
            return new Reply(202, state(incoming));
        }
        known.puts++;
        if (!known.hash.isEmpty() && !known.hash.equals(incoming.hash)) {
            return new Reply(409, problem("command-differs"));
        }
        return new Reply(200, state(known));
    }

    private Reply delete(UUID lineId, UUID messageId) {
        var command = commands.computeIfAbsent(messageId, id -> {
            var tombstone = new Command(lineId, id, JSON.createObjectNode());
            tombstone.state = "withdrawn";
            return tombstone;
        });
        if (command.state.equals("accepted")) {
            command.state = "withdrawn";
        }
        return new Reply(command.state.equals("withdrawn") ? 200 : 409, state(command));
    }

    private static Map<String, @Nullable Object> state(Command command) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("messageId", command.messageId.toString());
        body.put("state", command.state);
        body.put("reason", command.reason);
        return body;
    }

    private static Map<String, @Nullable Object> status(UUID lineId, Line line) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("lineId", lineId.toString());
        body.put("organizationId", line.organizationId);
        body.put("network", "simulator");
        body.put("state", line.state);
        body.put("cause", line.cause);
        body.put("since", line.since);
        body.put("nextAttemptAt", null);
        body.put("phone", line.state.equals("linked") ? "+5491150000000" : null);
        body.put("profileName", null);
        body.put("platform", null);
        body.put("qr", line.qr == null ? null : Map.of("value", line.qr, "expiresAt", "2026-11-23T12:01:00Z"));
        body.put(
                "pairingCode",
                line.pairingPhone == null || !line.state.equals("pairing")
                        ? null
                        : Map.of("value", PAIRING_CODE, "expiresAt", "2026-11-23T12:02:00Z"));
        return body;
    }

    private static Map<String, @Nullable Object> problem(String code) {
        return new LinkedHashMap<>(Map.of("code", code));
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        if (status == 204) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Signs a delivery as the gateway does. */
    public static String signature(String id, long timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(EVENTS_SECRET), "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
