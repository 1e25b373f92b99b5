package app.recado.bot.flow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that was heard.
 *
 * @param steps what happened, in order
 * @param said what is said, in order
 * @param state where it stands; null when it is over
 * @param ending why it is over; null while it goes on
 */
public record FlowTurn(
        List<Step> steps,
        List<Utterance> said,
        @Nullable FlowState state,
        @Nullable Ending ending) {

    public FlowTurn {
        steps = List.copyOf(steps);
        said = List.copyOf(said);
    }

    /** Why a session is over. */
    @Schema(name = "FlowEnding")
    public enum Ending {
        /** It came to its end. */
        COMPLETED,
        /** A person goes on. */
        HANDED_OVER,
        /** Nobody answered. */
        TIMED_OUT,
        /** Somebody of the clinic wrote or took the conversation, or an answer to a notice came between. */
        LEFT;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Ending of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** What happened in a step. */
    @Schema(name = "FlowStepKind")
    public enum Kind {
        BEGAN,
        HEARD,
        NOT_UNDERSTOOD,
        SAID,
        ASKED,
        BRANCHED,
        ACTED,
        NOT_DONE,
        HANDED_OVER,
        ENDED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * A step.
     *
     * @param kind what happened
     * @param node where; null where no node is meant
     * @param cause a code that says why or what: a trigger, an option's id, an action and what came of it. Never somebody's
     *     words
     */
    @Schema(name = "FlowStep")
    public record Step(
            Kind kind,
            @Schema(example = "menu") @Nullable String node,
            @Schema(example = "book") @Nullable String cause) {}

    /**
     * Something that is said.
     *
     * @param text what is said; what stands below a file, and what a place is called, with its address
     * @param buttons what may be tapped instead of typing a number; empty for none
     * @param list what opens them as a list, where they are too many or too long to stand as buttons; null for buttons
     * @param place a place on the map; null for none
     * @param file a picture or a file; null for none
     */
    @Schema(name = "FlowSaid")
    public record Utterance(
            @Schema(example = "¿En qué te ayudo?") String text,
            List<Button> buttons,
            @Schema(example = "Opciones") @Nullable String list,
            @Nullable SaidPlace place,
            @Nullable SaidFile file) {
        public Utterance {
            buttons = List.copyOf(buttons);
        }

        /** Words alone. */
        public Utterance(String text, List<Button> buttons) {
            this(text, buttons, null);
        }

        /** Words alone. @param list what opens the choices; null where they are buttons */
        public Utterance(String text, List<Button> buttons, @Nullable String list) {
            this(text, buttons, list, null, null);
        }

        /** Whether it is words that others may follow in one message. */
        @JsonIgnore
        public boolean onlyWords() {
            return place == null && file == null;
        }

        @Override
        public String toString() {
            return "Utterance";
        }
    }

    /**
     * A place that is sent as one: degrees, WGS 84.
     *
     * @param name what it is called
     * @param address null when nobody said
     * @param latitude degrees
     * @param longitude degrees
     */
    @Schema(name = "FlowSaidPlace")
    public record SaidPlace(
            @Schema(example = "Nueva Córdoba") String name,
            @Schema(example = "Bv. San Juan 500") @Nullable String address,
            @Schema(example = "-31.42") double latitude,
            @Schema(example = "-64.19") double longitude) {}

    /**
     * A file that is sent.
     *
     * @param mediaId by which it was uploaded
     * @param name as the patient sees it
     */
    @Schema(name = "FlowSaidFile")
    public record SaidFile(
            UUID mediaId,
            @Schema(example = "Preparacion.pdf") String name) {}

    /**
     * A button.
     *
     * @param id what comes back when it is tapped
     * @param title what stands on it
     */
    @Schema(name = "FlowButton")
    public record Button(
            @Schema(example = "menu:book") String id,
            @Schema(example = "Sacar turno") String title) {}
}
