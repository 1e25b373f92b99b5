package app.recado.kernel.security;

import app.recado.kernel.KernelSettings;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;

/**
 * Which tokens are access tokens for this API: issuer, time, audience, kind and the client they were issued to. Whether an API
 * client may do anything is decided later, by its row ({@link ApiClients}).
 */
public final class TokenRules {

    /** The audience that the realm puts into tokens meant for this API. */
    public static final String AUDIENCE = "recado-api";

    private TokenRules() {}

    /** All rules together; an ID token or a token for another client or API fails one of them. */
    public static OAuth2TokenValidator<Jwt> of(KernelSettings settings) {
        return new DelegatingOAuth2TokenValidator<>(List.of(
                JwtValidators.createDefaultWithIssuer(settings.issuer()),
                new JwtClaimValidator<List<String>>("aud", audience -> audience != null && audience.contains(AUDIENCE)),
                new JwtClaimValidator<String>("typ", "Bearer"::equals),
                new JwtClaimValidator<String>(
                        "azp",
                        client -> client != null
                                && (settings.allowedClients().contains(client)
                                        || client.startsWith(ApiClients.PREFIX)))));
    }
}
