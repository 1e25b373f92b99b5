package app.recado.integrations;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the backend keeps API clients in the identity server.
 *
 * @param url address of the identity server as this process reaches it
 * @param realm the realm's name
 * @param clientId the service account that may manage clients and nothing else
 * @param clientSecret secret of that service account; blank when no API client is to get a key
 */
@Validated
@ConfigurationProperties("recado.api-clients")
record ApiClientSettings(
        @NotBlank String url,
        @DefaultValue("recado") String realm,
        @DefaultValue("recado-integrations") String clientId,
        @DefaultValue("") String clientSecret) {

    @Override
    public String toString() {
        return "ApiClientSettings[url=" + url + ", realm=" + realm + ", clientId=" + clientId + "]";
    }
}
