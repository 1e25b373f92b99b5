package app.recado.engines.twilio;

import app.recado.engines.EngineSettings;
import app.recado.kernel.CurrentOrganization;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Public addresses of single objects, for providers that fetch what is sent themselves. An address says nothing but that
 * it is one: organization, message and expiry are sealed in it (AES-256-GCM under a key derived from the credentials'
 * key), so it can be neither guessed, nor altered, nor read in somebody's log.
 */
@Component
class MediaAddresses {

    /** Providers fetch within seconds of taking a message, and again when that failed. */
    static final Duration VALID = Duration.ofMinutes(10);

    static final String PATH = "/webhooks/v1/media/";

    private static final String PURPOSE = "recado media address v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PLAIN_BYTES = 2 * 16 + Long.BYTES;
    private static final int SEALED_BYTES = NONCE_BYTES + PLAIN_BYTES + TAG_BITS / 8;

    private final EngineSettings settings;
    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    MediaAddresses(EngineSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        var all = new ArrayList<SecretKeySpec>();
        if (settings.keepsCredentials()) {
            all.add(derived(settings.credentialsKey()));
        }
        settings.credentialsKeysOld().forEach(key -> all.add(derived(key)));
        this.keys = List.copyOf(all);
    }

    /** What an address stands for. */
    record Named(UUID organizationId, UUID messageId, Instant until) {}

    /** Where what goes with a message of the current organization can be fetched from now on, for {@link #VALID}; empty
     * when this installation cannot be reached from outside. */
    Optional<String> of(UUID messageId) {
        var publicUrl = settings.publicUrl();
        if (publicUrl == null || keys.isEmpty()) {
            return Optional.empty();
        }
        var until = clock.instant().plus(VALID);
        return Optional.of(publicUrl.toString().replaceFirst("/+$", "")
                + PATH
                + seal(new Named(CurrentOrganization.id(), messageId, until)));
    }

    private String seal(Named named) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var plain = ByteBuffer.allocate(PLAIN_BYTES)
                .putLong(named.organizationId().getMostSignificantBits())
                .putLong(named.organizationId().getLeastSignificantBits())
                .putLong(named.messageId().getMostSignificantBits())
                .putLong(named.messageId().getLeastSignificantBits())
                .putLong(named.until().toEpochMilli())
                .array();
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.getFirst(), new GCMParameterSpec(TAG_BITS, nonce));
            var sealed = cipher.doFinal(plain);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(SEALED_BYTES)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal addresses", e);
        }
    }

    /** What the end of an address stands for; empty for everything that was not made here. Says nothing of its expiry. */
    Optional<Named> open(String token) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return sealed.length == SEALED_BYTES
                ? keys.stream().flatMap(key -> open(key, sealed).stream()).findFirst()
                : Optional.empty();
    }

    private static Optional<Named> open(SecretKeySpec key, byte[] sealed) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, Arrays.copyOf(sealed, NONCE_BYTES)));
            // The tag is compared in constant time there.
            var plain = ByteBuffer.wrap(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            return Optional.of(new Named(
                    new UUID(plain.getLong(), plain.getLong()),
                    new UUID(plain.getLong(), plain.getLong()),
                    Instant.ofEpochMilli(plain.getLong())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** A key for this purpose alone: what is sealed here never opens as credentials. */
    private static SecretKeySpec derived(String base64) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64), "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HmacSHA256", e);
        }
    }
}
