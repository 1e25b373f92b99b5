package app.recado.engines;

import app.recado.whatsapp.PairingOffer;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Codes on offer, in memory alone: whoever scans one owns the line. With several replicas the one asked may have none. */
@Component
class QrCodes {

    /** How long a code is worth scanning after we heard of it. */
    static final Duration VALID = Duration.ofSeconds(45);

    private final Cache<UUID, ProviderEvent.Qr> codes =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(VALID).build();

    private final Clock clock;

    QrCodes(Clock clock) {
        this.clock = clock;
    }

    void show(UUID lineId, ProviderEvent.Qr code) {
        codes.put(lineId, code);
    }

    void forget(UUID lineId) {
        codes.invalidate(lineId);
    }

    /** What is on offer. */
    PairingOffer offer(UUID lineId) {
        var code = codes.getIfPresent(lineId);
        if (code == null) {
            return PairingOffer.NONE;
        }
        var until = clock.instant().plus(VALID);
        return new PairingOffer(
                new PairingOffer.Code(code.value(), until),
                code.pairingCode() == null ? null : new PairingOffer.Code(code.pairingCode(), until));
    }
}
