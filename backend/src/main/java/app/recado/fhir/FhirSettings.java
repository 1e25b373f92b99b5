package app.recado.fhir;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where other systems reach the facade.
 *
 * @param publicUrl the address of this installation, without a path at its end, for the links in answers; null for the host
 *     that was asked
 */
@ConfigurationProperties("recado.fhir")
record FhirSettings(@Nullable URI publicUrl) {

    /** Without a slash at its end; null when it is not set. */
    @Nullable String address() {
        return publicUrl == null || publicUrl.toString().isBlank()
                ? null
                : publicUrl.toString().replaceFirst("/+$", "");
    }
}
