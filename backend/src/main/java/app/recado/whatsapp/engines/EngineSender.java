package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Failpoints;
import app.recado.kernel.ProblemException;
import app.recado.kernel.live.DatabaseNotifications;
import app.recado.kernel.work.TurnLoop;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStateChanged;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
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
    private final TurnLoop<EngineLanes.Lane> loop;

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
        this.loop =
                new TurnLoop<>("engines", lanes.leases(), settings.lanes(), settings.poll(), lanes::due, this::turn);
        notifications.on(EngineCommands.CHANNEL, payload -> loop.wake());
        notifications.onGap(loop::wake);
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(110)
    void start() {
        restoreHold.hold();
        if (!settings.worker()) {
            LOG.info("Direct engines are not worked by this process");
            return;
        }
        loop.start();
    }

    /** A line that is back sends what waited; before anybody else acts on the news, to lock in one order. */
    @EventListener
    @Order(-100)
    void changed(LineStateChanged line) {
        if (line.state() == LineState.LINKED) {
            commands.lineIsBack(line.lineId());
        }
    }

    /** Works everything that is due now, in the calling thread; for tests and for operators.
     *
     * @return how many times a message was tried */
    public int runDue() {
        return loop.runDue();
    }

    private TurnLoop.Turn turn(EngineLanes.Lane lane) {
        return CurrentOrganization.get(lane.organizationId(), () -> inside(lane));
    }

    /** What a line needs for sending. */
    private record Desk(LineEngineKind engine, LineCredentials credentials) {}

    private TurnLoop.Turn inside(EngineLanes.Lane lane) {
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
                return new TurnLoop.Turn(tried, true);
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
                return new TurnLoop.Turn(tried, true);
            }
            if (outcome instanceof SendOutcome.Retry retry && retry.reason().equals("provider-unreachable")) {
                return new TurnLoop.Turn(tried, false);
            }
        }
        transaction.executeWithoutResult(status -> {
            commands.stepBehind(lane.lineId());
            commands.forgetOldOnes();
        });
        return new TurnLoop.Turn(tried, true);
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
        if (!loop.stop(GOODBYE)) {
            LOG.warn("Some turns did not end in time; what was being sent will be unknown");
        }
    }
}
