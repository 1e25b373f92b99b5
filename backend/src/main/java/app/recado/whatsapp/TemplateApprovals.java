package app.recado.whatsapp;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands texts to a line's provider for approval and asks what became of them. Calls go over the network: never inside a
 * transaction. A repeated call is the same submission: names are given once.
 */
public interface TemplateApprovals {

    /**
     * A text to be approved.
     *
     * @param name lower-case letters, digits and underscores; no other template of the account has it
     * @param language as Meta writes it, for example {@code es_AR}
     * @param body with numbered variables
     * @param examples what may stand for each
     * @param buttons quick replies below it; {@code id} is what they say to us
     */
    record Draft(
            String name,
            String language,
            TemplateCategory category,
            String body,
            List<String> examples,
            List<Payload.Button> buttons) {

        public Draft {
            examples = List.copyOf(examples);
            buttons = List.copyOf(buttons);
        }
    }

    /** What a call came to. */
    sealed interface Answer {

        /** The provider has it. @param providerId its id there */
        record Known(String providerId, TemplateStanding standing) implements Answer {}

        /** It was written down there and is handed in with the next call. @param providerId its id there */
        record Written(String providerId) implements Answer {}

        /** The provider has no such template. */
        record Unknown() implements Answer {}

        /** The provider does not take it. */
        record Refused(String reason, @Nullable String detail) implements Answer {}

        /** No answer now; a code of the self-test. */
        record Later(String code) implements Answer {}
    }

    /** Hands it in. @param providerId the provider's id when it was written down there before; else null */
    Answer submit(UUID lineId, Draft draft, @Nullable String providerId);

    /** Asks what became of it. @param providerId the provider's id; null where it is known by its name alone */
    Answer ask(UUID lineId, String name, @Nullable String language, @Nullable String providerId);
}
