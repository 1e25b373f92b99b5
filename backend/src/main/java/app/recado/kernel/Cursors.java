package app.recado.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Seals the position of a list into an opaque cursor (AES-256-GCM). A position may hold a name to sort by, and a
 * cursor travels in URLs, so it must not be readable; sealed with the organization and the list's name it cannot be
 * carried over to another one either.
 */
@Component
public class Cursors {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String SEPARATOR = "\u001f";

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    public Cursors(KernelSettings settings) {
        this.key = new SecretKeySpec(settings.cursorKeyBytes(), "AES");
    }

    /** Seals the sort values of the last row of a page of {@code list} in the current organization. */
    public String seal(String list, String... position) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, list)
                    .doFinal(String.join(SEPARATOR, position).getBytes(StandardCharsets.UTF_8));
            var bytes =
                    ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal cursors", e);
        }
    }

    /** The sort values of a cursor of {@code list}, or null when there is no cursor (the first page).
     *
     * @throws ProblemException {@code invalid-cursor} for anything this organization's list did not hand out */
    public @Nullable List<String> open(String list, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length <= NONCE_BYTES) {
                throw new IllegalArgumentException("too short");
            }
            var plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), list)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return List.of(new String(plain, StandardCharsets.UTF_8).split(SEPARATOR, -1));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Problem.INVALID_CURSOR.because("Start again from the first page");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String list) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((CurrentOrganization.id() + "/" + list).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
