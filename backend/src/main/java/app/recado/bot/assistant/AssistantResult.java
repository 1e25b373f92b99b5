package app.recado.bot.assistant;

import java.util.List;
import java.util.UUID;

/**
 * What came of a turn with a model.
 *
 * @param end how it ended
 * @param usage what it took
 */
public record AssistantResult(End end, Usage usage) {

    /** How a turn ends. None of them changes the agenda. */
    public sealed interface End {}

    /** Words for the patient. @param cited which facts they rest on */
    public record Answered(String text, List<UUID> cited) implements End {
        public Answered {
            cited = List.copyOf(cited);
        }

        @Override
        public String toString() {
            return "Answered";
        }
    }

    /** A change that the patient is asked about. */
    public record Proposed(Proposal proposal) implements End {}

    /** A person goes on. @param cause a code */
    public record HandedOver(String cause) implements End {}

    /** It is not about the clinic. */
    public record OffTopic() implements End {}

    /** The server's own judgement of their message ended it before the model was asked. */
    public record Screened(MessageScreen.Finding finding) implements End {}

    /** What the model said is not passed on. @param cause a code that says which check refused it */
    public record Withheld(String cause) implements End {}

    /** The model did not answer. @param cause a code; @param again whether a second attempt may help */
    public record Failed(String cause, boolean again) implements End {}

    /** A tool that was called. @param outcome a code */
    public record Called(String tool, String outcome) {}

    /**
     * What a turn took.
     *
     * @param calls of the model
     * @param inputTokens as the model counts, or a quarter of the characters where it does not say
     * @param outputTokens likewise
     * @param millis until it ended
     */
    public record Usage(int calls, long inputTokens, long outputTokens, long millis, List<Called> tools) {
        public static final Usage NONE = new Usage(0, 0, 0, 0, List.of());

        public Usage {
            tools = List.copyOf(tools);
        }
    }
}
