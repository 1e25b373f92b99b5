package app.recado.chatwoot;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Chatwoot servers are spoken to.
 *
 * @param publicUrl the address under which they reach this installation; null when it has none, then agents' answers cannot
 *     arrive
 * @param tlsOnly whether their addresses must begin with https
 * @param allowedHosts host names that may have private addresses and no TLS
 * @param connectTimeout for reaching a server
 * @param answerTimeout for its whole answer
 */
@ConfigurationProperties("recado.chatwoot")
record ChatwootSettings(
        @Nullable URI publicUrl,
        @DefaultValue("true") boolean tlsOnly,
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration answerTimeout) {

    /** Where an inbox of Chatwoot delivers; empty when nobody can reach us. */
    Optional<String> webhook(UUID organizationId, UUID bridgeId) {
        return Optional.ofNullable(publicUrl)
                .map(url -> url.toString().replaceFirst("/+$", "") + "/webhooks/v1/chatwoot/" + organizationId + "/"
                        + bridgeId);
    }
}
