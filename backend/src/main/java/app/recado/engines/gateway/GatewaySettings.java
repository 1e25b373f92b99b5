package app.recado.engines.gateway;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the linked-device gateway is, and one credential per direction.
 *
 * @param url base address of the gateway
 * @param token what the backend presents to the gateway (bearer)
 * @param eventsSecret Base64 of the key the gateway signs its events with
 * @param connectTimeout how long a connection to the gateway may take
 * @param requestTimeout how long an answer of the gateway may take; longer counts as away
 */
@Validated
@ConfigurationProperties("recado.gateway")
record GatewaySettings(
        @NotNull URI url,
        @NotBlank String token,
        @NotBlank String eventsSecret,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration requestTimeout) {

    private static final int LEAST_KEY_BYTES = 24;

    GatewaySettings {
        if (!eventsSecret.isBlank() && Base64.getDecoder().decode(eventsSecret).length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("recado.gateway.events-secret must be Base64 of at least 24 bytes");
        }
    }

    byte[] eventsKey() {
        return Base64.getDecoder().decode(eventsSecret);
    }

    /** Secrets are never printed, also not by a failing start. */
    @Override
    public String toString() {
        return "GatewaySettings[url=" + url + "]";
    }
}
