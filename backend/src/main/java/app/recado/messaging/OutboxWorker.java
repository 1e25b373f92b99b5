package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.DatabaseNotifications;
import app.recado.kernel.web.Constraints;
import app.recado.whatsapp.GatewayAway;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
    private final Semaphore turns;
    private final Semaphore wake = new Semaphore(0);
    private final Set<UUID> inTurn = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Lanes.Backlog> backlog =
            new AtomicReference<>(new Lanes.Backlog(0, java.util.Optional.empty()));
    private volatile boolean running;
    private volatile @Nullable Thread loop;

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
        this.turns = new Semaphore(settings.lanes());
        notifications.on(Messages.CHANNEL, payload -> wake.release());
        notifications.onGap(wake::release);
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
        running = true;
        loop = Thread.ofVirtual().name("outbox").start(this::work);
    }

    private void work() {
        while (running) {
            try {
                var seen = lanes.backlog();
                backlog.set(seen);
                for (var organization : seen.depth() == 0 ? java.util.List.<UUID>of() : lanes.due(inTurn)) {
                    turns.acquire();
                    inTurn.add(organization);
                    Thread.ofVirtual().name("outbox-lane").start(() -> turnOf(organization));
                }
                if (wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("The outbox could not be looked at, trying again", e);
                pause();
            }
        }
    }

    private void turnOf(UUID organization) {
        try {
            turn(organization);
        } catch (RuntimeException e) {
            LOG.error("A turn of organization {} broke off", organization, e);
        } finally {
            inTurn.remove(organization);
            turns.release();
            wake.release();
        }
    }

    private void pause() {
        try {
            Thread.sleep(settings.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Works everything that is due now, in the calling thread, until nothing is left to do; for tests and for operators.
     *
     * @return how many times a message was brought a step further
     */
    public int runDue() {
        int worked = 0;
        while (true) {
            int round = 0;
            for (var organization : lanes.due(Set.of())) {
                round += turn(organization);
            }
            if (round == 0) {
                return worked;
            }
            worked += round;
        }
    }

    /** One organization's turn; 0 when another process has it or the gateway does not answer. */
    private int turn(UUID organization) {
        if (!lanes.lease(organization)) {
            return 0;
        }
        var ends = clock.instant().plus(settings.laneLease().dividedBy(2));
        int worked = 0;
        boolean failed = false;
        try {
            for (var message : CurrentOrganization.get(organization, () -> delivery.due(TURN_MESSAGES))) {
                if (clock.instant().isAfter(ends)) {
                    break;
                }
                work(organization, message);
                worked++;
            }
        } catch (GatewayAway e) {
            failed = true;
            LOG.warn("The gateway does not answer for organization {}: {}", organization, e.getMessage());
        } finally {
            if (failed) {
                lanes.releaseAfterFailure(organization);
            } else {
                lanes.release(organization);
            }
        }
        return worked;
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
        running = false;
        var working = loop;
        if (working != null) {
            wake.release();
            working.join(GOODBYE);
            if (!turns.tryAcquire(settings.lanes(), GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some turns did not end in time; what they were doing will be repeated");
            }
        }
    }
}
