package app.recado.bot;

import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowState;
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
}
