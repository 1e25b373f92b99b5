package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.DatabaseNotifications;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Works what is due: claims messages of one organization after the other, a batch in a turn, calls their engines at the
 * same time and records the answers as they come. Woken by the database when something was planned, else at a slow poll.
 */
@Component
public class OutboxWorker {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

    /** Longer than a call to a provider may take. */
    private static final Duration GOODBYE = Duration.ofSeconds(25);

    /** How often dashboards' figures are found out; counting costs what is due. */
    private static final Duration FIGURES = Duration.ofSeconds(15);

    private final OutboxAcrossClinics clinics;
    private final MessageClaims claims;
    private final EngineCalls calls;
    private final RestoreHold restoreHold;
    private final MessagingSettings settings;
    private final Clock clock;
    private final FairTurns turns;
    private final Completions<EngineCalls.Answered> completions;
    private final Phaser underWay = new Phaser(1);
    private final AtomicReference<Figures> figures =
            new AtomicReference<>(new Figures(new OutboxAcrossClinics.Backlog(0, Optional.empty()), Instant.MIN));
    private volatile boolean running;
    private volatile @Nullable Thread loop;

    private record Figures(OutboxAcrossClinics.Backlog backlog, Instant at) {}

    OutboxWorker(
            OutboxAcrossClinics clinics,
            MessageClaims claims,
            EngineCalls calls,
            RestoreHold restoreHold,
            MessagingSettings settings,
            DatabaseNotifications notifications,
            MeterRegistry metrics,
            Clock clock) {
        this.clinics = clinics;
        this.claims = claims;
        this.calls = calls;
        this.restoreHold = restoreHold;
        this.settings = settings;
        this.clock = clock;
        this.turns = new FairTurns(settings.turns());
        this.completions = new Completions<>((organization, answers) -> {
            CurrentOrganization.run(organization, () -> calls.record(answers));
            turns.wakeFor(organization); // their conversations go on, and their lines have places free
        });
        notifications.on(Messages.CHANNEL, payload -> turns.wakeFor(UUID.fromString(payload)));
        notifications.onGap(turns::wake);
        metrics.gauge("recado.outbox.depth", figures, f -> f.get().backlog().depth());
        metrics.gauge(
                "recado.outbox.oldest.due.age.seconds",
                figures,
                f -> f.get()
                        .backlog()
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
        loop = Thread.ofVirtual().name("outbox").start(this::look);
    }

    private void look() {
        while (running) {
            try {
                promote();
                countSometimes();
                turns.refill(clinics.ready());
                while (running && turns.next() instanceof UUID organization) {
                    underWay.register();
                    Thread.ofVirtual().name("outbox-turn").start(() -> turn(organization));
                }
                turns.await(settings.poll());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("The outbox could not be looked at, trying again: {}", named(e));
                pause();
            }
        }
    }

    private void promote() {
        while (clinics.promote() == OutboxAcrossClinics.PROMOTED_AT_ONCE) {
            if (!running) {
                return;
            }
        }
    }

    private void countSometimes() {
        var now = clock.instant();
        if (figures.get().at().plus(FIGURES).isBefore(now)) {
            figures.set(new Figures(clinics.backlog(), now));
        }
    }

    private void turn(UUID organization) {
        int worked = 0;
        try {
            var claimed = CurrentOrganization.get(organization, () -> claims.claim(settings.batch()));
            worked = claimed.worked();
            for (var call : claimed.calls()) {
                underWay.register();
                Thread.ofVirtual().name("outbox-call").start(() -> call(organization, call));
            }
        } catch (RuntimeException e) {
            LOG.error("A turn of the outbox for {} broke off: {}", organization, named(e));
        } finally {
            turns.done(organization, worked > 0);
            underWay.arriveAndDeregister();
        }
    }

    private void call(UUID organization, EngineCall call) {
        try {
            completions.add(organization, CurrentOrganization.get(organization, () -> calls.call(call)));
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    /**
     * Works everything that is due now, in the calling thread and one call after the other, until nothing is left to do;
     * for tests and for operators.
     *
     * @return how many times a message was brought a step further
     */
    public int runDue() {
        int worked = 0;
        while (true) {
            int round = 0;
            while (clinics.promote() == OutboxAcrossClinics.PROMOTED_AT_ONCE) {
                LOG.debug("There is more to make ready");
            }
            for (var organization : clinics.ready()) {
                round += CurrentOrganization.get(organization, this::turnByHand);
            }
            if (round == 0) {
                return worked;
            }
            worked += round;
        }
    }

    private int turnByHand() {
        var claimed = claims.claim(settings.batch());
        var answers = new ArrayList<EngineCalls.Answered>();
        claimed.calls().forEach(call -> answers.add(calls.call(call)));
        if (!answers.isEmpty()) {
            calls.record(answers);
        }
        return claimed.worked();
    }

    /** Not the exception itself: a database's complaint may quote a row, with a patient's number and words. */
    private static String named(RuntimeException e) {
        return e.getClass().getName() + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0]);
    }

    private void pause() {
        try {
            Thread.sleep(settings.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Claims nothing more, and lets calls under way be answered and recorded. */
    @PreDestroy
    void stop() throws InterruptedException {
        running = false;
        var looking = loop;
        if (looking == null) {
            return;
        }
        loop = null;
        turns.wake();
        looking.join(GOODBYE);
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Some calls did not end in time; their messages are settled when their leases end");
        }
    }
}
