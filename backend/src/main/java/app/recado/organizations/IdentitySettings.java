package app.recado.organizations;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the backend administers organizations in the identity server.
 *
 * @param url address of the identity server as this process reaches it
 * @param realm the realm's name
 * @param clientId the backend's service account
 * @param clientSecret secret of that service account
 * @param apiClient internal id of the client {@code recado-api}, fixed by the realm file: the service account may map that
 *     client's roles but not look the client up
 * @param consoleUrl where people land after the first e-mail; empty leaves them at the identity server
 */
@Validated
@ConfigurationProperties("recado.identity")
record IdentitySettings(
        @NotBlank String url,
        @DefaultValue("recado") String realm,
        @DefaultValue("recado-backend") String clientId,
        @NotBlank String clientSecret,

        @DefaultValue("4c9c7f0e-6d0b-4b55-9a3e-8f2f1f6f5b10")
        String apiClient,

        @DefaultValue("recado-console") String consoleClientId,
        @DefaultValue("") String consoleUrl) {

    @Override
    public String toString() {
        return "IdentitySettings[url=" + url + ", realm=" + realm + ", clientId=" + clientId + "]";
    }
}
