package app.recado.kernel.trace;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where spans go.
 *
 * @param url OTLP over HTTP, {@code http://collector:4318/v1/traces}; blank sends nothing
 * @param share of all traces that are sent, from 0 to 1
 */
@Validated
@ConfigurationProperties("recado.traces")
public record TraceSettings(
        @DefaultValue("") String url,

        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1") double share) {}
