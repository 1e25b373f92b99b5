package app.recado.engines.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the gateway's deliveries from anybody else's, the way Standard Webhooks does. */
@Component
class GatewaySignature {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;

    GatewaySignature(GatewaySettings settings, Clock clock) {
        this.key = new SecretKeySpec(settings.eventsKey(), ALGORITHM);
        this.clock = clock;
    }

    /**
     * True when one of the signatures fits these exact bytes and the delivery is recent. An old one is refused even if
     * genuine; repetitions within the time are harmless because each event is stored once.
     */
    boolean fits(@Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body) {
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant())
                .abs();
        if (age.compareTo(SKEW) > 0) {
            return false;
        }
        var expected = sign(id, timestamp, body).getBytes(StandardCharsets.US_ASCII);
        boolean fits = false;
        for (var signature : signatures.split(" ")) {
            // Constant time, and no early end: how long it takes tells nothing about the expected value.
            fits |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return fits;
    }

    private String sign(String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + ALGORITHM, e);
        }
    }
}
