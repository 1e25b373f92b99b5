package app.recado.whatsapp;

import app.recado.whatsapp.engines.DirectEngines;
import app.recado.whatsapp.engines.EngineLines;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    /** A line's engine never changes: another engine is another line. */
    private final Map<UUID, LineEngine> known = new ConcurrentHashMap<>();

    Engines(Gateway gateway, DirectEngines direct, EngineLines lines, TransactionTemplate transaction) {
        this.gateway = gateway;
        this.direct = direct;
        this.lines = lines;
        this.transaction = transaction;
    }

    @Override
    public HandOffAnswer submit(Command command) throws EngineUnavailable {
        return of(command.lineId()).submit(command);
    }

    @Override
    public WithdrawAnswer withdraw(UUID lineId, UUID messageId) throws EngineUnavailable {
        return of(lineId).withdraw(lineId, messageId);
    }

    /** A line that is not here may still be the gateway's: after a restore it knows more than we do. */
    private LineEngine of(UUID lineId) {
        var engine = known.get(lineId);
        if (engine != null) {
            return engine;
        }
        var kind = Objects.requireNonNull(transaction.execute(status -> lines.engineOf(lineId)));
        engine = kind.filter(other -> other != LineEngineKind.LINKED_DEVICE).isPresent() ? direct : gateway;
        if (kind.isPresent()) {
            known.put(lineId, engine);
        }
        return engine;
    }
}
