package app.recado.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a due message may go. */
public sealed interface Verdict {

    /**
     * It may.
     *
     * @param text what it says; null for a picture, a place or a card without words
     * @param phone E.164
     * @param language the language the text is in
     * @param notAfter the gateway must not send it later: it would be useless or fall into quiet hours
     */
    record Send(@Nullable String text, String phone, String language, Instant notAfter) implements Verdict {

        /** Words and number belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Send[notAfter=" + notAfter + "]";
        }
    }

    /** It must never go; the reason is a code such as {@code opted-out}. */
    record Suppress(String reason) implements Verdict {}

    /** Its subject has moved on. */
    record Superseded() implements Verdict {}

    /** It is of no use any more. */
    record Expired() implements Verdict {}

    /** Not before that instant; the reason is a code such as {@code quiet-hours}. */
    record Later(Instant at, String reason) implements Verdict {}
}
