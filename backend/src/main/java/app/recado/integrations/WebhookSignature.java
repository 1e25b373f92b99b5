package app.recado.integrations;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What signs for an endpoint, as Standard Webhooks says: a secret that the receiver has too ({@code v1}), and where the clinic
 * wants it an Ed25519 key of which the receiver has the public half ({@code v1a}). With that, whoever can check a webhook
 * cannot forge one. Kept as one text, {@code whsec_…} or {@code whsec_… whsk_…}: both are replaced together.
 */
final class WebhookSignature {

    private static final int SECRET_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final String SECRET = "whsec_";
    private static final String PRIVATE = "whsk_";
    private static final String PUBLIC = "whpk_";
    private static final String CURVE = NamedParameterSpec.ED25519.getName();

    private WebhookSignature() {}

    /** A new secret. */
    static String newSecret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return SECRET + Base64.getEncoder().encodeToString(bytes);
    }

    /** The secret with a new key beside it. */
    static String withKey(String kept, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(CURVE);
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            // The point is the end of its X.509 form, which has a fixed length.
            var form = pair.getPublic().getEncoded();
            var key = Arrays.copyOf(seed, 2 * KEY_BYTES);
            System.arraycopy(form, form.length - KEY_BYTES, key, KEY_BYTES, KEY_BYTES);
            return secret(kept) + " " + PRIVATE + Base64.getEncoder().encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM since 15 has Ed25519", e);
        }
    }

    /** The secret, for a receiver. */
    static String secret(String kept) {
        return kept.split(" ", 2)[0];
    }

    /** The public half of the key, for a receiver; null without a key. */
    static @Nullable String publicKey(String kept) {
        var parts = kept.split(" ", 2);
        return parts.length < 2
                ? null
                : PUBLIC
                        + Base64.getEncoder()
                                .encodeToString(Arrays.copyOfRange(key(parts[1]), KEY_BYTES, 2 * KEY_BYTES));
    }

    /** The signatures of one webhook, as the header wants them. */
    static String of(String kept, UUID event, Instant now, byte[] body) {
        return Arrays.stream(kept.split(" "))
                .map(one ->
                        one.startsWith(PRIVATE) ? asymmetric(one, event, now, body) : symmetric(one, event, now, body))
                .collect(Collectors.joining(" "));
    }

    private static String symmetric(String secret, UUID event, Instant now, byte[] body) {
        try {
            return new Webhook(secret)
                    .sign(event.toString(), now.getEpochSecond(), new String(body, StandardCharsets.UTF_8));
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("This JVM cannot sign webhooks", e);
        }
    }

    private static String asymmetric(String key, UUID event, Instant now, byte[] body) {
        try {
            var signature = Signature.getInstance(CURVE);
            signature.initSign(KeyFactory.getInstance(CURVE)
                    .generatePrivate(
                            new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(key(key), KEY_BYTES))));
            signature.update("%s.%d.".formatted(event, now.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot sign webhooks", e);
        }
    }

    private static byte[] key(String written) {
        return Base64.getDecoder().decode(written.substring(PRIVATE.length()));
    }
}
