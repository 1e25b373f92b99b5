package app.recado.engines;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How providers are reached and how their credentials are kept.
 *
 * @param publicUrl the address under which providers reach this installation, without a path at its end; null when it
 *     cannot be reached from outside, and then only linked devices can be used
 * @param credentialsKey Base64 of 32 random bytes that seal lines' credentials; blank when no such line is to be used
 * @param credentialsKeysOld keys that still open what they sealed; new values are always sealed with the current key
 * @param connectTimeout how long a connection may take; nothing was sent when it is over
 * @param answerTimeout how long an answer may take in all; whether the message left is unknown when it is over
 * @param production the profile: no address without TLS, no fixed address changed
 */
@Validated
@ConfigurationProperties("recado.engines")
public record EngineSettings(
        @Nullable URI publicUrl,
        @DefaultValue("") String credentialsKey,
        @DefaultValue List<String> credentialsKeysOld,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 10) @DefaultValue("3s")
        Duration connectTimeout,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 20) @DefaultValue("15s")
        Duration answerTimeout,

        @DefaultValue("true") boolean production,
        @Valid @DefaultValue CloudApi cloudApi,
        @Valid @DefaultValue Twilio twilio,
        @Valid @DefaultValue Evolution evolution) {

    private static final int KEY_BYTES = 32;

    /** The largest object taken in or sent, in bytes; the same for every engine. */
    public static final int LARGEST_MEDIA = 16_000_000;

    /**
     * @param baseUrl the Graph API with its version
     * @param mediaHosts hosts (and their subdomains) from which media may be fetched with the line's token
     */
    public record CloudApi(
            @DefaultValue("https://graph.facebook.com/v25.0")
            URI baseUrl,

            @DefaultValue({"fbsbx.com", "facebook.com", "whatsapp.net"})
            Set<String> mediaHosts) {}

    /**
     * @param baseUrl Twilio's REST API
     * @param contentUrl Twilio's Content API, asked for templates by the self-test
     * @param mediaHosts hosts (and their subdomains) to which the line's credentials may be shown when fetching media
     */
    public record Twilio(
            @DefaultValue("https://api.twilio.com") URI baseUrl,
            @DefaultValue("https://content.twilio.com") URI contentUrl,
            @DefaultValue("twilio.com") Set<String> mediaHosts) {}

    /** @param allowedHosts host names that may resolve to private addresses, and be spoken to without TLS */
    public record Evolution(@DefaultValue Set<String> allowedHosts) {}

    public EngineSettings {
        credentialsKeysOld =
                credentialsKeysOld.stream().filter(key -> !key.isBlank()).toList();
        requireKey("recado.engines.credentials-key", credentialsKey);
        credentialsKeysOld.forEach(key -> requireKey("recado.engines.credentials-keys-old", key));
        if (production) {
            requireTls("recado.engines.public-url", publicUrl);
            requireTls("recado.engines.cloud-api.base-url", cloudApi.baseUrl());
            requireTls("recado.engines.twilio.base-url", twilio.baseUrl());
            requireTls("recado.engines.twilio.content-url", twilio.contentUrl());
        }
    }

    private static void requireKey(String property, String key) {
        try {
            if (!key.isBlank() && Base64.getDecoder().decode(key).length != KEY_BYTES) {
                throw new IllegalArgumentException(property + " must be Base64 of exactly 32 bytes");
            }
        } catch (IllegalArgumentException e) {
            // Not the decoder's own message: it quotes the value.
            throw new IllegalArgumentException(property + " must be Base64 of exactly 32 bytes");
        }
    }

    private static void requireTls(String property, @Nullable URI address) {
        if (address != null && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException(property + " must begin with https:// in production");
        }
    }

    /** False when this installation keeps no credentials, so that only linked devices can be used. */
    public boolean keepsCredentials() {
        return !credentialsKey.isBlank();
    }

    /** Secrets are never printed, also not by a failing start. */
    @Override
    public String toString() {
        return "EngineSettings[publicUrl=" + publicUrl + ", keepsCredentials=" + keepsCredentials() + "]";
    }
}
