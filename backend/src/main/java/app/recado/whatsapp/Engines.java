package app.recado.whatsapp;

import java.util.List;
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

    private final List<EngineAdapter> adapters;
    private final Lines lines;
    private final TransactionTemplate transaction;

    /** A line's engine never changes: another engine is another line. */
    private final Map<UUID, EngineAdapter> known = new ConcurrentHashMap<>();

    Engines(List<EngineAdapter> adapters, Lines lines, TransactionTemplate transaction) {
        this.adapters = List.copyOf(adapters);
        this.lines = lines;
        this.transaction = transaction;
    }

    /** The engine of lines of this kind. */
    EngineAdapter of(LineEngineKind kind) {
        return adapters.stream()
                .filter(adapter -> adapter.serves(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No engine serves " + kind));
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
    private EngineAdapter of(UUID lineId) {
        var engine = known.get(lineId);
        if (engine != null) {
            return engine;
        }
        var kind = Objects.requireNonNull(transaction.execute(status -> lines.engineOf(lineId)));
        engine = of(kind.orElse(LineEngineKind.LINKED_DEVICE));
        if (kind.isPresent()) {
            known.put(lineId, engine);
        }
        return engine;
    }
}
