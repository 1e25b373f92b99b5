package app.recado.whatsapp.engines;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Codes on offer, in memory alone: whoever scans one owns the line. With several replicas the one asked may have none. */
@Component
public class QrCodes {

    /** How long a code is worth scanning after we heard of it. */
    public static final Duration VALID = Duration.ofSeconds(45);

    private final Cache<UUID, ProviderEvent.Qr> codes =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(VALID).build();

    void show(UUID lineId, ProviderEvent.Qr code) {
        codes.put(lineId, code);
    }

    void forget(UUID lineId) {
        codes.invalidate(lineId);
    }

    /** What to scan. */
    public Optional<String> qr(UUID lineId) {
        return Optional.ofNullable(codes.getIfPresent(lineId)).map(ProviderEvent.Qr::value);
    }

    /** What to type instead. */
    public Optional<String> pairingCode(UUID lineId) {
        return Optional.ofNullable(codes.getIfPresent(lineId)).map(ProviderEvent.Qr::pairingCode);
    }
}
