package app.recado.messaging;

import app.recado.templates.TemplateFields;
import app.recado.templates.TemplateKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a due message may go. */
public sealed interface Verdict {

    /**
     * It may.
     *
     * @param recipient whom it goes to; see {@link app.recado.whatsapp.Recipient}
     * @param notAfter the gateway must not send it later: it would be useless or fall into quiet hours
     * @param onOtherLine it may leave on another line when its own is down
     * @param joint how it leaves together with others that were looked at with it; null when it leaves by itself
     */
    record Send(
            Content content,
            String recipient,
            Instant notAfter,
            boolean onOtherLine,
            @Nullable Joint joint) implements Verdict {

        /** By itself. */
        public Send(Content content, String recipient, Instant notAfter, boolean onOtherLine) {
            this(content, recipient, notAfter, onOtherLine, null);
        }

        /** By itself, on its own line or not at all. */
        public Send(Content content, String recipient, Instant notAfter) {
            this(content, recipient, notAfter, false);
        }

        /** The same with others. */
        public Send with(Joint together) {
            return new Send(content, recipient, notAfter, onOtherLine, together);
        }

        /** Words and number belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Send[notAfter=" + notAfter + "]";
        }
    }

    /**
     * Several messages to one number that may leave as one, where the text says all they tell.
     *
     * @param lead the one that leaves: of them that with the smallest id, so that whoever locks several locks it first
     * @param companions those it carries
     * @param notAfter the gateway must not send it later
     */
    record Joint(UUID lead, List<UUID> companions, Content.OfOccasion content, Instant notAfter) {

        public Joint {
            companions = List.copyOf(companions);
        }
    }

    /** What it says. Belongs to a patient: never printed. */
    sealed interface Content {

        /**
         * Somebody of the clinic wrote it.
         *
         * @param text null for a picture, a place or a card without words
         * @param language the patient's
         */
        record ByHand(@Nullable String text, String language) implements Content {
            @Override
            public String toString() {
                return "ByHand";
            }
        }

        /**
         * With a template of the clinic's own.
         *
         * @param language the patient's
         */
        record OfTemplate(UUID templateId, String language, TemplateFields fields) implements Content {
            @Override
            public String toString() {
                return "OfTemplate[templateId=" + templateId + "]";
            }
        }

        /**
         * It is worded when it is known on which line it leaves.
         *
         * @param language the patient's
         * @param asks whether an answer is awaited; false when it is known that they come
         */
        record OfOccasion(TemplateKind kind, String language, TemplateFields fields, boolean asks) implements Content {
            @Override
            public String toString() {
                return "OfOccasion[kind=" + kind + "]";
            }
        }
    }

    /** It must never go; the reason is a code such as {@code opted-out}. */
    record Suppress(String reason) implements Verdict {}

    /** Its subject has moved on. */
    record Superseded() implements Verdict {}

    /** It is of no use any more; the reason is a code such as {@code too-late}. */
    record Expired(String reason) implements Verdict {

        /** Its time is over. */
        public static final String TOO_LATE = "too-late";
    }

    /** Not before that instant; the reason is a code such as {@code quiet-hours}. */
    record Later(Instant at, String reason) implements Verdict {}
}
