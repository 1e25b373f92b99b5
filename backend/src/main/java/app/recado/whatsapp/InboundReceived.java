package app.recado.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wrote to the clinic, or the clinic wrote on its own phone. Heard inside the transaction that stores the
 * gateway's event.
 *
 * @param providerMessageId unique only within the chat
 * @param fromMe typed on the clinic's own phone
 * @param sentAt when it was written, as the network tells; whole seconds. Orders messages that arrive late
 * @param kind {@code text}, {@code image}, {@code reaction} and so on
 * @param text the words, a picture's caption or a reaction's emoji; null when there are none
 * @param quotedProviderMessageId the message it answers or reacts to
 * @param offline it waited at the network while the line was away
 * @param extras what it holds beside words
 */
public record InboundReceived(
        UUID eventId,
        UUID lineId,
        String providerMessageId,
        Chat chat,
        Sender sender,
        boolean fromMe,
        Instant sentAt,
        String kind,
        @Nullable String text,
        @Nullable String quotedProviderMessageId,
        boolean offline,
        Extras extras) {

    /** A message of nothing but words. */
    public InboundReceived(
            UUID eventId,
            UUID lineId,
            String providerMessageId,
            Chat chat,
            Sender sender,
            boolean fromMe,
            Instant sentAt,
            String kind,
            @Nullable String text,
            @Nullable String quotedProviderMessageId,
            boolean offline) {
        this(
                eventId,
                lineId,
                providerMessageId,
                chat,
                sender,
                fromMe,
                sentAt,
                kind,
                text,
                quotedProviderMessageId,
                offline,
                Extras.NONE);
    }

    /**
     * What a message may hold beside words.
     *
     * @param media a picture, a voice note, a document that is still to be fetched; null when there is none
     * @param location a place; null when there is none
     * @param contacts cards of people; empty when there are none
     * @param choice the button or list entry that was tapped, its title being the words; null when none was
     */
    public record Extras(
            @Nullable IncomingMedia media,
            @Nullable Location location,
            List<Contact> contacts,
            @Nullable Choice choice) {

        /** Nothing. */
        public static final Extras NONE = new Extras(null, null, List.of(), null);

        public Extras {
            contacts = List.copyOf(contacts);
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
            @Nullable String address) {}

    /** A person's card. @param phones E.164 */
    public record Contact(String name, List<String> phones) {
        public Contact {
            phones = List.copyOf(phones);
        }
    }

    /**
     * Where it was written.
     *
     * @param kind {@code direct}, {@code group}, {@code status} or {@code other}
     * @param phone the other side of a direct chat in E.164; null when the network did not tell
     * @param lid the other side's opaque identity; null when the network did not tell
     * @param id the chat's id at the network
     */
    public record Chat(
            String kind, @Nullable String phone, @Nullable String lid, String id) {}

    /**
     * Who wrote it.
     *
     * @param phone E.164; null when the network did not tell
     * @param lid opaque identity; null when the network did not tell
     * @param name as they call themselves
     */
    public record Sender(
            @Nullable String phone,
            @Nullable String lid,
            @Nullable String name) {}

    /** Names, numbers and words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "InboundReceived[eventId=" + eventId + ", lineId=" + lineId + ", kind=" + kind + "]";
    }
}
