package app.recado.bot.flow;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flow as it is written. What a published one says never changes; a draft may be incomplete ({@link FlowFaults}).
 *
 * @param languages in which it speaks; whoever wants another hears the first
 * @param triggers what begins it
 * @param rules how patient it is
 * @param start the first node, to which "menu" leads back
 * @param nodes in the order in which they are listed
 * @param positions where nodes are drawn that somebody moved; others, and all where it is left out, have their place from the
 *     order of the flow
 */
@Schema(name = "FlowDocument")
public record FlowDocument(
        @NotNull @Size(min = 1, max = 3) List<@NotNull FlowLanguage> languages,
        @NotNull @Size(max = 20) List<@NotNull @Valid Trigger> triggers,
        @NotNull @Valid Rules rules,

        @Schema(example = "menu") @NotNull @Pattern(regexp = FlowNode.ID) String start,

        @NotNull @Size(max = 200) List<@NotNull @Valid FlowNode> nodes,
        @NotNull @Size(max = 200) List<@NotNull @Valid Position> positions) {

    /** Documents of before it was kept have none. */
    public FlowDocument {
        positions = positions == null ? List.of() : positions;
    }

    /**
     * Where a node is drawn: its left top, in pixels from that of the drawing.
     *
     * @param node its id; of a node that is not there nothing is drawn
     * @param x to the right
     * @param y downwards
     */
    @Schema(name = "FlowPosition")
    public record Position(
            @Schema(example = "menu") @NotNull @Pattern(regexp = FlowNode.ID) String node,

            @Schema(example = "204") @NotNull @Min(-MOST_PIXELS) @Max(MOST_PIXELS) Integer x,

            @Schema(example = "48") @NotNull @Min(-MOST_PIXELS) @Max(MOST_PIXELS) Integer y) {
        private static final int MOST_PIXELS = 20_000;
    }

    /** Empty for ids that no node has. */
    Optional<FlowNode> node(@Nullable String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** What it says when nobody answered; empty when it says nothing. @param wanted BCP 47 */
    public Optional<String> closing(String wanted) {
        var closing = rules.closing();
        return Optional.ofNullable(closing.in(FlowLanguage.of(wanted, languages)))
                .or(() -> Optional.ofNullable(closing.in(languages.getFirst())));
    }

    /**
     * What begins a flow when nothing else goes on.
     *
     * @param on what
     * @param words one of which is the whole message, for {@code keyword}; what stands on a button or what it says to us, for
     *     {@code button}; empty otherwise
     */
    @Schema(name = "FlowTrigger")
    public record Trigger(
            @NotNull On on, @NotNull @Size(max = 50) List<@NotNull @Size(min = 1, max = 60) String> words) {}

    /** In the order in which they win. */
    @Schema(name = "FlowTriggerKind")
    public enum On {
        /** A button was tapped that no flow waits for: of a campaign's template, of a message by another program. */
        BUTTON,
        KEYWORD,
        /** Something was written after a campaign, which was the last that was said to them, or it is quoted. */
        CAMPAIGN_ANSWER,
        /** The first that somebody writes on that line. */
        FIRST_MESSAGE,
        OUTSIDE_HOURS,
        EVERYTHING_ELSE;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it begins by certain words alone. */
        public boolean hasWords() {
            return this == KEYWORD || this == BUTTON;
        }

        /** Whether it begins by something of its own: not by whatever nobody else understood. */
        public boolean byName() {
            return hasWords() || this == CAMPAIGN_ANSWER;
        }
    }

    /**
     * How patient it is.
     *
     * @param answerSeconds for how long it waits at its place: whoever writes later begins anew
     * @param closeSeconds when nothing was said for as long it says goodbye
     * @param closing what it says then; empty to say nothing
     * @param retries how often it asks again before it leaves the answer to a person
     * @param noticeHours how long before a visit it may still be moved or cancelled here
     */
    @Schema(name = "FlowRules")
    public record Rules(
            @Schema(example = "900") @NotNull @Min(60) @Max(86_400) Integer answerSeconds,

            @Schema(example = "1800") @NotNull @Min(60) @Max(86_400) Integer closeSeconds,

            @NotNull @Valid FlowTexts closing,
            @Schema(example = "2") @NotNull @Min(0) @Max(5) Integer retries,

            @Schema(example = "24") @NotNull @Min(0) @Max(720) Integer noticeHours) {

        /** As seed businesses had them: a quarter of an hour to answer, half an hour until goodbye. */
        public static final Rules USUAL = new Rules(900, 1800, FlowTexts.NONE, 2, 24);
    }
}
