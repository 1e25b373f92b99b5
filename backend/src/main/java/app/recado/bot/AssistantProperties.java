package app.recado.bot;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which models this installation lets clinics use.
 *
 * @param hosts host names that may be called, by TLS, at public addresses; empty for none
 * @param privateHosts host names that may be called as well and may be private and without TLS: a model of one's own
 * @param connectTimeout for reaching a model's server
 * @param answerTimeout for one answer of it
 * @param moderationTimeout for what its server says of a message, beside the rules; later it is not waited for
 * @param turnTimeout after which a turn asks no more
 */
@ConfigurationProperties("recado.assistant")
record AssistantProperties(
        @DefaultValue({"api.openai.com", "api.anthropic.com", "generativelanguage.googleapis.com"})
        Set<String> hosts,

        @DefaultValue Set<String> privateHosts,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration answerTimeout,
        @DefaultValue("3s") Duration moderationTimeout,
        @DefaultValue("60s") Duration turnTimeout) {

    Set<String> allHosts() {
        var all = new HashSet<>(hosts);
        all.addAll(privateHosts);
        return Set.copyOf(all);
    }
}
