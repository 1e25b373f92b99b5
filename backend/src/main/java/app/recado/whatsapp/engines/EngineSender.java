package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Failpoints;
import app.recado.kernel.ProblemException;
import app.recado.kernel.live.DatabaseNotifications;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStateChanged;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what direct engines were given. A message is {@code sending}, committed, before the provider is called; whoever
 * finds one in that state after a crash cannot know whether it left, and says so instead of sending it again.
 */
@Component
public class EngineSender {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSender.class);
    private static final int TURN_MESSAGES = 20;
    private static final Duration GOODBYE = Duration.ofSeconds(25);

    private final EngineLanes lanes;
    private final EngineCommands commands;
    private final Outcomes outcomes;
    private final EngineRestoreHold restoreHold;
    private final EngineLines lines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final ObjectProvider<MediaObjects> media;
    private final EngineSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Semaphore turns;
    private final Semaphore wake = new Semaphore(0);
    private final Set<EngineLanes.Lane> inTurn = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable Thread loop;

    EngineSender(
            EngineLanes lanes,
            EngineCommands commands,
            Outcomes outcomes,
            EngineRestoreHold restoreHold,
            EngineLines lines,
            CredentialStore credentials,
            Providers providers,
            ObjectProvider<MediaObjects> media,
            EngineSettings settings,
            TransactionTemplate transaction,
            DatabaseNotifications notifications,
            Clock clock) {
        this.lanes = lanes;
        this.commands = commands;
        this.outcomes = outcomes;
        this.restoreHold = restoreHold;
        this.lines = lines;
        this.credentials = credentials;
        this.providers = providers;
        this.media = media;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        this.turns = new Semaphore(settings.lanes());
        notifications.on(EngineCommands.CHANNEL, payload -> wake.release());
        notifications.onGap(wake::release);
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(110)
    void start() {
        restoreHold.hold();
        if (!settings.worker()) {
            LOG.info("Direct engines are not worked by this process");
            return;
        }
        running = true;
        loop = Thread.ofVirtual().name("engines").start(this::work);
    }

    /** A line that is back sends what waited; before anybody else acts on the news, to lock in one order. */
    @EventListener
    @Order(-100)
    void changed(LineStateChanged line) {
        if (line.state() == LineState.LINKED) {
            commands.lineIsBack(line.lineId());
        }
    }

    private void work() {
        while (running) {
            try {
                for (var lane : lanes.due(inTurn)) {
                    turns.acquire();
                    inTurn.add(lane);
                    Thread.ofVirtual().name("engine-lane").start(() -> turnOf(lane));
                }
                if (wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error(
                        "Direct engines could not be looked at, trying again: {}",
                        e.getClass().getName());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(settings.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turnOf(EngineLanes.Lane lane) {
        try {
            turn(lane);
        } catch (RuntimeException e) {
            // Not the exception itself: a database's complaint may quote the row.
            LOG.error(
                    "A turn of line {} broke off: {}",
                    lane.lineId(),
                    e.getClass().getName());
        } finally {
            inTurn.remove(lane);
            turns.release();
            wake.release();
        }
    }

    /** Works everything that is due now, in the calling thread; for tests and for operators.
     *
     * @return how many times a message was tried */
    public int runDue() {
        int worked = 0;
        while (true) {
            int round = 0;
            for (var lane : lanes.due(Set.of())) {
                round += turn(lane);
            }
            if (round == 0) {
                return worked;
            }
            worked += round;
        }
    }

    private int turn(EngineLanes.Lane lane) {
        if (!lanes.lease(lane)) {
            return 0;
        }
        boolean reachable = false;
        try {
            var done = CurrentOrganization.get(lane.organizationId(), () -> inside(lane));
            reachable = done.reachable();
            return done.tried();
        } finally {
            if (reachable) {
                lanes.release(lane);
            } else {
                lanes.releaseAfterFailure(lane);
            }
        }
    }

    private record Turn(int tried, boolean reachable) {}

    /** What a line needs for sending. */
    private record Desk(LineEngineKind engine, LineCredentials credentials) {}

    private Turn inside(EngineLanes.Lane lane) {
        var ends = clock.instant().plus(EngineLanes.LEASE.dividedBy(2));
        transaction.executeWithoutResult(status -> commands.settleFoundSending(lane.lineId()));
        int tried = 0;
        while (tried < TURN_MESSAGES && !clock.instant().isAfter(ends)) {
            var desk = open(lane);
            if (desk.isEmpty()) {
                // Claiming gives up what is too late even while nothing can leave.
                transaction.executeWithoutResult(status -> {
                    commands.expire(lane.lineId());
                    commands.waitForLine(lane.lineId());
                });
                return new Turn(tried, true);
            }
            var claimed = Objects.requireNonNull(transaction.execute(
                    status -> commands.claim(lane.lineId(), clock.instant().plus(EngineLanes.LEASE))));
            if (claimed.isEmpty()) {
                break;
            }
            Failpoints.reach("engine-claimed");
            var outcome = send(desk.get(), claimed.get());
            Failpoints.reach("engine-answered");
            transaction.executeWithoutResult(status -> outcomes.called(claimed.get(), outcome));
            tried++;
            if (outcome instanceof SendOutcome.PauseLine || outcome instanceof SendOutcome.HaltLine) {
                return new Turn(tried, true);
            }
            if (outcome instanceof SendOutcome.Retry retry && retry.reason().equals("provider-unreachable")) {
                return new Turn(tried, false);
            }
        }
        transaction.executeWithoutResult(status -> {
            commands.stepBehind(lane.lineId());
            commands.forgetOldOnes();
        });
        return new Turn(tried, true);
    }

    /** Empty while the line is down. A line whose credentials cannot be opened goes down here, alone. */
    private Optional<Desk> open(EngineLanes.Lane lane) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var engine = lines.engineOf(lane.lineId());
            if (engine.isEmpty() || !lines.linked(lane.lineId())) {
                return Optional.empty();
            }
            try {
                var opened = credentials.open(lane.lineId(), engine.get());
                if (opened.isEmpty()) {
                    lines.report(lane.lineId(), "halted", "not-configured", null, null, null);
                }
                return opened.map(secret -> new Desk(engine.get(), secret));
            } catch (EngineVault.Unreadable e) {
                LOG.error("The credentials of line {} cannot be opened: {}", lane.lineId(), e.getMessage());
                lines.report(lane.lineId(), "halted", "credentials-unreadable", null, null, null);
                return Optional.empty();
            }
        }));
    }

    private SendOutcome send(Desk desk, EngineCommands.Row row) {
        var payload = StoredPayload.read(Objects.requireNonNull(row.payload()));
        byte[] bytes = null;
        if (StoredPayload.mediaOf(payload) instanceof app.recado.whatsapp.Payload.MediaRef ref) {
            var store = media.getIfAvailable();
            try {
                bytes = store == null ? null : store.read(ref).orElse(null);
            } catch (ProblemException e) {
                return new SendOutcome.Retry(e.problem().code(), null);
            }
            if (bytes == null || bytes.length > EngineSettings.LARGEST_MEDIA) {
                return new SendOutcome.Failed("media-missing");
            }
        }
        var statusAddress = desk.engine() == LineEngineKind.TWILIO
                ? transaction.execute(status -> credentials
                        .webhook(row.lineId(), desk.engine(), "/status?message=" + row.messageId())
                        .orElse(null))
                : null;
        return providers.send(
                desk.credentials(),
                new Provider.Outgoing(
                        row.messageId(), Objects.requireNonNull(row.recipient()), payload, bytes, null, statusAddress));
    }

    @PreDestroy
    void stop() throws InterruptedException {
        running = false;
        var working = loop;
        if (working != null) {
            wake.release();
            working.join(GOODBYE);
            if (!turns.tryAcquire(settings.lanes(), GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some turns did not end in time; what was being sent will be unknown");
            }
        }
    }
}
