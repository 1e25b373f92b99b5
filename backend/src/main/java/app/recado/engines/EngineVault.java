package app.recado.engines;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals what a provider gave a clinic (AES-256-GCM). The value names the key it was sealed with, so that a key can be
 * replaced without asking anybody for credentials again, and is bound to its line: moved to another row it does not open.
 */
@Component
public class EngineVault {

    private static final String FORM = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<Key> keys;
    private final SecureRandom random = new SecureRandom();

    private record Key(String id, SecretKeySpec secret) {

        static Key of(String base64) {
            var bytes = Base64.getDecoder().decode(base64);
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Key(HexFormat.of().formatHex(digest, 0, 4), new SecretKeySpec(bytes, "AES"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JVM has SHA-256", e);
            }
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /** A sealed value that cannot be opened: its key is not configured any more, or it was altered or moved. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    public EngineVault(EngineSettings settings) {
        var all = new ArrayList<Key>();
        if (settings.keepsCredentials()) {
            all.add(Key.of(settings.credentialsKey()));
        }
        settings.credentialsKeysOld().forEach(key -> all.add(Key.of(key)));
        this.keys = List.copyOf(all);
    }

    /** Seals with the current key for one line of one organization.
     *
     * @throws IllegalStateException when no key is configured */
    public String seal(UUID organizationId, UUID lineId, String secret) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("recado.engines.credentials-key is not set");
        }
        var key = keys.getFirst();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, organizationId, lineId)
                    .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            var bytes =
                    ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
            return FORM + "." + key.id() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal credentials", e);
        }
    }

    /** Opens what was sealed for that line, with whichever configured key sealed it. */
    public String open(UUID organizationId, UUID lineId, String sealed) throws Unreadable {
        var parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(FORM)) {
            throw new Unreadable("unknown form");
        }
        var key = keys.stream()
                .filter(candidate -> candidate.id().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new Unreadable("its key is not configured"));
        try {
            var bytes = Base64.getUrlDecoder().decode(parts[2]);
            if (bytes.length <= NONCE_BYTES) {
                throw new Unreadable("too short");
            }
            var plain = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), organizationId, lineId)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unreadable("altered or moved");
        }
    }

    /** False when it was sealed with a key that is to be given up: seal it anew when it was opened. */
    public boolean isCurrent(String sealed) {
        return !keys.isEmpty() && sealed.startsWith(FORM + "." + keys.getFirst().id() + ".");
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, UUID organizationId, UUID lineId)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                ("whatsapp-line-credentials/" + organizationId + "/" + lineId).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
