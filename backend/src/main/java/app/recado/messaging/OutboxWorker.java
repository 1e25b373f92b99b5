package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.DatabaseNotifications;
import app.recado.kernel.web.Constraints;
import app.recado.kernel.work.TurnLoop;
import app.recado.whatsapp.GatewayAway;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Works what is due: woken by the database when something was planned, else at a slow poll. Each organization's lane gets
 * short turns, several lanes at once.
 */
@Component
public class OutboxWorker {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

    /** A turn ends after so many messages, or half its lease, so that it ends well within it. */
    private static final int TURN_MESSAGES = 20;

    private static final Duration STEP_ASIDE = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Lanes lanes;
    private final Delivery delivery;
    private final RestoreHold restoreHold;
    private final MessagingSettings settings;
    private final Clock clock;
    private final TurnLoop<UUID> loop;
    private final AtomicReference<Lanes.Backlog> backlog =
            new AtomicReference<>(new Lanes.Backlog(0, Optional.empty()));

    OutboxWorker(
            Lanes lanes,
            Delivery delivery,
            RestoreHold restoreHold,
            MessagingSettings settings,
            DatabaseNotifications notifications,
            MeterRegistry metrics,
            Clock clock) {
        this.lanes = lanes;
        this.delivery = delivery;
        this.restoreHold = restoreHold;
        this.settings = settings;
        this.clock = clock;
        this.loop = new TurnLoop<>("outbox", lanes.leases(), settings.lanes(), settings.poll(), this::due, this::turn);
        notifications.on(Messages.CHANNEL, payload -> loop.wake());
        notifications.onGap(loop::wake);
        metrics.gauge("recado.outbox.depth", backlog, b -> b.get().depth());
        metrics.gauge(
                "recado.outbox.oldest.due.age.seconds",
                backlog,
                b -> b.get()
                        .oldestDue()
                        .map(due ->
                                (double) Duration.between(due, clock.instant()).toSeconds())
                        .orElse(0.0));
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(100)
    void start() {
        restoreHold.hold();
        if (!settings.worker()) {
            LOG.info("The outbox is not worked by this process");
            return;
        }
        loop.start();
    }

    private List<UUID> due(Collection<UUID> except) {
        var seen = lanes.backlog();
        backlog.set(seen);
        return seen.depth() == 0 ? List.of() : lanes.due(except);
    }

    /**
     * Works everything that is due now, in the calling thread, until nothing is left to do; for tests and for operators.
     *
     * @return how many times a message was brought a step further
     */
    public int runDue() {
        return loop.runDue();
    }

    /** One organization's turn; it is broken off when the gateway does not answer. */
    private TurnLoop.Turn turn(UUID organization) {
        var ends = clock.instant().plus(lanes.leases().length().dividedBy(2));
        int worked = 0;
        try {
            for (var message : CurrentOrganization.get(organization, () -> delivery.due(TURN_MESSAGES))) {
                if (clock.instant().isAfter(ends)) {
                    break;
                }
                work(organization, message);
                worked++;
            }
        } catch (GatewayAway e) {
            LOG.warn("The gateway does not answer for organization {}: {}", organization, e.getMessage());
            return new TurnLoop.Turn(worked, false);
        }
        return new TurnLoop.Turn(worked, true);
    }

    /** A message that fails for a reason of its own steps aside, so that it does not hold up its whole clinic. */
    private void work(UUID organization, UUID message) throws GatewayAway {
        try {
            CurrentOrganization.call(organization, () -> {
                delivery.work(message);
                return message;
            });
        } catch (GatewayAway e) {
            throw e;
        } catch (Exception e) {
            // Not the exception itself: a database's complaint may quote the row, with the patient's number and words.
            LOG.error(
                    "Message {} of organization {} could not be worked: {} at {}, constraint {}",
                    message,
                    organization,
                    e.getClass().getName(),
                    e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0],
                    Constraints.nameIn(e));
            CurrentOrganization.run(organization, () -> delivery.stepAside(message, STEP_ASIDE));
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        if (!loop.stop(GOODBYE)) {
            LOG.warn("Some turns did not end in time; what they were doing will be repeated");
        }
    }
}
