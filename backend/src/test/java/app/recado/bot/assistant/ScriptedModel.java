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

/** A model's server that speaks the wire formats of OpenAI, Anthropic and Gemini and says what a test wrote down, well or badly. */
public final class ScriptedModel implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StubProvider server = new StubProvider();
    private final Deque<String> steps = new ArrayDeque<>();
    private final Deque<String> judgements = new ArrayDeque<>();
    private volatile @Nullable Runnable before;

    public ScriptedModel() {
        server.always(asked -> {
            if (asked.path().endsWith("/moderations")) {
                synchronized (judgements) {
                    return judged(judgements.isEmpty() ? "pass" : judgements.poll());
                }
            }
            var pause = before;
            if (pause != null) {
                pause.run();
            }
            String step;
            synchronized (steps) {
                step = steps.isEmpty() ? "status 500" : steps.poll();
            }
            return answer(step, asked.path());
        });
    }

    /** Where it is reached, as it is configured. */
    public String url() {
        return server.url() + "/v1";
    }

    /** What it says of the next messages: {@code pass}, {@code flag} with categories, or as a model badly: {@code status, raw, hang-up}. */
    public ScriptedModel judges(String... next) {
        synchronized (judgements) {
            judgements.addAll(Arrays.asList(next));
        }
        return this;
    }

    /** What it does next, one step per call: {@code text, call, status, raw, cut, hang-up}. */
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
        return server.asked().size() - judged().size();
    }

    /** What it was asked to judge, in its order. */
    public List<JsonNode> judged() {
        return server.asked().stream()
                .filter(asked -> asked.path().endsWith("/moderations"))
                .map(StubProvider.Asked::json)
                .toList();
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

    /** A header of what it was sent last; null when there was none. */
    public @Nullable String lastHeader(String name) {
        return server.last().header(name);
    }

    /** The path that was asked last. */
    public String lastPath() {
        return server.last().path();
    }

    private static Answer judged(String step) {
        var parts = step.split(" ", 2);
        if (!parts[0].equals("pass") && !parts[0].equals("flag")) {
            return answer(step, "/moderations");
        }
        var categories = new LinkedHashMap<String, Object>();
        var scores = new LinkedHashMap<String, Object>();
        for (var category : List.of(
                "harassment",
                "harassment/threatening",
                "hate",
                "illicit",
                "self-harm",
                "self-harm/intent",
                "sexual",
                "violence",
                "violence/graphic")) {
            boolean flagged = parts.length == 2 && List.of(parts[1].split(" ")).contains(category);
            categories.put(category, flagged);
            scores.put(category, flagged ? 0.97 : 0.01);
        }
        return Answer.json(
                200,
                JSON.writeValueAsString(Map.of(
                        "id",
                        "modr-1",
                        "model",
                        "scripted-moderation",
                        "results",
                        List.of(Map.of(
                                "flagged",
                                parts[0].equals("flag"),
                                "categories",
                                categories,
                                "category_scores",
                                scores)))));
    }

    private static Answer answer(String step, String path) {
        var parts = step.split(" ", 2);
        var rest = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "text" -> said(path, rest, null, "stop");
            case "cut" -> said(path, rest, null, "length");
            case "call" -> said(path, null, rest.split(" ", 2), "tool_calls");
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
            case "hang-up" -> Answer.hangUp();
            default -> throw new IllegalArgumentException("No such step: " + step);
        };
    }

    /** @param call a tool's name and its arguments; null for words */
    private static Answer said(String path, @Nullable String text, String @Nullable [] call, String reason) {
        if (path.endsWith("/messages")) {
            return anthropic(text, call, reason);
        }
        if (path.endsWith(":generateContent")) {
            return gemini(text, call, reason);
        }
        return said(message(text, call == null ? null : Map.of("name", call[0], "arguments", call[1])), reason);
    }

    private static Answer anthropic(@Nullable String text, String @Nullable [] call, String reason) {
        var block = new LinkedHashMap<String, Object>();
        if (call == null) {
            block.put("type", "text");
            block.put("text", String.valueOf(text));
        } else {
            block.put("type", "tool_use");
            block.put("id", "toolu_1");
            block.put("name", call[0]);
            block.put("input", JSON.readTree(call[1]));
        }
        var message = new LinkedHashMap<String, @Nullable Object>();
        message.put("id", "msg_1");
        message.put("type", "message");
        message.put("role", "assistant");
        message.put("model", "scripted");
        message.put("content", List.of(block));
        message.put("stop_reason", call != null ? "tool_use" : reason.equals("length") ? "max_tokens" : "end_turn");
        message.put("stop_sequence", null);
        message.put("usage", Map.of("input_tokens", 1000, "output_tokens", 100));
        return Answer.json(200, JSON.writeValueAsString(message));
    }

    private static Answer gemini(@Nullable String text, String @Nullable [] call, String reason) {
        var part = call == null
                ? Map.of("text", String.valueOf(text))
                : Map.of("functionCall", Map.of("name", call[0], "args", JSON.readTree(call[1])));
        return Answer.json(
                200,
                JSON.writeValueAsString(Map.of(
                        "candidates",
                        List.of(Map.of(
                                "content",
                                Map.of("role", "model", "parts", List.of(part)),
                                "finishReason",
                                reason.equals("length") ? "MAX_TOKENS" : "STOP",
                                "index",
                                0)),
                        "usageMetadata",
                        Map.of("promptTokenCount", 1000, "candidatesTokenCount", 100, "totalTokenCount", 1100),
                        "modelVersion",
                        "scripted",
                        "responseId",
                        "r1")));
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
