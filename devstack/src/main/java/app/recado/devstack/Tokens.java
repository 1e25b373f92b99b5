package app.recado.devstack;

import java.util.Map;

/**
 * Access tokens for trying the API on this machine.
 *
 * @param issuer of the realm
 */
public record Tokens(String issuer) {

    /**
     * A token through the development client {@code recado-dev}.
     *
     * @param scope e.g. {@code openid organization:*}, or {@code openid organization:los-almendros} for one clinic
     */
    public String of(String username, String password, String scope) {
        var answer = Http.post(
                issuer + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "password",
                        "client_id", "recado-dev",
                        "username", username,
                        "password", password,
                        "scope", scope));
        return answer.orFail("No token for " + username)
                .body()
                .get("access_token")
                .asString();
    }

    /** A token of the backend's own service account. */
    public String ofService(String clientId, String secret) {
        var answer = Http.post(
                issuer + "/protocol/openid-connect/token",
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret));
        return answer.orFail("No token for " + clientId)
                .body()
                .get("access_token")
                .asString();
    }
}
