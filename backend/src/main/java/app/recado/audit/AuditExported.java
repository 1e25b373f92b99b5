package app.recado.audit;

import app.recado.kernel.Auditable;
import java.util.Map;

/** Somebody exports the audit trail. @param changes of which days and what */
record AuditExported(Map<String, Auditable.Change> changes) implements Auditable {

    AuditExported {
        changes = Map.copyOf(changes);
    }
}
