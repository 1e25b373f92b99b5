package app.recado.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Hashes of short secrets, such as codes of six digits, which whoever reads the database could find by trying all: they are
 * made with a key that the database does not know (HMAC-SHA256, a key of its own for each purpose, derived from {@code
 * recado.cursor-key}), and with the current organization.
 */
@Component
public class KeyedHash {

    private final byte[] key;

    public KeyedHash(KernelSettings settings) {
        this.key = settings.cursorKeyBytes();
    }

    /**
     * The hash in hexadecimal digits.
     *
     * @param purpose what it is for; hashes of one purpose say nothing about another's
     * @param subject whose secret it is, so that equal secrets have different hashes
     */
    public String of(String purpose, String subject, String secret) {
        var derived = mac(key, purpose);
        return HexFormat.of().formatHex(mac(derived, CurrentOrganization.id() + "/" + subject + "/" + secret));
    }

    /** Like {@link #of}, of what belongs to no organization. */
    public String ofNobodys(String purpose, String secret) {
        return HexFormat.of().formatHex(mac(mac(key, purpose), secret));
    }

    /** Whether it is the hash of that secret; takes the same time for every answer. */
    public boolean fits(String hash, String purpose, String subject, String secret) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                of(purpose, subject, secret).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HMAC-SHA256", e);
        }
    }
}
