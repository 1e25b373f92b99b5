package app.recado.engines.twilio;

import app.recado.engines.media.OutgoingMedia;
import app.recado.engines.provider.MediaBody;
import app.recado.kernel.CurrentOrganization;
import app.recado.whatsapp.OutgoingMessages;
import app.recado.whatsapp.Payload;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands single objects to providers that were told their address: for a while, a few times, and while they are of use. */
@Component
public class PublicMedia {

    private static final Logger LOG = LoggerFactory.getLogger(PublicMedia.class);

    /** Providers ask for the kind first, fetch in parts, and repeat what failed; nobody needs more than this. */
    static final int MOST_FETCHES = 30;

    private final MediaAddresses addresses;
    private final OutgoingMedia objects;
    private final OutgoingMessages outgoing;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;

    PublicMedia(
            MediaAddresses addresses,
            OutgoingMedia objects,
            OutgoingMessages outgoing,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.addresses = addresses;
        this.objects = objects;
        this.outgoing = outgoing;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param contentType found by the content when it was stored */
    public record Served(String contentType, MediaBody body) {}

    /** The object an address stands for; empty for one that is wrong, too old, used up or of no use any more, alike.
     *
     * @param token the end of the address
     * @throws app.recado.kernel.ProblemException {@code media-unavailable} */
    public Optional<Served> fetch(String token) {
        var named = addresses.open(token);
        if (named.isEmpty()) {
            return nothing("wrong");
        }
        if (!clock.instant().isBefore(named.get().until())) {
            return nothing("expired");
        }
        return CurrentOrganization.get(
                named.get().organizationId(), () -> served(named.get().messageId()));
    }

    private Optional<Served> served(UUID messageId) {
        var payload = Objects.requireNonNull(transaction.execute(status -> outgoing.fetched(messageId, MOST_FETCHES)));
        var ref = payload.map(Payload::attached);
        if (ref.isEmpty()) {
            return nothing("used-up");
        }
        var body = objects.find(ref.get());
        if (body.isEmpty()) {
            LOG.warn("What goes with message {} is not in the media store as it was", messageId);
            return nothing("missing");
        }
        count("served");
        return Optional.of(new Served(ref.get().contentType(), body.get()));
    }

    private Optional<Served> nothing(String outcome) {
        count(outcome);
        return Optional.empty();
    }

    private void count(String outcome) {
        metrics.counter("recado.media.addresses", "outcome", outcome).increment();
    }
}
