package app.recado.kernel;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Base64;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings every request depends on.
 *
 * @param cursorKey Base64 of 32 random bytes that seal paging cursors; all replicas share it
 * @param allowedClients OAuth clients whose access tokens are accepted ({@code azp})
 * @param consoleClientId the OAuth client of the console
 * @param issuer the realm's issuer address, as browsers see it
 * @param maxBody the largest JSON body; larger ones are answered with 413
 * @param simulated true when the WhatsApp network is the local simulator; the console says so
 */
@Validated
@ConfigurationProperties("recado")
public record KernelSettings(
        @NotBlank String cursorKey,
        @NotEmpty Set<String> allowedClients,
        @DefaultValue("recado-console") String consoleClientId,
        @NotBlank String issuer,
        @DefaultValue("256KB") DataSize maxBody,
        @DefaultValue("false") boolean simulated) {

    public KernelSettings {
        if (!cursorKey.isBlank() && Base64.getDecoder().decode(cursorKey).length != 32) {
            throw new IllegalArgumentException("recado.cursor-key must be Base64 of exactly 32 bytes");
        }
    }

    byte[] cursorKeyBytes() {
        return Base64.getDecoder().decode(cursorKey);
    }

    /** Secrets are never printed, also not by a failing start. */
    @Override
    public String toString() {
        return "KernelSettings[allowedClients=" + allowedClients + ", issuer=" + issuer + ", maxBody=" + maxBody
                + ", simulated=" + simulated + "]";
    }
}
