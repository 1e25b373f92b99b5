package app.recado.kernel.security;

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

/**
 * Seals secrets that a clinic has with others (AES-256-GCM): a provider's credentials, the key that signs webhooks. The value
 * names the key it was sealed with, so that a key can be replaced without asking anybody for secrets again, and is bound to
 * its record: moved to another row it does not open. A bean of whoever knows the keys.
 */
public class SecretVault {

    private static final String FORM = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<Key> keys;
    private final boolean keeps;
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

        public Unreadable(String why) {
            super(why);
        }
    }

    /**
     * @param key Base64 of 32 bytes that seal; blank when this installation keeps no secrets
     * @param former keys that still open what they sealed
     */
    public SecretVault(String key, List<String> former) {
        var all = new ArrayList<Key>();
        this.keeps = !key.isBlank();
        if (keeps) {
            all.add(Key.of(key));
        }
        former.forEach(one -> all.add(Key.of(one)));
        this.keys = List.copyOf(all);
    }

    /** False when this installation keeps no secrets. */
    public boolean keeps() {
        return keeps;
    }

    /** Seals with the current key for one record of one organization.
     *
     * @param purpose what kind of secret it is; part of what it is bound to, so it never changes
     * @throws IllegalStateException when no key is configured */
    public String seal(String purpose, UUID organizationId, UUID id, String secret) {
        if (!keeps) {
            throw new IllegalStateException("recado.engines.credentials-key is not set");
        }
        var key = keys.getFirst();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, purpose, organizationId, id)
                    .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            var bytes =
                    ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
            return FORM + "." + key.id() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal credentials", e);
        }
    }

    /** Opens what was sealed for that record, with whichever configured key sealed it. */
    public String open(String purpose, UUID organizationId, UUID id, String sealed) throws Unreadable {
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
            var plain = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), purpose, organizationId, id)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unreadable("altered or moved");
        }
    }

    /** False when it was sealed with a key that is to be given up: seal it anew when it was opened. */
    public boolean isCurrent(String sealed) {
        return keeps && sealed.startsWith(FORM + "." + keys.getFirst().id() + ".");
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String purpose, UUID organizationId, UUID id)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((purpose + "/" + organizationId + "/" + id).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
