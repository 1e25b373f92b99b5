package app.recado.whatsapp;

import app.recado.whatsapp.engines.DirectEngines;
import app.recado.whatsapp.engines.EngineLines;
import java.util.UUID;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The one engine others know: hands each message to the engine of its line. */
@Primary
@Component
class Engines implements LineEngine {

    private final Gateway gateway;
    private final DirectEngines direct;
    private final EngineLines lines;
    private final TransactionTemplate transaction;

    Engines(Gateway gateway, DirectEngines direct, EngineLines lines, TransactionTemplate transaction) {
        this.gateway = gateway;
        this.direct = direct;
        this.lines = lines;
        this.transaction = transaction;
    }

    @Override
    public HandOffAnswer submit(Command command) throws GatewayAway {
        return of(command.lineId()).submit(command);
    }

    @Override
    public WithdrawAnswer withdraw(UUID lineId, UUID messageId) throws GatewayAway {
        return of(lineId).withdraw(lineId, messageId);
    }

    /** A line that is not here may still be the gateway's: after a restore it knows more than we do. */
    private LineEngine of(UUID lineId) {
        boolean linkedDevice = Boolean.TRUE.equals(transaction.execute(status ->
                lines.engineOf(lineId).map(LineEngineKind.LINKED_DEVICE::equals).orElse(true)));
        return linkedDevice ? gateway : direct;
    }
}
