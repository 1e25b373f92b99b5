package app.recado.whatsapp.engines;

import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived.Chat;
import app.recado.whatsapp.InboundReceived.Content;
import app.recado.whatsapp.InboundReceived.Sender;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a provider's webhook tells, in one language for all of them. */
sealed interface ProviderEvent {

    /**
     * How far a message came.
     *
     * @param providerId the provider's id of it
     * @param messageId ours, when the provider carries it along; settles a message whose id was never heard
     * @param state a name of {@link app.recado.whatsapp.CommandState}
     * @param at when, or null when the provider does not tell
     */
    record Status(
            String providerId,
            @Nullable UUID messageId,
            String state,
            @Nullable String reason,
            @Nullable Instant at) implements ProviderEvent {}

    /**
     * Somebody wrote.
     *
     * @param providerId the provider's id of it
     * @param fromMe written on the clinic's own phone
     * @param content without its file, which has an id of ours only once it is stored
     * @param file a picture, a voice note or a document; null when there is none
     */
    record Message(
            String providerId,
            Chat chat,
            Sender sender,
            boolean fromMe,
            Instant at,
            Content content,
            @Nullable File file)
            implements ProviderEvent {

        /** Names, numbers and words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Message[kind=" + content.kind() + "]";
        }
    }

    /** @param reference how to ask the provider for it: an id or an address */
    record File(
            String reference,
            @Nullable String contentType,
            @Nullable String fileName) {
        @Override
        public String toString() {
            return "File[contentType=" + contentType + "]";
        }
    }

    /** Two or more identities of one person were told together, without a message of theirs. */
    record Identity(ContactIds ids) implements ProviderEvent {}

    /** The line itself changed. */
    record Line(Provider.Standing standing) implements ProviderEvent {}

    /** Somebody told the platform whether they want the clinic's marketing. @param phone E.164 */
    record MarketingPreference(String phone, boolean allowed, Instant at) implements ProviderEvent {

        /** The number belongs to a patient: never printed. */
        @Override
        public String toString() {
            return "MarketingPreference[allowed=" + allowed + "]";
        }
    }

    /** A code to scan. A credential: never printed, never stored. */
    record Qr(String value, @Nullable String pairingCode) implements ProviderEvent {
        @Override
        public String toString() {
            return "Qr";
        }
    }

    /** A webhook that is not of this line: another account or number. Nothing of it is taken. */
    final class NotOurs extends Exception {
        private static final long serialVersionUID = 1L;

        NotOurs(String what) {
            super(what);
        }
    }

    /** Reads providers' JSON: forgiving, and mending what PostgreSQL could not store. */
    final class Json {

        /** The longest text WhatsApp carries is 4,096 characters in 65,536 bytes; more is not a person's message. */
        private static final int LONGEST = 65_536;

        private Json() {}

        static @Nullable String text(JsonNode node, String field) {
            return text(node.path(field));
        }

        static @Nullable String text(JsonNode value) {
            if (value.isNumber()) {
                return value.asString();
            }
            return value.isString() && !value.asString().isEmpty() ? storable(value.asString()) : null;
        }

        static @Nullable String storable(@Nullable String text) {
            if (text == null) {
                return null;
            }
            var mended = new StringBuilder(Math.min(text.length(), LONGEST));
            for (int i = 0; i < text.length() && mended.length() < LONGEST; i++) {
                char c = text.charAt(i);
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (pair) {
                    mended.append(c).append(text.charAt(++i));
                } else {
                    mended.append(c == 0 || Character.isSurrogate(c) ? '\uFFFD' : c);
                }
            }
            return mended.toString();
        }

        /** From seconds since 1970, as text or number; null for anything else. */
        static @Nullable Instant seconds(JsonNode value) {
            var text = value.isNumber() || value.isString() ? value.asString() : "";
            return text.matches("\\d{1,12}") ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
        }

        static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
