package app.recado.engines.webhooks;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.InboundReceived;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessResourceFailureException;

/** Messages that nobody can take on some lines, and deliveries that nobody can read. */
@TestConfiguration(proxyBeanMethods = false)
public class Poison {

    /** In a delivery that makes its reader fail while it is set. */
    static final String UNREADABLE = "reader-poison";

    public final Set<UUID> lines = ConcurrentHashMap.newKeySet();

    private static final Set<UUID> UNREAD = ConcurrentHashMap.newKeySet();

    @EventListener
    void takes(InboundReceived message) {
        if (!lines.contains(message.lineId())) {
            return;
        }
        if ("poison".equals(message.text())) {
            throw new IllegalStateException("Ana Sosa wrote what nobody can store");
        }
        if ("outage".equals(message.text())) {
            throw new DataAccessResourceFailureException("The database is away");
        }
    }

    void nobodyReads(UUID line, boolean really) {
        if (really) {
            UNREAD.add(line);
        } else {
            UNREAD.remove(line);
        }
    }

    @Bean
    static BeanPostProcessor failingReaders() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof WebhookReader<?> reader ? failing(reader) : bean;
            }
        };
    }

    private static <C extends LineCredentials> WebhookReader<C> failing(WebhookReader<C> reader) {
        return new WebhookReader<>() {
            @Override
            public app.recado.whatsapp.LineEngineKind engine() {
                return reader.engine();
            }

            @Override
            public List<ProviderEvent> read(UUID lineId, C credentials, String content, Instant receivedAt)
                    throws ProviderEvent.Refused {
                if (UNREAD.contains(lineId) && content.contains(UNREADABLE)) {
                    throw new IndexOutOfBoundsException("Ana Sosa");
                }
                return reader.read(lineId, credentials, content, receivedAt);
            }

            @Override
            public String keepable(String content) {
                return reader.keepable(content);
            }
        };
    }
}
