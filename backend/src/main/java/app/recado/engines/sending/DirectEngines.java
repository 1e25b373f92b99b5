package app.recado.engines.sending;

import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.lines.ProviderLines;
import app.recado.engines.media.OutgoingMedia;
import app.recado.engines.provider.MediaBody;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.Providers;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.EngineAdapter;
import app.recado.whatsapp.EngineUnavailable;
import app.recado.whatsapp.Line;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.PairingOffer;
import app.recado.whatsapp.Payload;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The engines that are providers' APIs: Cloud API, Twilio, Evolution. A message handed over is sent by one call and its answer is the engine's: nothing
 * is stored here, so a call that was not answered must not be made again.
 */
@Component
class DirectEngines implements EngineAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(DirectEngines.class);
    private static final String LINE_DOWN = "line-down";

    private final Lines lines;
    private final LineStates states;
    private final ProviderLines providerLines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final OutgoingMedia media;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;

    DirectEngines(
            Lines lines,
            LineStates states,
            ProviderLines providerLines,
            CredentialStore credentials,
            Providers providers,
            OutgoingMedia media,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.lines = lines;
        this.states = states;
        this.providerLines = providerLines;
        this.credentials = credentials;
        this.providers = providers;
        this.media = media;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What a line needs for sending. */
    private record Access(
            LineCredentials credentials, @Nullable String statusAddress) {}

    @Override
    public HandOffAnswer submit(Command command) throws EngineUnavailable {
        if (!clock.instant().isBefore(command.notAfter())) {
            return new HandOffAnswer.Taken(CommandState.EXPIRED, "too-late");
        }
        var access = transaction.execute(status -> open(command));
        if (access == null) {
            return new HandOffAnswer.NotTaken(LINE_DOWN, null);
        }
        MediaBody body = null;
        if (command.payload().attached() instanceof Payload.MediaRef ref) {
            try {
                body = media.find(ref).orElse(null);
            } catch (ProblemException e) {
                return new HandOffAnswer.NotTaken(e.problem().code(), null);
            }
            if (body == null) {
                return new HandOffAnswer.Taken(CommandState.FAILED, "media-missing");
            }
        }
        var outcome = providers.send(
                access.credentials(),
                new Provider.Outgoing(
                        command.messageId(), command.to(), command.payload(), body, access.statusAddress()));
        return answer(command, outcome);
    }

    /** Null while the line is down. A line whose credentials cannot be opened goes down here, alone. */
    private @Nullable Access open(Command command) {
        var line = command.lineId();
        var engine = lines.engineOf(line);
        if (engine.isEmpty() || lines.find(line).filter(LineFacts::linked).isEmpty()) {
            return null;
        }
        try {
            var opened = credentials.open(line, engine.get());
            if (opened.isEmpty()) {
                states.stated(LineStatus.of(line, LineState.HALTED, "not-configured"));
                return null;
            }
            var statusPath = providers.of(engine.get()).statusPath(command.messageId());
            var statusAddress = statusPath == null
                    ? null
                    : credentials.webhook(line, engine.get(), statusPath).orElse(null);
            return new Access(opened.get(), statusAddress);
        } catch (SecretVault.Unreadable e) {
            LOG.error("The credentials of line {} cannot be opened: {}", line, e.getMessage());
            states.stated(LineStatus.of(line, LineState.HALTED, "credentials-unreadable"));
            return null;
        }
    }

    private HandOffAnswer answer(Command command, SendOutcome outcome) throws EngineUnavailable {
        return switch (outcome) {
            case SendOutcome.Sent sent -> new HandOffAnswer.Taken(CommandState.SENT, null, sent.providerId());
            case SendOutcome.Unknown unknown -> new HandOffAnswer.Taken(CommandState.UNKNOWN, unknown.reason());
            case SendOutcome.Failed failed -> new HandOffAnswer.Taken(CommandState.FAILED, failed.reason());
            case SendOutcome.Retry retry -> {
                if (retry.reason().equals("provider-unreachable")) {
                    throw new EngineUnavailable(retry.reason(), true);
                }
                yield new HandOffAnswer.NotTaken(retry.reason(), retry.after());
            }
            case SendOutcome.PauseLine pause -> new HandOffAnswer.NotTaken(LINE_DOWN, lineIsDown(command, pause));
            case SendOutcome.HaltLine halt -> new HandOffAnswer.NotTaken(LINE_DOWN, lineIsDown(command, halt));
        };
    }

    private @Nullable Duration lineIsDown(Command command, SendOutcome outcome) {
        return Objects.requireNonNull(transaction.execute(status ->
                        java.util.Optional.ofNullable(effectOnLine(states, command.lineId(), outcome, metrics, clock))))
                .orElse(null);
    }

    /** Reports what an outcome says of the whole line. Needs a transaction.
     *
     * @return after what time the line is looked at again; null when somebody must act, or nothing is wrong with it */
    static @Nullable Duration effectOnLine(
            LineStates states, UUID lineId, SendOutcome outcome, MeterRegistry metrics, Clock clock) {
        switch (outcome) {
            case SendOutcome.PauseLine pause -> {
                count(metrics, "paused", lineId, pause.reason());
                var until = clock.instant().plus(pause.length());
                states.stated(new LineStatus(
                        lineId, LineState.RECONNECTING, pause.reason(), null, until, null, null, null, null));
                return pause.length();
            }
            case SendOutcome.HaltLine halt -> {
                count(metrics, "halted", lineId, halt.cause());
                states.stated(LineStatus.of(lineId, LineState.HALTED, halt.cause()));
                return null;
            }
            default -> {
                return null;
            }
        }
    }

    private static void count(MeterRegistry metrics, String what, UUID lineId, String cause) {
        metrics.counter("recado.engines." + what, "cause", cause).increment();
        LOG.error("Line {} is {}: {}", lineId, what, cause);
    }

    /** A provider takes nothing back: whoever asks finds a call whose answer nobody heard. */
    @Override
    public WithdrawAnswer withdraw(UUID lineId, UUID messageId) {
        return new WithdrawAnswer.TooLate(CommandState.UNKNOWN, "no-acknowledgement");
    }

    @Override
    public boolean serves(LineEngineKind kind) {
        return kind != LineEngineKind.LINKED_DEVICE;
    }

    @Override
    public void start(Line line, boolean replacePhone) {
        providerLines.start(line.id(), line.engine());
    }

    @Override
    public void pair(Line line, String phone) {
        if (line.state() == LineState.LINKED) {
            throw Problem.LINE_NOT_IN_THAT_STATE.because("The line is linked");
        }
        providerLines.pair(line.id(), line.engine(), phone);
    }

    @Override
    public void stop(Line line) {
        providerLines.stop(line.id());
    }

    @Override
    public void logOut(Line line) {
        providerLines.logOut(line.id(), line.engine());
    }

    @Override
    public void forget(Line line) {
        providerLines.forget(line.id(), line.engine());
    }

    @Override
    public PairingOffer offer(Line line) {
        return providerLines.offer(line.id());
    }
}
