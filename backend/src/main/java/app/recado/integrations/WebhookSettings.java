package app.recado.integrations;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How other systems are told.
 *
 * @param tlsOnly whether addresses must begin with https
 * @param allowedHosts host names of receivers that may have private addresses and no TLS
 * @param connectTimeout for reaching a receiver
 * @param answerTimeout for its whole answer; a slower one counts as not told
 */
@ConfigurationProperties("recado.webhooks")
record WebhookSettings(
        @DefaultValue("true") boolean tlsOnly,
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration answerTimeout) {}
