package app.recado.testing;

import app.recado.kernel.security.Allow;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * Access tokens of the shape the realm issues, signed by a key that exists only in this test run. It is a secret key and not
 * one of RSA, with which a signature takes 25 ms where no optimising compiler helps; tests with the real identity server
 * ({@link RealIdentityTest}) use RSA.
 */
public final class TestTokens {

    public static final String ISSUER = "http://identity.test/realms/recado";

    /** Longer than any run of the tests. */
    private static final Duration VALID = Duration.ofHours(3);

    private static final SecretKey KEY = generate();

    /** The same few people make nearly all requests. */
    private static final Map<Object, String> SIGNED = new ConcurrentHashMap<>();

    private TestTokens() {}

    private static SecretKey generate() {
        try {
            return KeyGenerator.getInstance("HmacSHA256").generateKey();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has HMAC with SHA-256", e);
        }
    }

    /** The key that verifies them. */
    static SecretKey key() {
        return KEY;
    }

    /** A member of one organization. Asked again it is the same token, as of a browser that keeps it. */
    public static String member(String subject, UUID organizationId, Collection<Allow> roles) {
        return SIGNED.computeIfAbsent(
                List.of(subject, organizationId, List.copyOf(roles)),
                person -> token(
                        subject,
                        claims -> claims.claim("organization", Map.of("clinic", entry(organizationId, roles)))));
    }

    /** An API client, as the realm issues tokens for its service account: a member without a role or a name. */
    public static String client(String oauthClient, UUID organizationId) {
        return token(
                "service-account-" + UUID.randomUUID(),
                claims -> claims.claim("azp", oauthClient)
                        .claim("name", null)
                        .claim("email", null)
                        .claim("organization", Map.of("clinic", Map.of("id", organizationId.toString()))));
    }

    /** A member of several organizations. */
    public static String member(String subject, Map<UUID, ? extends Collection<Allow>> rolesByOrganization) {
        var entries = new java.util.HashMap<String, Object>();
        rolesByOrganization.forEach((id, roles) -> entries.put("clinic-" + id, entry(id, roles)));
        return token(subject, claims -> claims.claim("organization", entries));
    }

    static Map<String, Object> entry(UUID organizationId, Collection<Allow> roles) {
        var names =
                roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
        return Map.of("id", organizationId.toString(), "resource_access", Map.of("recado-api", Map.of("roles", names)));
    }

    public static String platformAdmin() {
        return SIGNED.computeIfAbsent(
                "platform-admin",
                person -> token(
                        "platform-admin",
                        claims -> claims.claim("realm_access", Map.of("roles", List.of("platform_admin")))));
    }

    /** A valid token, changed by the caller to be wrong or special in one respect. */
    public static String token(String subject, Consumer<JWTClaimsSet.Builder> change) {
        try {
            return signed(claims(subject, change), JWSAlgorithm.HS256, new MACSigner(KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWTClaimsSet claims(String subject, Consumer<JWTClaimsSet.Builder> change) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(subject)
                .audience(List.of("recado-api"))
                .claim("typ", "Bearer")
                .claim("azp", "recado-console")
                .claim("name", "Test " + subject)
                .claim("email", subject + "@clinic.test")
                .issueTime(Date.from(now.minusSeconds(1)))
                .expirationTime(Date.from(now.plusSeconds(VALID.toSeconds())));
        change.accept(claims);
        return claims.build();
    }

    static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("test").build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
