package app.recado.bot.flow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place in a flow; {@code kind} says which of these it is. Where one leads to is the id of another. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FlowNode.Message.class, name = "message"),
    @JsonSubTypes.Type(value = FlowNode.Menu.class, name = "menu"),
    @JsonSubTypes.Type(value = FlowNode.Question.class, name = "question"),
    @JsonSubTypes.Type(value = FlowNode.Condition.class, name = "condition"),
    @JsonSubTypes.Type(value = FlowNode.Action.class, name = "action"),
    @JsonSubTypes.Type(value = FlowNode.HandOver.class, name = "hand-over"),
    @JsonSubTypes.Type(value = FlowNode.Jump.class, name = "jump"),
    @JsonSubTypes.Type(value = FlowNode.End.class, name = "end")
})
public sealed interface FlowNode {

    /** What ids and names of answers look like. */
    String ID = "[a-z0-9][a-z0-9-]{0,39}";

    /** Unique within the flow. */
    String id();

    /** Where it leads to, in its order; null stands where nobody said yet. */
    default List<@Nullable String> exits() {
        return switch (this) {
            case Message message -> list(message.next());
            case Menu menu -> menu.options().stream().<@Nullable String>map(Option::next).toList();
            case Question question -> list(question.next());
            case Condition condition -> list(condition.yes(), condition.no());
            case Action action -> list(action.next(), action.otherwise());
            case Jump jump -> list(jump.target());
            case HandOver handOver -> List.of();
            case End end -> List.of();
        };
    }

    /** {@code List.of} refuses what nobody said yet. */
    private static List<@Nullable String> list(@Nullable String... exits) {
        return Stream.<@Nullable String>of(exits).toList();
    }

    /** Says something and goes on. */
    @Schema(name = "FlowMessage")
    record Message(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull @Valid FlowTexts text,
            @Nullable @Pattern(regexp = ID) String next) implements FlowNode {}

    /**
     * Asks to choose: by number everywhere, by button as well where the line has some.
     *
     * @param options at most nine, so that a digit names each
     */
    @Schema(name = "FlowMenu")
    record Menu(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull @Valid FlowTexts text,
            @NotNull @Size(max = 9) List<@NotNull @Valid Option> options) implements FlowNode {}

    /**
     * One of a menu's.
     *
     * @param words what chooses it as well, beside its number and its label
     */
    @Schema(name = "FlowOption")
    record Option(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull @Valid FlowTexts label,
            @NotNull @Size(max = 20) List<@NotNull @Size(min = 1, max = 60) String> words,
            @Nullable @Pattern(regexp = ID) String next) {}

    /**
     * Asks for something of a kind and keeps it under a name for as long as the session lasts.
     *
     * @param answer what counts as an answer
     * @param name by which later nodes know it
     * @param choices what may be answered, for {@code choice} alone; empty otherwise
     * @param invalid what is said to anything else; null for Recado's own sentence
     */
    @Schema(name = "FlowQuestion")
    record Question(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull @Valid FlowTexts text,
            @NotNull AnswerType answer,
            @NotNull @Pattern(regexp = ID) String name,
            @NotNull @Size(max = 9) List<@NotNull @Valid Answer> choices,
            @Nullable @Valid FlowTexts invalid,
            @Nullable @Pattern(regexp = ID) String next) implements FlowNode {}

    /** One of the answers to a question. @param id what is kept */
    @Schema(name = "FlowAnswer")
    record Answer(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull @Valid FlowTexts label) {}

    /**
     * Goes one way or the other.
     *
     * @param test what is looked at
     * @param value what it is compared with: a language for {@code language}, an answer for {@code answer}; null otherwise
     * @param name the answer's name, for {@code answer} alone; null otherwise
     */
    @Schema(name = "FlowCondition")
    record Condition(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull Test test,
            @Nullable @Size(max = 100) String value,
            @Nullable @Pattern(regexp = ID) String name,
            @Nullable @Pattern(regexp = ID) String yes,
            @Nullable @Pattern(regexp = ID) String no) implements FlowNode {}

    /**
     * Does something with the agenda. Whatever changes it is said back first and done only after a yes.
     *
     * @param text what is asked before a consent; null for Recado's own sentence and for everything else
     * @param healthcareServiceId which service; null to let the patient choose
     * @param next where it goes on when it was done
     * @param otherwise where it goes on when it was not: nothing suited, they said no, it is not possible for them
     */
    @Schema(name = "FlowAction")
    record Action(
            @NotNull @Pattern(regexp = ID) String id,
            @NotNull ActionKind action,
            @Nullable @Valid FlowTexts text,
            @Nullable UUID healthcareServiceId,
            @Nullable @Pattern(regexp = ID) String next,
            @Nullable @Pattern(regexp = ID) String otherwise) implements FlowNode {}

    /** Leaves it to a person. @param text what is said; null for Recado's own sentence */
    @Schema(name = "FlowHandOver")
    record HandOver(
            @NotNull @Pattern(regexp = ID) String id,
            @Nullable @Valid FlowTexts text) implements FlowNode {}

    /** Goes on elsewhere in the flow. */
    @Schema(name = "FlowJump")
    record Jump(
            @NotNull @Pattern(regexp = ID) String id,
            @Nullable @Pattern(regexp = ID) String target) implements FlowNode {}

    /** Ends the session. @param text what is said; null for nothing */
    @Schema(name = "FlowEnd")
    record End(
            @NotNull @Pattern(regexp = ID) String id,
            @Nullable @Valid FlowTexts text) implements FlowNode {}

    /** What counts as an answer. */
    @Schema(name = "FlowAnswerType")
    enum AnswerType {
        TEXT,
        DATE,
        NUMBER,
        /** Of a paper: letters, digits, dots and dashes. */
        IDENTIFIER,
        PHONE,
        CHOICE,
        /** A picture or a file. */
        MEDIA;

        @JsonValue
        public String wireName() {
            return wire(this);
        }
    }

    /** What a condition looks at. */
    @Schema(name = "FlowTest")
    enum Test {
        /** Somebody sees patients at this moment. */
        OPEN,
        /** Exactly one patient is reached at this number. */
        PATIENT_KNOWN,
        HAS_VISIT,
        LANGUAGE,
        ANSWER;

        @JsonValue
        public String wireName() {
            return wire(this);
        }
    }

    /** What an action does. */
    @Schema(name = "FlowActionKind")
    enum ActionKind {
        MY_VISITS,
        CONFIRM,
        MOVE,
        CANCEL,
        BOOK,
        JOIN_WAITLIST,
        CONSENT;

        @JsonValue
        public String wireName() {
            return wire(this);
        }
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
