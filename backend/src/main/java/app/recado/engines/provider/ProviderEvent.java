package app.recado.engines.provider;

import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.InboundReceived.Chat;
import app.recado.whatsapp.InboundReceived.Content;
import app.recado.whatsapp.InboundReceived.Sender;
import app.recado.whatsapp.MessageStatusReported.Charge;
import app.recado.whatsapp.TemplateStanding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a provider's webhook tells, in one language for all of them. */
public sealed interface ProviderEvent {

    /**
     * How far a message came.
     *
     * @param providerId the provider's id of it
     * @param messageId ours, when the provider carries it along; settles a message whose id was never heard
     * @param state a name of {@link app.recado.whatsapp.CommandState}
     * @param at when, or null when the provider does not tell
     * @param charge how it is billed; null when the provider does not tell
     */
    record Status(
            String providerId,
            @Nullable UUID messageId,
            String state,
            @Nullable String reason,
            @Nullable Instant at,
            @Nullable Charge charge)
            implements ProviderEvent {

        public Status(
                String providerId,
                @Nullable UUID messageId,
                String state,
                @Nullable String reason,
                @Nullable Instant at) {
            this(providerId, messageId, state, reason, at, null);
        }
    }

    /**
     * Somebody wrote.
     *
     * @param inbound what is told on, naming other messages by the provider's ids
     * @param reference how to ask the provider for the media announced in it: an id or an address; null when there is none
     */
    record Message(InboundReceived inbound, @Nullable String reference) implements ProviderEvent {

        /** Without media. @param providerId the provider's id of it */
        public static Message of(
                UUID lineId,
                String providerId,
                Chat chat,
                Sender sender,
                boolean fromMe,
                Instant sentAt,
                Content content) {
            var key = lineId + "/" + chat.id() + "/" + providerId;
            var id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
            return new Message(
                    new InboundReceived(id, lineId, providerId, chat, sender, fromMe, sentAt, false, content), null);
        }

        /** With a picture, a voice note or a document to be fetched.
         *
         * @param reference how to ask for it; null for nothing to fetch
         * @param contentType as the sender says
         * @param fileName as the sender calls it */
        public Message holding(@Nullable String reference, @Nullable String contentType, @Nullable String fileName) {
            if (reference == null) {
                return this;
            }
            var key = "media/" + inbound.lineId() + "/" + inbound.chat().id() + "/" + inbound.providerMessageId();
            var media = new InboundReceived.IncomingMedia(
                    UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)),
                    inbound.kind(),
                    contentType,
                    null,
                    fileName);
            return new Message(inbound.with(inbound.content().with(media)), reference);
        }

        /** Names, numbers and words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Message[kind=" + inbound.kind() + "]";
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

    /**
     * The platform did something with a template of the account.
     *
     * @param language as Meta writes it, for example {@code es_AR}
     */
    record Template(String name, String language, TemplateStanding standing, Instant at) implements ProviderEvent {}

    /** A code to scan. A credential: never printed, and stored sealed alone. */
    record Qr(String value, @Nullable String pairingCode) implements ProviderEvent {
        @Override
        public String toString() {
            return "Qr";
        }
    }

    /** A delivery of which nothing is taken. */
    abstract sealed class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String why) {
            super(why);
        }
    }

    /** It is not of this line: another account or number. */
    final class NotOurs extends Refused {
        private static final long serialVersionUID = 1L;

        /** @param what is another one, in a word */
        public NotOurs(String what) {
            super(what);
        }
    }

    /** It is not by whom it pretends to be. */
    final class NotGenuine extends Refused {
        private static final long serialVersionUID = 1L;

        public NotGenuine() {
            super("The signature does not fit");
        }
    }

    /** It cannot be read. */
    final class Unreadable extends Refused {
        private static final long serialVersionUID = 1L;

        public Unreadable() {
            super("The delivery cannot be read");
        }
    }

    /** Reads providers' JSON: forgiving, and mending what PostgreSQL could not store. */
    final class Json {

        /** The longest text WhatsApp carries is 4,096 characters in 65,536 bytes; more is not a person's message. */
        private static final int LONGEST = 65_536;

        private Json() {}

        public static @Nullable String text(JsonNode node, String field) {
            return text(node.path(field));
        }

        public static @Nullable String text(JsonNode value) {
            if (value.isNumber()) {
                return value.asString();
            }
            return value.isString() && !value.asString().isEmpty() ? storable(value.asString()) : null;
        }

        public static @Nullable String storable(@Nullable String text) {
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
        public static @Nullable Instant seconds(JsonNode value) {
            var text = value.isNumber() || value.isString() ? value.asString() : "";
            return text.matches("\\d{1,12}") ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
        }
    }
}
