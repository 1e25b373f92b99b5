package app.recado.sdk;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A refusal, or an answer that is none of Recado's. Decide by the code, and by the status for codes that you do not know. */
public final class RecadoProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int status;
    private final @Nullable String code;
    private final transient JsonNode problem;

    private RecadoProblem(String path, int status, @Nullable String code, JsonNode problem) {
        // The address without its query; bodies stay out of messages because those are logged.
        super(path + " answered " + status + (code == null ? "" : " " + code));
        this.status = status;
        this.code = code;
        this.problem = problem;
    }

    static RecadoProblem of(String path, int status, byte[] body) {
        JsonNode problem;
        try {
            problem = JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException noJson) {
            problem = JSON.createObjectNode();
        }
        var code = problem.path("code").asString("");
        return new RecadoProblem(path, status, code.isEmpty() ? null : code, problem);
    }

    public int status() {
        return status;
    }

    /** For example {@code slot-taken}; null when something in between answered. */
    public @Nullable String code() {
        return code;
    }

    /** All that was said, for example {@code conflicts} and {@code freeSlots} of {@code slot-taken}; empty when something in between answered. */
    public JsonNode problem() {
        return problem;
    }

    /** Finds the request in Recado's logs; null when something in between answered. */
    public @Nullable String traceId() {
        var id = problem.path("traceId").asString("");
        return id.isEmpty() ? null : id;
    }
}
