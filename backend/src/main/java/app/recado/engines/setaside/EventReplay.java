package app.recado.engines.setaside;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Has events stored that could not be stored before. */
@Component
class EventReplay {

    private static final Logger LOG = LoggerFactory.getLogger(EventReplay.class);

    private final SetAsideEvents setAside;
    private final List<EventSource> sources;
    private final TransactionTemplate transaction;

    EventReplay(SetAsideEvents setAside, List<EventSource> sources, TransactionTemplate transaction) {
        this.setAside = setAside;
        this.sources = List.copyOf(sources);
        this.transaction = transaction;
    }

    /** Stores one that was set aside, because somebody asked for it.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code conflict} when it still cannot be stored */
    void replay(UUID organizationId, UUID id) {
        CurrentOrganization.run(organizationId, () -> {
            try {
                transaction.executeWithoutResult(status -> store(id, setAside.takeOut(id)));
            } catch (ProblemException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error(
                        "Event {} still cannot be stored: {}", id, e.getClass().getName());
                throw Problem.CONFLICT.because("It still cannot be stored");
            }
        });
    }

    /** Stores one of the current organization that is tried again by itself; nothing happens when it is gone or set aside.
     *
     * @throws RuntimeException when it still cannot be stored: then it is kept as it was */
    void again(UUID id) {
        transaction.executeWithoutResult(status -> {
            var kept = setAside.takeWaiting(id);
            if (kept != null) {
                store(id, kept);
            }
        });
    }

    private void store(UUID id, SetAsideEvents.Kept kept) {
        sources.stream()
                .filter(source -> source.has(kept.source()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody has events of " + kept.source()))
                .store(kept.lineId(), id, kept.content());
    }
}
