package app.recado.whatsapp.engines;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a provider's webhook tells, in one language for all of them. */
sealed interface Said {

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
            @Nullable Instant at) implements Said {}

    /**
     * Somebody wrote.
     *
     * @param phone the other side in E.164; null when only an opaque identity is known
     * @param chatId the chat as the provider names it
     * @param chatKind {@code direct}, {@code group}, {@code status} or {@code other}
     * @param fromMe written on the clinic's own phone
     * @param quoted the provider's id of the message it answers or reacts to
     */
    record Message(
            String providerId,
            @Nullable String phone,
            String chatId,
            String chatKind,
            @Nullable String senderName,
            boolean fromMe,
            Instant at,
            String kind,
            @Nullable String text,
            @Nullable String quoted,
            @Nullable Media media,
            @Nullable Place place,
            List<Card> contacts,
            @Nullable Choice choice)
            implements Said {

        /** Names, numbers and words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Message[kind=" + kind + "]";
        }
    }

    /**
     * What a message consists of, before it is known whose it is.
     *
     * @param about the message a reaction, an edit or a deletion is about
     */
    record Content(
            String kind,
            @Nullable String text,
            @Nullable String about,
            @Nullable Media media,
            @Nullable Place place,
            List<Card> cards,
            @Nullable Choice choice) {

        static Content text(String kind, @Nullable String text) {
            return new Content(kind, text, null, null, null, List.of(), null);
        }

        /** A button or an entry of a list: its title are the words. */
        static Content chosen(@Nullable String id, @Nullable String title) {
            var choice = id == null ? null : new Choice(id, title);
            return new Content("text", title, null, null, null, List.of(), choice);
        }

        /** The words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Content[kind=" + kind + "]";
        }
    }

    /** @param reference how to ask the provider for it: an id or an address */
    record Media(
            String reference,
            @Nullable String contentType,
            @Nullable String fileName) {
        @Override
        public String toString() {
            return "Media[contentType=" + contentType + "]";
        }
    }

    /** Degrees, WGS 84. */
    record Place(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address) {
        @Override
        public String toString() {
            return "Place";
        }
    }

    /** @param phones E.164 */
    record Card(String name, List<String> phones) {
        @Override
        public String toString() {
            return "Card";
        }
    }

    /** A button or a list's row that was tapped. */
    record Choice(String id, @Nullable String title) {
        @Override
        public String toString() {
            return "Choice";
        }
    }

    /** The line itself changed. */
    record Line(Provider.Standing standing) implements Said {}

    /** A code to scan. A credential: never printed, never stored. */
    record Qr(String value, @Nullable String pairingCode) implements Said {
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
