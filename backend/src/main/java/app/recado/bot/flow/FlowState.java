package app.recado.bot.flow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands: stored between turns. Answers belong to a patient and are never printed.
 *
 * @param node the one that waits
 * @param retries how often it was not understood there
 * @param trail nodes that waited before, the latest last, for "back"
 * @param answers what was asked for, by name
 * @param asking what an action asks at this moment; null when the node itself asks
 */
public record FlowState(
        String node,
        int retries,
        List<String> trail,
        Map<String, String> answers,
        @Nullable Asking asking) {

    public FlowState {
        trail = List.copyOf(trail);
        answers = Map.copyOf(answers);
    }

    /**
     * What an action asks.
     *
     * @param stage what is to be chosen
     * @param choices in the order in which they were said
     * @param visitId the visit that was chosen; null before
     * @param serviceId the service that was chosen; null before
     * @param chosen the time that was chosen, as its choice is called; null before
     * @param from how many free times were shown before these
     */
    public record Asking(
            Stage stage,
            List<Choice> choices,
            @Nullable String visitId,
            @Nullable String serviceId,
            @Nullable String chosen,
            int from) {
        public Asking {
            choices = List.copyOf(choices);
        }
    }

    /** What an action wants to know. */
    public enum Stage {
        VISIT,
        SERVICE,
        TIME,
        YES_OR_NO;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Something to choose. @param id what is kept of it @param label as it was said */
    public record Choice(String id, String label) {}

    @Override
    public String toString() {
        return "FlowState[node=" + node + "]";
    }
}
