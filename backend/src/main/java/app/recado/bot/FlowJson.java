package app.recado.bot;

import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Flows and where sessions stand, as they are kept. */
final class FlowJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FlowJson() {}

    static String text(FlowDocument document) {
        return JSON.writeValueAsString(document);
    }

    static FlowDocument document(String json) {
        return JSON.readValue(json, FlowDocument.class);
    }

    static String text(FlowState state) {
        return JSON.writeValueAsString(state);
    }

    static FlowState state(String json) {
        return JSON.readValue(json, FlowState.class);
    }

    /** Where a trial stands, in a form that nobody is tempted to read or to change. */
    static String opaque(FlowState state) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text(state).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws IllegalArgumentException for what was never given out
     * @throws tools.jackson.core.JacksonException likewise
     */
    static FlowState ofOpaque(String state) {
        return state(new String(Base64.getUrlDecoder().decode(state), StandardCharsets.UTF_8));
    }
}
