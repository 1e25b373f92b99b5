package app.recado.kernel.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies each access token once and remembers the result until the token ends: checking an RSA signature at every
 * request costs 40 % of the throughput (docs/benchmarks.md). Keyed by hash, so a heap dump holds no usable token here.
 */
final class RememberedTokens implements JwtDecoder {

    private static final int REMEMBERED = 10_000;

    private final JwtDecoder verifier;
    private final Cache<String, Jwt> verified;

    RememberedTokens(JwtDecoder verifier, Clock clock) {
        this.verifier = verifier;
        this.verified = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfter(Expiry.creating((String hash, Jwt token) -> {
                    var ends = token.getExpiresAt();
                    var left = ends == null ? Duration.ZERO : Duration.between(clock.instant(), ends);
                    return left.isNegative() ? Duration.ZERO : left;
                }))
                .build();
    }

    @Override
    public Jwt decode(String token) {
        var hash = hash(token);
        var known = verified.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        var jwt = verifier.decode(token);
        verified.put(hash, jwt);
        return jwt;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
