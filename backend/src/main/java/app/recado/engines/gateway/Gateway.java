package app.recado.engines.gateway;

import app.recado.kernel.trace.Traces;
import app.recado.kernel.web.TraceIds;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.EngineSurvey;
import app.recado.whatsapp.EngineUnavailable;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.LineStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The linked-device gateway over HTTP. */
@Component
class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GatewaySettings settings;
    private final Traces traces;
    private final HttpClient http;
    private volatile boolean reachable = true;

    Gateway(GatewaySettings settings, Traces traces) {
        this.settings = settings;
        this.traces = traces;
        // A Node server that also serves WebSockets answers the upgrade that HTTP/2 begins with by hanging up.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    private record Answer(int status, JsonNode json) {

        String code() {
            return String.valueOf(GatewayJson.optionalText(json, "code"));
        }
    }

    /** Whether the last call was answered. */
    boolean reachable() {
        return reachable;
    }

    /** The line as it is now, QR included; empty when it was never started. */
    Optional<GatewayLine> status(UUID lineId) throws EngineUnavailable {
        var answer = call("GET", "/lines/" + lineId, null);
        return switch (answer.status()) {
            case 200 -> Optional.of(read(answer));
            case 404 -> Optional.empty();
            default -> throw unexpected(answer);
        };
    }

    /** All lines it knows, without codes for pairing. */
    List<LineStatus> all() throws EngineUnavailable {
        var answer = call("GET", "/lines", null);
        if (answer.status() != 200) {
            throw unexpected(answer);
        }
        try {
            return answer.json()
                    .path("items")
                    .valueStream()
                    .map(GatewayJson::lineStatus)
                    .toList();
        } catch (GatewayJson.Unreadable e) {
            throw new EngineUnavailable("It answered 200 with " + e.getMessage());
        }
    }

    /** What waits at the gateway, over all lines. */
    EngineSurvey.GatewayFigures figures() throws EngineUnavailable {
        var answer = call("GET", "/figures", null);
        if (answer.status() != 200) {
            throw unexpected(answer);
        }
        try {
            var json = answer.json();
            return new EngineSurvey.GatewayFigures(
                    GatewayJson.instant(json, "startedAt"),
                    GatewayJson.number(json, "queueDepth"),
                    GatewayJson.number(json, "eventsWaiting"),
                    GatewayJson.optionalInstant(json, "oldestEventAt"));
        } catch (GatewayJson.Unreadable e) {
            throw new EngineUnavailable("It answered 200 with " + e.getMessage());
        }
    }

    /** Tells when lines have something to send: after a restart of the gateway those come first. */
    void due(Map<UUID, Instant> next) throws EngineUnavailable {
        var items = next.entrySet().stream()
                .map(entry -> Map.of(
                        "lineId",
                        entry.getKey().toString(),
                        "dueAt",
                        entry.getValue().toString()))
                .toList();
        var answer = call("PUT", "/lines/due", Map.of("items", items));
        if (answer.status() != 204) {
            throw unexpected(answer);
        }
    }

    /** Opens the line's connection, or offers codes.
     *
     * @param replacePhone another number than the line's own may be linked */
    Optional<GatewayLine> start(UUID organizationId, UUID lineId, boolean replacePhone) throws EngineUnavailable {
        var body = new LinkedHashMap<String, Object>();
        body.put("organizationId", organizationId.toString());
        if (replacePhone) {
            body.put("replacePhone", true);
        }
        return ask("POST", lineId, "start", body);
    }

    Optional<GatewayLine> stop(UUID lineId) throws EngineUnavailable {
        return ask("POST", lineId, "stop", null);
    }

    Optional<GatewayLine> logOut(UUID lineId) throws EngineUnavailable {
        return ask("POST", lineId, "log-out", null);
    }

    /** Asks the network for a code to type into the phone with this number; the line must have been started once. */
    Optional<GatewayLine> pairingCode(UUID lineId, String phone) throws EngineUnavailable {
        return ask("POST", lineId, "pairing-code", Map.of("phone", phone));
    }

    /** Has it keep nothing of the line.
     *
     * @return false while a phone is linked: it is logged out first */
    boolean forget(UUID lineId) throws EngineUnavailable {
        var answer = call("DELETE", "/lines/" + lineId, null);
        return switch (answer.status()) {
            case 204 -> true;
            case 409 -> false;
            default -> throw unexpected(answer);
        };
    }

    Optional<GatewayLine> settings(UUID lineId, boolean typing) throws EngineUnavailable {
        return ask("PUT", lineId, "settings", Map.of("typing", typing));
    }

    /** Empty when the gateway refuses, for the reason logged. */
    private Optional<GatewayLine> ask(String method, UUID lineId, String action, @Nullable Object body)
            throws EngineUnavailable {
        var answer = call(method, "/lines/" + lineId + "/" + action, body);
        return switch (answer.status()) {
            case 200, 202 -> Optional.of(read(answer));
            case 404, 409 -> {
                LOG.warn("Line {} cannot {}: {}", lineId, action, answer.code());
                yield Optional.empty();
            }
            default -> throw unexpected(answer);
        };
    }

    /** Hands a message over; the same again changes nothing. */
    LineEngine.HandOffAnswer submit(Command command) throws EngineUnavailable {
        var body = new LinkedHashMap<String, Object>();
        body.put("providerMessageId", command.providerMessageId());
        body.put("payload", GatewayCommand.wire(command));
        body.put("hash", GatewayCommand.hash(command));
        body.put("notAfter", command.notAfter().toString());
        var answer = call("PUT", path(command.lineId(), command.messageId()), body, command.messageId());
        return switch (answer.status()) {
            case 200, 202 ->
                new LineEngine.HandOffAnswer.Taken(
                        readState(answer), GatewayJson.optionalText(answer.json(), "reason"));
            case 404 -> new LineEngine.HandOffAnswer.LineUnknown();
            case 409 -> new LineEngine.HandOffAnswer.Differs();
            case 400, 413, 422 -> new LineEngine.HandOffAnswer.Refused(answer.code());
            case 503 -> throw unexpected(answer);
            default -> {
                if (answer.status() < 500) {
                    throw unexpected(answer);
                }
                // An error about this message: others of the line may fare better.
                LOG.error("The gateway answered {} {} to a message", answer.status(), answer.code());
                yield new LineEngine.HandOffAnswer.Failing();
            }
        };
    }

    LineEngine.WithdrawAnswer withdraw(UUID lineId, UUID messageId) throws EngineUnavailable {
        var answer = call("DELETE", path(lineId, messageId), null, messageId);
        return switch (answer.status()) {
            case 200 -> new LineEngine.WithdrawAnswer.Withdrawn();
            case 404 -> new LineEngine.WithdrawAnswer.LineUnknown();
            case 409 ->
                new LineEngine.WithdrawAnswer.TooLate(
                        readState(answer), GatewayJson.optionalText(answer.json(), "reason"));
            default -> throw unexpected(answer);
        };
    }

    private static String path(UUID lineId, UUID messageId) {
        return "/lines/" + lineId + "/commands/" + messageId;
    }

    private static GatewayLine read(Answer answer) throws EngineUnavailable {
        try {
            return GatewayJson.line(answer.json());
        } catch (GatewayJson.Unreadable e) {
            throw new EngineUnavailable("It answered " + answer.status() + " with " + e.getMessage());
        }
    }

    private static CommandState readState(Answer answer) throws EngineUnavailable {
        try {
            return GatewayJson.commandState(answer.json());
        } catch (GatewayJson.Unreadable e) {
            throw new EngineUnavailable("It answered " + answer.status() + " with " + e.getMessage());
        }
    }

    private static EngineUnavailable unexpected(Answer answer) {
        LOG.error("The gateway answered {} {}", answer.status(), answer.code());
        return new EngineUnavailable("It answered " + answer.status());
    }

    private Answer call(String method, String path, @Nullable Object body) throws EngineUnavailable {
        return call(method, path, body, null);
    }

    private Answer call(String method, String path, @Nullable Object body, @Nullable UUID messageId)
            throws EngineUnavailable {
        var work = messageId == null ? null : messageId.toString().replace("-", "");
        try (var span = traces.calling("gateway", method, work)) {
            var answer = exchange(method, path, body, messageId, span);
            span.answered(answer.status());
            return answer;
        }
    }

    private Answer exchange(
            String method, String path, @Nullable Object body, @Nullable UUID messageId, Traces.Begun span)
            throws EngineUnavailable {
        var request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(settings.requestTimeout())
                .header("Authorization", "Bearer " + settings.token())
                .header("Accept", "application/json, application/problem+json");
        TraceIds.traceparent(messageId).ifPresent(parent -> request.header("traceparent", parent));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        }
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var bytes = answer.body();
            // What stands between us and the gateway answers errors in its own words.
            var json = bytes.length == 0 || answer.statusCode() >= 500
                    ? JSON.createObjectNode()
                    : GatewayJson.parse(bytes);
            reachable = true;
            return new Answer(answer.statusCode(), json);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            reachable = false;
            span.failed();
            throw new EngineUnavailable(e.getClass().getSimpleName(), true);
        } catch (IOException | GatewayJson.Unreadable e) {
            reachable = false;
            span.failed();
            throw new EngineUnavailable(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailable("Interrupted");
        }
    }
}
