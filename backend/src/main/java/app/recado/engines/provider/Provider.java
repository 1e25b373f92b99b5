package app.recado.engines.provider;

import app.recado.engines.credentials.LineCredentials;
import app.recado.kernel.media.Media;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.MappedTemplates;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.TemplateApprovals;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/** One provider's language. Keeps nothing between calls; every call goes over the network, outside any transaction. */
public interface Provider<C extends LineCredentials> {

    /** Whose lines these are. */
    LineEngineKind engine();

    /**
     * One message on its way.
     *
     * @param to whom it is for: see {@link app.recado.whatsapp.Recipient}
     * @param media what the payload refers to; null when it refers to nothing
     * @param statusAddress where the provider shall report what becomes of it; null when it cannot reach us
     */
    record Outgoing(
            UUID messageId,
            String to,
            Payload payload,
            @Nullable MediaBody media,
            @Nullable String statusAddress) {

        /** Number and content belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Outgoing[messageId=" + messageId + "]";
        }
    }

    /** Tries once. */
    SendOutcome send(C credentials, Outgoing message);

    /** Behind the line's own part of our address: where the provider reports on this message; null when it is told the
     * address of all its reports elsewhere. */
    default @Nullable String statusPath(UUID messageId) {
        return null;
    }

    /** What a number in a failed status means; null for numbers that say nothing certain. */
    @Nullable SendOutcome meaning(int code);

    /**
     * What the provider says of the line.
     *
     * @param phone E.164; null when it does not tell
     * @param profileName null when it does not tell
     */
    record Standing(
            LineState state,
            String cause,
            @Nullable String phone,
            @Nullable String profileName) {

        /** Without number and name. */
        public static Standing of(LineState state, String cause) {
            return new Standing(state, cause, null, null);
        }

        public static Standing linked(@Nullable String phone, @Nullable String profileName) {
            return new Standing(LineState.LINKED, "none", phone, profileName);
        }

        public static Standing halted(String cause) {
            return of(LineState.HALTED, cause);
        }

        public static Standing away() {
            return of(LineState.RECONNECTING, "server-unavailable");
        }

        public LineStatus of(UUID lineId) {
            return new LineStatus(lineId, state, cause, null, null, phone, profileName, null, null);
        }
    }

    /** Asks whether the credentials are accepted and the number is theirs. */
    Standing check(C credentials);

    /** What fetching media came to. */
    sealed interface Fetched {
        /** It lies in the media store. */
        record Kept(Media.Stored stored) implements Fetched {}

        record TooLarge() implements Fetched {}

        /** It is gone, or its address is not the platform's; asking again will not help. */
        record Gone() implements Fetched {}

        record Later() implements Fetched {}
    }

    /** Puts into the media store what a provider sends. */
    @FunctionalInterface
    interface Keeper {

        /** Reads no more than may be kept.
         *
         * @param claimed what the provider says it is; null when it does not
         * @throws app.recado.kernel.ProblemException when it is not kept: {@code media-type-refused}, {@code
         *     body-too-large}, {@code media-unavailable} */
        Media.Stored keep(InputStream bytes, @Nullable String claimed);
    }

    /** Fetches what somebody sent. What the keeper throws passes through.
     *
     * @param reference as the webhook named it */
    Fetched fetch(C credentials, String reference, Keeper keeper);

    /** Asks for a template. */
    default ProviderTemplate template(C credentials, MappedTemplates.Mapped template) {
        return new ProviderTemplate.Unknown();
    }

    /** Hands a template in. A repeated call is the same submission.
     *
     * @param providerId its id there when it was written down before; else null */
    default TemplateApprovals.Answer submit(C credentials, TemplateApprovals.Draft draft, @Nullable String providerId) {
        return new TemplateApprovals.Answer.Unknown();
    }

    /** Asks what became of a template.
     *
     * @param providerId its id there; null where it is known by its name alone */
    default TemplateApprovals.Answer approval(
            C credentials, String name, @Nullable String language, @Nullable String providerId) {
        return new TemplateApprovals.Answer.Unknown();
    }

    /** A delivery as the provider would make it. @param echo what must be answered; null for anything */
    record Probe(HttpUriRequestBase request, @Nullable String echo) {}

    /** What the provider would deliver and what has no effect: a question about the address, or news of nothing.
     *
     * @param webhook our address for what stands behind the line's own part of it */
    Probe probe(UUID lineId, C credentials, UnaryOperator<String> webhook);
}
