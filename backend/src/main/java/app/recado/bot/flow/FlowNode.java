package app.recado.bot.flow;

import app.recado.kernel.json.OneLine;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a flow; {@code kind} says which of these it is. Where one leads to is the id of another. Nothing is left out: what
 * nobody said yet is empty.
 */
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

    /** The same, or nothing while nobody said. */
    String ID_OR_NONE = "([a-z0-9][a-z0-9-]{0,39})?";

    /** Unique within the flow. */
    String id();

    /** Where it leads to, in its order; null stands where nobody said yet. */
    default List<@Nullable String> exits() {
        return switch (this) {
            case Message message -> list(message.next());
            case Menu menu -> list(menu.options().stream().map(Option::next).toArray(String[]::new));
            case Question question -> list(question.next());
            case Condition condition -> list(condition.yes(), condition.no());
            case Action action -> list(action.next(), action.otherwise());
            case Jump jump -> list(jump.target());
            case HandOver handOver -> List.of();
            case End end -> List.of();
        };
    }

    private static @Nullable String given(String id) {
        return id.isEmpty() ? null : id;
    }

    private static List<@Nullable String> list(String... exits) {
        var given = new ArrayList<@Nullable String>();
        for (var exit : exits) {
            given.add(given(exit));
        }
        return Collections.unmodifiableList(given);
    }

    /**
     * Says something and goes on.
     *
     * @param id unique within the flow
     * @param text what is said
     * @param next where it goes on; empty while nobody said
     */
    @Schema(name = "FlowMessage")
    record Message(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts text,

            @Schema(example = "book") @NotNull @Pattern(regexp = ID_OR_NONE) String next)
            implements FlowNode {}

    /**
     * Asks to choose: by number everywhere, by button as well where the line has some.
     *
     * @param id unique within the flow
     * @param text what is said
     * @param options at most nine, so that a digit names each
     */
    @Schema(name = "FlowMenu")
    record Menu(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts text,
            @NotNull @Size(max = 9) List<@NotNull @Valid Option> options)
            implements FlowNode {}

    /**
     * One of a menu's.
     *
     * @param id unique within the flow
     * @param label what it is called
     * @param words what chooses it as well, beside its number and its label
     * @param next where it goes on; empty while nobody said
     */
    @Schema(name = "FlowOption")
    record Option(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts label,
            @NotNull @Size(max = 20) List<@NotNull @Size(min = 1, max = 60) String> words,

            @Schema(example = "book") @NotNull @Pattern(regexp = ID_OR_NONE) String next) {}

    /**
     * Asks for something of a kind and keeps it under a name for as long as the session lasts.
     *
     * @param id unique within the flow
     * @param text what is said
     * @param answer what counts as an answer
     * @param name by which later nodes know it
     * @param choices what may be answered, for {@code choice} alone; empty otherwise
     * @param invalid what is said to anything else; empty for Recado's own sentence
     * @param next where it goes on; empty while nobody said
     */
    @Schema(name = "FlowQuestion")
    record Question(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts text,
            @NotNull AnswerType answer,

            @Schema(example = "color") @NotNull @Pattern(regexp = ID) String name,

            @NotNull @Size(max = 9) List<@NotNull @Valid Answer> choices,
            @NotNull @Valid FlowTexts invalid,

            @Schema(example = "book") @NotNull @Pattern(regexp = ID_OR_NONE) String next)
            implements FlowNode {}

    /**
     * One of the answers to a question.
     *
     * @param id what is kept
     * @param label what it is called
     */
    @Schema(name = "FlowAnswer")
    record Answer(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts label) {}

    /**
     * Goes one way or the other.
     *
     * @param id unique within the flow
     * @param test what is looked at
     * @param value what it is compared with: a language for {@code language}, an answer for {@code answer}, a tag for {@code
     *     tag}, the id of an insurance for {@code insurance}; empty otherwise
     * @param name the answer's name, for {@code answer} alone; empty otherwise
     * @param yes where it goes on when it is so
     * @param no where it goes on when it is not
     */
    @Schema(name = "FlowCondition")
    record Condition(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull Test test,

            @Schema(example = "es") @NotNull @Size(max = 100) String value,

            @Schema(example = "color") @NotNull @Pattern(regexp = ID_OR_NONE) String name,

            @Schema(example = "book") @NotNull @Pattern(regexp = ID_OR_NONE) String yes,

            @Schema(example = "hand-over") @NotNull @Pattern(regexp = ID_OR_NONE) String no)
            implements FlowNode {}

    /**
     * Does something for them. Whatever changes the agenda or their data is said back first and done only after a yes.
     *
     * @param id unique within the flow
     * @param action what is done
     * @param text what is asked before a consent, empty for Recado's own sentence; what is said with a place or a file or before
     *     a ticket's number, empty for nothing; empty for everything else
     * @param healthcareServiceIds which services may be chosen; empty for all
     * @param locationIds which places are sent; empty for the main one
     * @param files which files are sent, in their order
     * @param details what of their data is updated, each by an answer
     * @param next where it goes on when it was done
     * @param otherwise where it goes on when it was not: nothing suited, they said no, it is not possible for them
     */
    @Schema(name = "FlowAction")
    record Action(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull ActionKind action,
            @NotNull @Valid FlowTexts text,
            @NotNull @Size(max = 50) List<@NotNull UUID> healthcareServiceIds,
            @NotNull @Size(max = 5) List<@NotNull UUID> locationIds,
            @NotNull @Size(max = 3) List<@NotNull @Valid SentFile> files,
            @NotNull @Size(max = 4) List<@NotNull @Valid UpdatedDetail> details,

            @Schema(example = "book") @NotNull @Pattern(regexp = ID_OR_NONE) String next,

            @Schema(example = "hand-over") @NotNull @Pattern(regexp = ID_OR_NONE) String otherwise)
            implements FlowNode {}

    /** An action without places, files and data. */
    static Action agenda(
            String id,
            ActionKind action,
            FlowTexts text,
            List<UUID> healthcareServiceIds,
            String next,
            String otherwise) {
        return new Action(id, action, text, healthcareServiceIds, List.of(), List.of(), List.of(), next, otherwise);
    }

    /**
     * A file that was uploaded to be sent.
     *
     * @param mediaId by which it was uploaded
     * @param name as the patient sees it
     */
    @Schema(name = "FlowFile")
    record SentFile(
            @NotNull UUID mediaId,

            @Schema(example = "Preparacion.pdf") @NotBlank @OneLine @Size(max = 200) String name) {}

    /**
     * Something of a patient's data and the answer that says it.
     *
     * @param detail what
     * @param answer the answer's name; empty while nobody said
     */
    @Schema(name = "FlowUpdatedDetail")
    record UpdatedDetail(
            @NotNull Detail detail,

            @Schema(example = "email") @NotNull @Pattern(regexp = ID_OR_NONE) String answer) {}

    /** What of their data patients may update. An e-mail address replaces another; the others fill what is empty. */
    @Schema(name = "FlowDetail")
    enum Detail {
        EMAIL,
        BIRTH_DATE,
        GIVEN_NAME,
        FAMILY_NAME;

        @JsonValue
        public String wireName() {
            return wire(this);
        }
    }

    /**
     * Leaves it to a person.
     *
     * @param id unique within the flow
     * @param text what is said; empty for Recado's own sentence
     */
    @Schema(name = "FlowHandOver")
    record HandOver(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts text) implements FlowNode {}

    /**
     * Goes on elsewhere in the flow.
     *
     * @param id unique within the flow
     * @param target where
     */
    @Schema(name = "FlowJump")
    record Jump(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @Schema(example = "menu") @NotNull @Pattern(regexp = ID_OR_NONE) String target)
            implements FlowNode {}

    /**
     * Ends the session.
     *
     * @param id unique within the flow
     * @param text what is said; empty for nothing
     */
    @Schema(name = "FlowEnd")
    record End(
            @Schema(example = "menu") @NotNull @Pattern(regexp = ID) String id,

            @NotNull @Valid FlowTexts text) implements FlowNode {}

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
        ANSWER,
        /** The only patient of this number has the tag. */
        TAG,
        /** The only patient of this number is covered by the insurance. */
        INSURANCE;

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
        CONSENT,
        UPDATE_DATA,
        SEND_PLACE,
        SEND_FILE,
        /** What they want of the clinic gets a number, and somebody is called. */
        OPEN_TICKET;

        @JsonValue
        public String wireName() {
            return wire(this);
        }
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
