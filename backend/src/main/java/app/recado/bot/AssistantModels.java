package app.recado.bot;

import app.recado.bot.assistant.ModelHttp;
import app.recado.bot.assistant.ModelProvider;
import app.recado.bot.assistant.Moderation;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import dev.langchain4j.model.chat.ChatModel;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Models as clinics configured them, and how much of this process they may occupy. A clinic whose model fails again and again
 * is answered without it for a while; slow ones of a few clinics leave jobs of others their threads.
 */
@Component
@EnableConfigurationProperties(AssistantProperties.class)
class AssistantModels {

    /** Of sixteen threads of jobs. */
    private static final int AT_ONCE = 6;

    private static final int AT_ONCE_OF_A_CLINIC = 2;
    private static final int FAILURES_IN_A_ROW = 5;
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    private final AssistantProperties properties;
    private final AddressGuard guard;
    private final OutgoingHttp http;
    private final OutgoingHttp moderationHttp;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<UUID, Semaphore> ofClinics = new ConcurrentHashMap<>();
    private final Map<UUID, Circuit> circuits = new ConcurrentHashMap<>();

    private record Circuit(int failures, Instant last) {}

    AssistantModels(AssistantProperties properties, Clock clock) {
        this.properties = properties;
        this.guard = new AddressGuard(true, properties.privateHosts());
        this.http = new OutgoingHttp(properties.connectTimeout(), properties.answerTimeout(), guard);
        this.moderationHttp = new OutgoingHttp(properties.moderationTimeout(), properties.moderationTimeout(), guard);
        this.clock = clock;
    }

    /** The address as it is kept.
     *
     * @throws AddressGuard.Refused {@code address-not-allowed} for hosts that the installation does not name, and as {@link
     *     AddressGuard#base} does */
    String checked(String typed) throws AddressGuard.Refused {
        var address = guard.base(typed);
        if (!properties.allHosts().contains(address.getHost())) {
            throw new AddressGuard.Refused("address-not-allowed");
        }
        return address.toString();
    }

    ChatModel model(ModelProvider provider, String baseUrl, String model, String apiKey) {
        return provider.model(
                new ModelHttp(http, properties.answerTimeout(), properties.allHosts()), baseUrl, model, apiKey);
    }

    /** What judges messages beside the rules. @param model which of the server's */
    Moderation moderation(String baseUrl, String model, String apiKey) {
        return new Moderation(
                new ModelHttp(moderationHttp, properties.moderationTimeout(), properties.allHosts()),
                baseUrl,
                model,
                apiKey);
    }

    Duration turnTimeout() {
        return properties.turnTimeout();
    }

    /** Whether there is a place for one more call of a clinic; then {@link #leave} gives it back. */
    boolean enter(UUID clinic) {
        var own = ofClinics.computeIfAbsent(clinic, id -> new Semaphore(AT_ONCE_OF_A_CLINIC));
        if (!own.tryAcquire()) {
            return false;
        }
        if (!places.tryAcquire()) {
            own.release();
            return false;
        }
        return true;
    }

    void leave(UUID clinic) {
        places.release();
        ofClinics
                .computeIfAbsent(clinic, id -> new Semaphore(AT_ONCE_OF_A_CLINIC))
                .release();
    }

    /** Whether the circuit of a clinic's model is open: it failed too often in a row and is not asked until a pause is over. */
    boolean open(UUID clinic) {
        var circuit = circuits.get(clinic);
        return circuit != null
                && circuit.failures() >= FAILURES_IN_A_ROW
                && clock.instant().isBefore(circuit.last().plus(LEFT_ALONE));
    }

    /** After the pause one call is let through; one more failure begins the pause anew. */
    void told(UUID clinic, boolean failed) {
        if (failed) {
            circuits.merge(
                    clinic,
                    new Circuit(1, clock.instant()),
                    (before, one) -> new Circuit(before.failures() + 1, one.last()));
        } else {
            circuits.remove(clinic);
        }
    }

    @PreDestroy
    void close() throws IOException {
        http.close();
        moderationHttp.close();
    }
}
