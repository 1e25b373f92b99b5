package app.recado.whatsapp.engines;

import app.recado.whatsapp.Payload;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One provider's language. Keeps nothing between calls; every call goes over the network, outside any transaction. */
interface Provider<C extends LineCredentials> {

    /**
     * One message on its way.
     *
     * @param to whom it is for: see {@link app.recado.whatsapp.Recipient}
     * @param media what the payload refers to; null when it refers to nothing
     * @param mediaAddress where the provider may fetch the media for a while; null when it cannot reach us
     * @param statusAddress where the provider shall report what becomes of it; null when it cannot reach us
     */
    record Outgoing(
            UUID messageId,
            String to,
            Payload payload,
            byte @Nullable [] media,
            @Nullable String mediaAddress,
            @Nullable String statusAddress) {

        /** The same with the address of its media. */
        Outgoing fetchedFrom(@Nullable String address) {
            return new Outgoing(messageId, to, payload, media, address, statusAddress);
        }

        /** Number and content belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Outgoing[messageId=" + messageId + "]";
        }
    }

    /** Tries once. */
    SendOutcome send(C credentials, Outgoing message);

    /**
     * What the provider says of the line.
     *
     * @param state a state of the line's closed set
     * @param cause its code
     * @param phone E.164; null when it does not tell
     * @param profileName null when it does not tell
     */
    record Standing(
            String state,
            String cause,
            @Nullable String phone,
            @Nullable String profileName) {

        static Standing linked(@Nullable String phone, @Nullable String profileName) {
            return new Standing("linked", "none", phone, profileName);
        }

        static Standing halted(String cause) {
            return new Standing("halted", cause, null, null);
        }

        static Standing away() {
            return new Standing("reconnecting", "server-unavailable", null, null);
        }
    }

    /** Asks whether the credentials are accepted and the number is theirs. */
    Standing check(C credentials);

    /** What fetching media came to. */
    sealed interface Fetched {
        record Bytes(byte[] bytes, @Nullable String contentType) implements Fetched {}

        record TooLarge() implements Fetched {}

        /** It is gone, or its address is not the platform's; asking again will not help. */
        record Gone() implements Fetched {}

        record Later() implements Fetched {}
    }

    /** Fetches what somebody sent, at most {@link EngineSettings#LARGEST_MEDIA} bytes.
     *
     * @param reference as the webhook named it */
    Fetched fetch(C credentials, String reference);
}
