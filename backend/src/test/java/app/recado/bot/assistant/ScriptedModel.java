package app.recado.bot.assistant;

import app.recado.testing.StubProvider;
import app.recado.testing.StubProvider.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model's server that speaks OpenAI's wire format and says what a test wrote down, well or badly. */
public final class ScriptedModel implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StubProvider server = new StubProvider();
    private final Deque<String> steps = new ArrayDeque<>();
    private volatile @Nullable Runnable before;

    public ScriptedModel() {
        server.always(asked -> {
            var pause = before;
            if (pause != null) {
                pause.run();
            }
            String step;
            synchronized (steps) {
                step = steps.isEmpty() ? "status 500" : steps.poll();
            }
            return answer(step);
        });
    }

    /** Where it is reached, as it is configured. */
    public String url() {
        return server.url() + "/v1";
    }

    /** What it does next, one step per call: {@code text, call, status, raw, cut}. */
    public ScriptedModel then(String... next) {
        synchronized (steps) {
            steps.addAll(Arrays.asList(next));
        }
        return this;
    }

    /** Forgets what it did not say. */
    public void reset() {
        synchronized (steps) {
            steps.clear();
        }
    }

    /** What happens before each answer, for example waiting. */
    public void before(@Nullable Runnable pause) {
        this.before = pause;
    }

    /** How often it was asked. */
    public int calls() {
        return server.asked().size();
    }

    /** What it was sent last. */
    public JsonNode lastRequest() {
        return server.last().json();
    }

    /** All that it was ever sent. */
    public String everything() {
        return String.join(
                "\n", server.asked().stream().map(StubProvider.Asked::text).toList());
    }

    public @Nullable String lastAuthorization() {
        return server.last().header("Authorization");
    }

    /** As {@link #lastAuthorization}, for a server that may not have been asked. */
    public String lastAuthorizationOr(String otherwise) {
        return calls() == 0 || lastAuthorization() == null ? otherwise : String.valueOf(lastAuthorization());
    }

    private static Answer answer(String step) {
        var parts = step.split(" ", 2);
        var rest = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "text" -> said(message(rest, null), "stop");
            case "cut" -> said(message(rest, null), "length");
            case "call" -> {
                var call = rest.split(" ", 2);
                yield said(message(null, Map.of("name", call[0], "arguments", call[1])), "tool_calls");
            }
            case "status" ->
                new Answer(
                        Integer.parseInt(rest),
                        "{\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}".getBytes(StandardCharsets.UTF_8),
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Location",
                                "http://127.0.0.1:1/",
                                "Retry-After",
                                "1"));
            case "raw" -> Answer.json(200, rest);
            default -> throw new IllegalArgumentException("No such step: " + step);
        };
    }

    private static Map<String, @Nullable Object> message(
            @Nullable String text, @Nullable Map<String, String> function) {
        var message = new LinkedHashMap<String, @Nullable Object>();
        message.put("role", "assistant");
        message.put("content", text);
        if (function != null) {
            message.put("tool_calls", List.of(Map.of("id", "call_1", "type", "function", "function", function)));
        }
        return message;
    }

    private static Answer said(Map<String, @Nullable Object> message, String reason) {
        return Answer.json(
                200,
                JSON.writeValueAsString(Map.of(
                        "id",
                        "chatcmpl-1",
                        "object",
                        "chat.completion",
                        "created",
                        1764000000,
                        "model",
                        "scripted",
                        "choices",
                        List.of(Map.of("index", 0, "message", message, "finish_reason", reason)),
                        "usage",
                        Map.of("prompt_tokens", 1000, "completion_tokens", 100, "total_tokens", 1100))));
    }

    @Override
    public void close() {
        server.close();
    }
}
