package app.recado.engines.gateway;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.EngineAdapter;
import app.recado.whatsapp.EngineUnavailable;
import app.recado.whatsapp.Line;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.PairingOffer;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine of lines that are a phone of the clinic: what is asked of it, the gateway is asked. */
@Component
class GatewayEngine implements EngineAdapter {

    private final Gateway gateway;
    private final Lines lines;
    private final LineStates states;
    private final TransactionTemplate transaction;
    private final Clock clock;

    GatewayEngine(Gateway gateway, Lines lines, LineStates states, TransactionTemplate transaction, Clock clock) {
        this.gateway = gateway;
        this.lines = lines;
        this.states = states;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public boolean serves(LineEngineKind kind) {
        return kind == LineEngineKind.LINKED_DEVICE;
    }

    @Override
    public HandOffAnswer submit(Command command) throws EngineUnavailable {
        return gateway.submit(command);
    }

    @Override
    public WithdrawAnswer withdraw(UUID lineId, UUID messageId) throws EngineUnavailable {
        return gateway.withdraw(lineId, messageId);
    }

    @Override
    public void start(Line line, boolean replacePhone) {
        fulfil(line, true, () -> gateway.start(CurrentOrganization.id(), line.id(), replacePhone));
        settingsChanged(line);
    }

    @Override
    public void pair(Line line, String phone) {
        fulfil(line, true, () -> {
            var known = gateway.status(line.id());
            if (known.isEmpty()
                    && gateway.start(CurrentOrganization.id(), line.id(), false).isEmpty()) {
                return Optional.empty();
            }
            return gateway.pairingCode(line.id(), phone);
        });
    }

    @Override
    public void stop(Line line) {
        fulfil(line, false, () -> gateway.stop(line.id()));
    }

    @Override
    public void logOut(Line line) {
        fulfil(line, false, () -> gateway.logOut(line.id()));
    }

    @Override
    public void forget(Line line) {
        try {
            if (gateway.forget(line.id())) {
                return;
            }
            gateway.logOut(line.id());
            if (!gateway.forget(line.id())) {
                throw Problem.LINE_NOT_IN_THAT_STATE.because("The phone is still being unlinked");
            }
        } catch (EngineUnavailable e) {
            throw Problem.GATEWAY_UNAVAILABLE.because("Nothing was changed, ask again in a moment");
        }
    }

    /** Codes are in no row, so the gateway is asked. */
    @Override
    public PairingOffer offer(Line line) {
        try {
            return gateway.status(line.id()).map(GatewayLine::offer).orElse(PairingOffer.NONE);
        } catch (EngineUnavailable e) {
            return PairingOffer.NONE;
        }
    }

    /** What the gateway does not hear now it is told when it is back. */
    @Override
    public void settingsChanged(Line line) {
        if (!line.typingIsNews()) {
            return;
        }
        try {
            gateway.settings(line.id(), line.typing()).ifPresent(status -> lines.typingTold(line.id(), line.typing()));
        } catch (EngineUnavailable e) {
            // The watch over lines tries again.
        }
    }

    /** A wish that the gateway is asked to fulfil. */
    @FunctionalInterface
    private interface Wish {
        /** Empty when the gateway refuses. */
        Optional<GatewayLine> ask() throws EngineUnavailable;
    }

    private void fulfil(Line line, boolean running, Wish wish) {
        try {
            var answer = wish.ask()
                    .orElseThrow(() -> Problem.LINE_NOT_IN_THAT_STATE.because(
                            "The line is linked, or the gateway knows it under another network"));
            transaction.executeWithoutResult(state -> {
                states.wanted(line.id(), running);
                states.reported(Ids.next(), answer.status(), clock.instant());
            });
        } catch (EngineUnavailable e) {
            throw Problem.GATEWAY_UNAVAILABLE.because("Nothing was changed, ask again in a moment");
        }
    }
}
