package app.recado.kernel.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this process meets what stands in front of it.
 *
 * @param allowedHosts host names requests may be addressed to, without port; others are answered with 421. Empty means any,
 *     which production refuses
 * @param trustedProxies addresses or networks (10.42.0.0/16) of the proxies whose X-Forwarded-For and X-Forwarded-Proto are
 *     believed; from anybody else they are ignored. Empty means nobody
 * @param corsOrigins origins (https://clinic.example) whose pages may call the API from a browser. The console needs none,
 *     it is served from the API's own origin
 */
@Validated
@ConfigurationProperties("recado.edge")
record EdgeSettings(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue List<String> corsOrigins) {

    EdgeSettings {
        allowedHosts = allowedHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        for (var origin : corsOrigins) {
            if (!origin.matches("https?://[^/*]+")) {
                throw new IllegalArgumentException(
                        "recado.edge.cors-origins takes origins like https://clinic.example, no path and no *");
            }
        }
        for (var proxy : trustedProxies) {
            if (!proxy.matches("[0-9a-fA-F.:]+(/[0-9]{1,3})?")) {
                throw new IllegalArgumentException(
                        "recado.edge.trusted-proxies takes addresses and networks like 10.42.0.0/16");
            }
        }
    }
}
