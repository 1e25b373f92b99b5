package app.recado.conversations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How conversations are worked with.
 *
 * @param noticePatience how long whoever has a patient told that a ticket was received waits for WhatsApp to take it; zero
 *     for not at all
 */
@ConfigurationProperties("recado.conversations")
record ConversationProperties(@DefaultValue("8s") Duration noticePatience) {

    ConversationProperties {
        if (noticePatience.isNegative() || noticePatience.compareTo(Duration.ofSeconds(25)) > 0) {
            throw new IllegalArgumentException("recado.conversations.notice-patience is between 0 and 25 s");
        }
    }
}
