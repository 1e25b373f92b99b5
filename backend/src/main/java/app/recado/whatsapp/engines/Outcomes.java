package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.whatsapp.CommandState;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records what became of messages: at once, as the answer to a call, or later, as a provider's status. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Set<CommandState> OPEN =
            EnumSet.of(CommandState.ACCEPTED, CommandState.SENDING, CommandState.UNKNOWN);

    private final EngineCommands commands;
    private final EngineLines lines;
    private final EngineLanes lanes;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Outcomes(EngineCommands commands, EngineLines lines, EngineLanes lanes, MeterRegistry metrics, Clock clock) {
        this.commands = commands;
        this.lines = lines;
        this.lanes = lanes;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Records the answer to a call. The command was claimed by us; somebody may have settled it in the meantime. */
    public void called(EngineCommands.Row claimed, SendOutcome outcome) {
        var found = commands.lock(claimed.messageId());
        if (found.isEmpty()) {
            return;
        }
        var row = found.get();
        if (row.state() != CommandState.SENDING || row.attempts() != claimed.attempts()) {
            // A status was faster than the answer, or we were taken for dead. The id is still worth knowing.
            if (outcome instanceof SendOutcome.Sent sent && row.providerId() == null) {
                commands.rememberProviderId(row, sent.providerId());
                if (OPEN.contains(row.state())) {
                    commands.change(row, CommandState.SENT, null, sent.providerId(), clock.instant(), null);
                }
            }
            return;
        }
        switch (outcome) {
            case SendOutcome.Sent sent -> sent(row, sent.providerId());
            case SendOutcome.Unknown unknown -> {
                LOG.warn("It is not known whether message {} was sent", row.messageId());
                commands.change(row, CommandState.UNKNOWN, unknown.reason(), null, clock.instant(), null);
            }
            default -> notTaken(row, outcome);
        }
    }

    private void sent(EngineCommands.Row row, String providerId) {
        commands.change(row, CommandState.SENT, null, providerId, clock.instant(), null);
        for (var receipt : commands.receipts(row.lineId(), providerId)) {
            var current = commands.lock(row.messageId()).orElseThrow();
            merge(current, providerId, receipt);
        }
    }

    /** What to do with a message that was certainly not taken; the command must be locked. */
    private void notTaken(EngineCommands.Row row, SendOutcome outcome) {
        var now = clock.instant();
        switch (outcome) {
            case SendOutcome.Failed failed ->
                commands.change(row, CommandState.FAILED, failed.reason(), null, now, null);
            case SendOutcome.Retry retry -> {
                var after = retry.after();
                if (after != null && now.plus(after).isAfter(row.notAfter())) {
                    // It would only be given up later: whoever waits for it should know now.
                    commands.change(row, CommandState.FAILED, retry.reason(), null, now, null);
                } else {
                    commands.putBack(row, atTheLatest(row, now.plus(after == null ? backOff(row.attempts()) : after)));
                }
            }
            case SendOutcome.PauseLine pause -> {
                count("paused", row.lineId(), pause.reason());
                lanes.pause(new EngineLanes.Lane(CurrentOrganization.id(), row.lineId()), now.plus(pause.length()));
                commands.putBack(row, atTheLatest(row, now.plus(pause.length())));
                lines.report(row.lineId(), "reconnecting", pause.reason(), now.plus(pause.length()), null, null);
            }
            case SendOutcome.HaltLine halt -> {
                count("halted", row.lineId(), halt.cause());
                commands.putBack(row, row.notAfter());
                lines.report(row.lineId(), "halted", halt.cause(), null, null, null);
            }
            case SendOutcome.Sent sent -> throw new IllegalStateException("That was taken");
            case SendOutcome.Unknown unknown -> throw new IllegalStateException("That is in doubt");
        }
    }

    private void count(String what, UUID lineId, String cause) {
        metrics.counter("recado.engines." + what, "cause", cause).increment();
        LOG.error("Line {} is {}: {}", lineId, what, cause);
    }

    private static Instant atTheLatest(EngineCommands.Row row, Instant at) {
        return at.isBefore(row.notAfter()) ? at : row.notAfter();
    }

    /** 2 s, doubling up to five minutes, each between half and all of it. */
    private Duration backOff(int attempts) {
        long longest = Math.min(LONGEST_BACK_OFF.toMillis(), 1000L << Math.min(Math.max(attempts, 1), 20));
        return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
    }

    /**
     * Takes a provider's status, once.
     *
     * @return false when it was told before
     */
    public boolean told(UUID lineId, Said.Status status) {
        var receipt = new EngineCommands.Receipt(
                status.state(), status.reason(), status.at() == null ? clock.instant() : status.at());
        if (!commands.receiptIsNew(lineId, status.providerId(), receipt)) {
            return false;
        }
        commands.lockSpokenOf(lineId, status.providerId(), status.messageId())
                .ifPresent(row -> merge(row, status.providerId(), receipt));
        return true;
    }

    /** Merges a status into a locked command, whatever the order in which statuses are told. */
    private void merge(EngineCommands.Row row, String providerId, EngineCommands.Receipt receipt) {
        if (row.providerId() != null && !row.providerId().equals(providerId)) {
            return; // of an attempt that was given up and followed by another
        }
        var to = EngineCommands.stateOf(receipt.state());
        if (to == CommandState.FAILED) {
            if (OPEN.contains(row.state()) || row.state() == CommandState.SENT) {
                failedLater(row, receipt);
            }
            return;
        }
        if (rank(to) > rank(row.state())) {
            commands.change(row, to, null, providerId, receipt.at(), null);
        }
    }

    /** The provider took it and could not deliver it. That is certain, so what may be tried again is. */
    private void failedLater(EngineCommands.Row row, EngineCommands.Receipt receipt) {
        var engine = lines.engineOf(row.lineId()).orElseThrow();
        notTaken(row, Providers.meaning(engine, receipt.reason() == null ? "" : receipt.reason()));
    }

    private static int rank(CommandState state) {
        return switch (state) {
            case ACCEPTED, SENDING, UNKNOWN -> 0;
            case SENT -> 1;
            case DELIVERED -> 2;
            case READ -> 3;
            case FAILED, WITHDRAWN, EXPIRED -> 4;
        };
    }
}
