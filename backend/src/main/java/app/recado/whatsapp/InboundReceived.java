package app.recado.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wrote to the clinic, called it, or took back what they wrote; or the clinic did so on its own phone. The same
 * whatever engine told it. Heard inside the transaction that stores the engine's event.
 *
 * @param eventId the same however often the engine tells it
 * @param providerMessageId unique only within the chat
 * @param sender who wrote it: in a direct chat the other side, unless it is the clinic's own
 * @param fromMe typed on the clinic's own phone
 * @param sentAt when it was written, as the network tells; whole seconds. Orders messages that arrive late
 * @param offline it waited at the network, or on the phone, while the line was away
 */
public record InboundReceived(
        UUID eventId,
        UUID lineId,
        String providerMessageId,
        Chat chat,
        Sender sender,
        boolean fromMe,
        Instant sentAt,
        boolean offline,
        Content content) {

    /** {@link Content#kind()}. */
    public String kind() {
        return content.kind();
    }

    /** {@link Content#text()}. */
    public @Nullable String text() {
        return content.text();
    }

    /** {@link Content#quotedProviderMessageId()}. */
    public @Nullable String quotedProviderMessageId() {
        return content.quotedProviderMessageId();
    }

    /** {@link Content#targetProviderMessageId()}. */
    public @Nullable String targetProviderMessageId() {
        return content.targetProviderMessageId();
    }

    /** The same with other content. */
    public InboundReceived with(Content other) {
        return new InboundReceived(eventId, lineId, providerMessageId, chat, sender, fromMe, sentAt, offline, other);
    }

    /** An edit of something that never came, as the message it would have been. */
    public InboundReceived asFirstSeen() {
        var target = content.targetProviderMessageId();
        return new InboundReceived(
                eventId,
                lineId,
                target == null ? providerMessageId : target,
                chat,
                sender,
                fromMe,
                sentAt,
                offline,
                Content.of("text", text()).quoting(quotedProviderMessageId()));
    }

    /** Whom a direct chat is with. */
    public ContactIds other() {
        return fromMe || !chat.other().nobody() ? chat.other() : sender.ids();
    }

    /**
     * What was said, whatever wrapper it came in.
     *
     * @param kind {@code text}, {@code image}, {@code audio}, {@code video}, {@code document}, {@code sticker}, {@code
     *     location}, {@code contact}, {@code reaction}, {@code edit}, {@code delete}, {@code call}, {@code unavailable},
     *     {@code identity-changed} or {@code other}
     * @param text the words, a caption, a reaction's emoji (null when it was taken back) or an edit's new words
     * @param targetProviderMessageId what a reaction stands on, an edit changes, a deletion takes back; null otherwise
     * @param quotedProviderMessageId the message it answers; null when it quotes none
     * @param media a picture, a voice note, a document that is still to be fetched; null when there is none
     * @param location a place; null when there is none
     * @param contacts cards of people; empty when there are none
     * @param choice the button or list entry that was tapped, its title being the words; null when none was
     * @param call how somebody called; null unless it is a call
     * @param stub why nothing can be shown; null unless it is {@code unavailable}
     * @param change who somebody is now; null unless they changed their number or identity
     */
    public record Content(
            String kind,
            @Nullable String text,
            @Nullable String targetProviderMessageId,
            @Nullable String quotedProviderMessageId,
            @Nullable IncomingMedia media,
            @Nullable Location location,
            List<ContactCard> contacts,
            @Nullable Choice choice,
            @Nullable Call call,
            @Nullable Stub stub,
            @Nullable IdentityChange change) {

        public Content {
            contacts = List.copyOf(contacts);
        }

        /** Nothing but words. */
        public static Content of(String kind, @Nullable String text) {
            return new Content(kind, text, null, null, null, null, List.of(), null, null, null, null);
        }

        /** A button or an entry of a list: its title are the words. */
        public static Content chosen(@Nullable String id, @Nullable String title) {
            var text = of("text", title);
            return id == null ? text : text.with(new Choice(id));
        }

        /** A reaction, an edit or a deletion of another message. */
        public static Content about(String kind, @Nullable String text, @Nullable String target) {
            return new Content(kind, text, target, null, null, null, List.of(), null, null, null, null);
        }

        public static Content called(boolean video, boolean missed) {
            var call = new Call(video, missed);
            return new Content("call", null, null, null, null, null, List.of(), null, call, null, null);
        }

        public static Content unavailable(String reason) {
            return new Content(
                    "unavailable", null, null, null, null, null, List.of(), null, null, new Stub(reason), null);
        }

        public static Content changed(IdentityChange change) {
            return new Content("identity-changed", null, null, null, null, null, List.of(), null, null, null, change);
        }

        public Content quoting(@Nullable String id) {
            return id == null ? this : copy(text, id, media, location, contacts, choice);
        }

        public Content with(@Nullable IncomingMedia holding) {
            return copy(text, quotedProviderMessageId, holding, location, contacts, choice);
        }

        public Content with(Choice tapped) {
            return copy(text, quotedProviderMessageId, media, location, contacts, tapped);
        }

        public Content with(Location place) {
            return copy(text, quotedProviderMessageId, media, place, contacts, choice);
        }

        public Content with(List<ContactCard> cards) {
            return copy(text, quotedProviderMessageId, media, location, cards, choice);
        }

        /** The same about another message. */
        public Content about(@Nullable String target, @Nullable String quoted) {
            return new Content(kind, text, target, quoted, media, location, contacts, choice, call, stub, change);
        }

        private Content copy(
                @Nullable String words,
                @Nullable String quoted,
                @Nullable IncomingMedia file,
                @Nullable Location place,
                List<ContactCard> cards,
                @Nullable Choice tapped) {
            return new Content(
                    kind, words, targetProviderMessageId, quoted, file, place, cards, tapped, call, stub, change);
        }

        /** The words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Content[kind=" + kind + "]";
        }
    }

    /**
     * Media as its sender describes it; what it is, {@link MediaFetched} says.
     *
     * @param id under which it will be reported
     * @param size bytes
     */
    public record IncomingMedia(
            UUID id,
            String kind,
            @Nullable String contentType,
            @Nullable Long size,
            @Nullable String fileName) {}

    /** What was tapped. @param id as whoever sent the buttons called it; {@link AnswerIds} when that was Recado */
    public record Choice(String id) {}

    /** A place. Degrees, WGS 84. */
    public record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address) {
        @Override
        public String toString() {
            return "Location";
        }
    }

    /**
     * A person's card.
     *
     * @param phones E.164
     */
    public record ContactCard(String name, List<String> phones) {
        public ContactCard {
            phones = List.copyOf(phones);
        }

        @Override
        public String toString() {
            return "ContactCard";
        }
    }

    /**
     * A call to the clinic's number.
     *
     * @param missed nobody took it
     */
    public record Call(boolean video, boolean missed) {}

    /**
     * Something arrived that only the phone can show.
     *
     * @param reason {@code view-once}, {@code not-decrypted}, {@code not-sent} or {@code not-supported}
     */
    public record Stub(String reason) {}

    /** Somebody has another number or identity; what was known before stands as the sender. @param to the new ones */
    public record IdentityChange(ContactIds to) {}

    /**
     * Where it was written.
     *
     * @param kind {@code direct}, {@code group}, {@code status}, {@code newsletter} or {@code other}
     * @param id the chat's id at the network
     * @param other the other side of a direct chat
     */
    public record Chat(String kind, String id, ContactIds other) {

        /** A chat of the clinic with one person. */
        public boolean isDirect() {
            return kind.equals("direct");
        }

        @Override
        public String toString() {
            return "Chat[kind=" + kind + "]";
        }
    }

    /** Who wrote it. @param name as they call themselves; null when they do not */
    public record Sender(ContactIds ids, @Nullable String name) {
        @Override
        public String toString() {
            return "Sender";
        }
    }

    /** Names, numbers and words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "InboundReceived[eventId=" + eventId + ", lineId=" + lineId + ", kind=" + kind() + "]";
    }
}
