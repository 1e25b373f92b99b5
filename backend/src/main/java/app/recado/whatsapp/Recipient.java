package app.recado.whatsapp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for, as one text that is the same for every message of a conversation: a phone in E.164 where one is
 * known, otherwise the identity by which the line's engine knows the person. No text can be taken for one of another kind.
 */
public final class Recipient {

    private static final String LID = "lid:";

    private Recipient() {}

    /**
     * The best address of somebody on a line.
     *
     * @param known what is known of them on that line
     * @param engine the line's
     * @return empty when that engine cannot write to them
     */
    public static Optional<String> of(ContactIds known, LineEngineKind engine) {
        if (known.phone() != null) {
            return Optional.of(known.phone());
        }
        return Optional.ofNullable(
                switch (engine) {
                    case LINKED_DEVICE, EVOLUTION -> known.lid() == null ? null : LID + known.lid();
                    case CLOUD_API, TWILIO -> known.userId();
                });
    }

    /** The same text when it is a phone in E.164; null otherwise. */
    public static @Nullable String phone(@Nullable String recipient) {
        return recipient != null && recipient.startsWith("+") ? recipient : null;
    }

    /** The digits of a LID; null for anything else. */
    public static @Nullable String lid(String recipient) {
        return recipient.startsWith(LID) ? recipient.substring(LID.length()) : null;
    }
}
