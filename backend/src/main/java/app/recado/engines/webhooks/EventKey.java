package app.recado.engines.webhooks;

import app.recado.engines.provider.ProviderEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * By what a part of a delivery is recognised when it is delivered again, perhaps together with others.
 *
 * @param id says nothing about whom it is from
 * @param type what it tells, in a word
 */
record EventKey(UUID id, String type) {

    /** Empty for what is true only for the moment and of no use later: the line's state and codes to scan. */
    static Optional<EventKey> of(UUID lineId, ProviderEvent event) {
        return switch (event) {
            case ProviderEvent.Message message -> {
                var inbound = message.inbound();
                // Where a provider tells no time of a deletion its id holds the time it came; what it deletes is one.
                var which = inbound.kind().equals("delete")
                        ? "delete/" + inbound.content().targetProviderMessageId()
                        : inbound.chat().id() + "/" + inbound.providerMessageId();
                yield known(lineId, "message", which);
            }
            case ProviderEvent.Status status -> known(lineId, "status", status.providerId() + "/" + status.state());
            case ProviderEvent.Identity identity ->
                known(
                        lineId,
                        "identity",
                        identity.ids().phone() + "/" + identity.ids().lid() + "/"
                                + identity.ids().userId());
            case ProviderEvent.MarketingPreference wish ->
                known(lineId, "marketing-preference", wish.phone() + "/" + wish.at());
            case ProviderEvent.Template told ->
                known(
                        lineId,
                        "template",
                        told.name() + "/" + told.language() + "/" + told.at() + "/" + told.standing());
            case ProviderEvent.Line line -> Optional.empty();
            case ProviderEvent.Qr qr -> Optional.empty();
        };
    }

    private static Optional<EventKey> known(UUID lineId, String type, String which) {
        var name = lineId + "/" + type + "/" + which;
        return Optional.of(new EventKey(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), type));
    }
}
