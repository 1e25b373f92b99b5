package app.recado.bot.flow;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
@Schema(name = "FlowState")
public record FlowState(
        @Schema(example = "menu") @NotNull @Size(max = 40) String node,
        @Schema(example = "0") @Min(0) @Max(10) int retries,
        @NotNull @Size(max = 50) List<@NotNull @Size(max = 40) String> trail,
        @NotNull @Size(max = 100) Map<String, @NotNull @Size(max = 500) String> answers,
        @Nullable @Valid Asking asking) {

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
    @Schema(name = "FlowAsking")
    public record Asking(
            @NotNull Stage stage,
            @NotNull @Size(max = 20) List<@NotNull @Valid Choice> choices,
            @Nullable @Size(max = 100) String visitId,
            @Nullable @Size(max = 100) String serviceId,
            @Nullable @Size(max = 100) String chosen,
            @Min(0) @Max(10_000) int from) {
        public Asking {
            choices = List.copyOf(choices);
        }
    }

    /** What an action wants to know. */
    @Schema(name = "FlowStage")
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
    @Schema(name = "FlowChoice")
    public record Choice(
            @NotNull @Size(max = 100) String id,
            @NotNull @Size(max = 500) String label) {}

    @Override
    public String toString() {
        return "FlowState[node=" + node + "]";
    }
}
