package app.recado.chatwoot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for a delivery of an API channel, since Chatwoot 4.13: {@code sha256=} and the HMAC of time, a dot and the exact
 * bytes, with the inbox's own secret. Older versions sign nothing and are not believed.
 */
final class ChatwootSignature {

    static final String HEADER = "X-Chatwoot-Signature";
    static final String TIME = "X-Chatwoot-Timestamp";

    /** Chatwoot signs at the moment of the attempt. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    private ChatwootSignature() {}

    /** True when it fits these bytes and is recent. An old one is refused even if genuine. */
    static boolean fits(String secret, @Nullable String signature, @Nullable String time, byte[] body, Instant now) {
        if (signature == null || time == null || !time.matches("\\d{1,12}")) {
            return false;
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs();
        return age.compareTo(SKEW) <= 0
                && MessageDigest.isEqual(
                        of(secret, time, body).getBytes(StandardCharsets.UTF_8),
                        signature.getBytes(StandardCharsets.UTF_8));
    }

    static String of(String secret, String time, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + ALGORITHM, e);
        }
    }
}
