package app.recado.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Has events stored that were set aside. */
@Component
class EventReplay {

    private static final Logger LOG = LoggerFactory.getLogger(EventReplay.class);

    private final SetAsideEvents setAside;
    private final EventSource source;
    private final TransactionTemplate transaction;

    EventReplay(SetAsideEvents setAside, EventSource source, TransactionTemplate transaction) {
        this.setAside = setAside;
        this.source = source;
        this.transaction = transaction;
    }

    /** Stores one.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code conflict} when it still cannot be stored */
    void replay(UUID organizationId, UUID id) {
        CurrentOrganization.run(organizationId, () -> {
            try {
                transaction.executeWithoutResult(status -> {
                    var kept = setAside.takeOut(id);
                    source.store(kept.lineId(), id, kept.content());
                });
            } catch (ProblemException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error(
                        "Event {} still cannot be stored: {}", id, e.getClass().getName());
                throw Problem.CONFLICT.because("It still cannot be stored");
            }
        });
    }
}
