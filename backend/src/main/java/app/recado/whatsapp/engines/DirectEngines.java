package app.recado.whatsapp.engines;

import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.LineEngine;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The engines that are called over HTTP: what is handed over is stored, and a sender of this process sends it. */
@Component
public class DirectEngines implements LineEngine {

    private final EngineCommands commands;
    private final EngineLines lines;
    private final TransactionTemplate transaction;

    DirectEngines(EngineCommands commands, EngineLines lines, TransactionTemplate transaction) {
        this.commands = commands;
        this.lines = lines;
        this.transaction = transaction;
    }

    @Override
    public HandOffAnswer submit(Command command) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (lines.engineOf(command.lineId()).isEmpty()) {
                return new HandOffAnswer.LineUnknown();
            }
            commands.accept(command);
            var stored = commands.lock(command.messageId()).orElseThrow();
            boolean tombstone = stored.hash().isEmpty();
            if (!stored.lineId().equals(command.lineId())
                    || !tombstone && !stored.hash().equals(command.hash())) {
                return new HandOffAnswer.Differs();
            }
            return new HandOffAnswer.Taken(stored.state(), stored.reason());
        }));
    }

    @Override
    public WithdrawAnswer withdraw(UUID lineId, UUID messageId) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (lines.engineOf(lineId).isEmpty()) {
                return new WithdrawAnswer.LineUnknown();
            }
            commands.refuse(lineId, messageId);
            var stored = commands.lock(messageId).orElseThrow();
            if (stored.state() == CommandState.ACCEPTED) {
                commands.withdraw(stored);
                return new WithdrawAnswer.Withdrawn();
            }
            return stored.state() == CommandState.WITHDRAWN
                    ? new WithdrawAnswer.Withdrawn()
                    : new WithdrawAnswer.TooLate(stored.state(), stored.reason());
        }));
    }
}
