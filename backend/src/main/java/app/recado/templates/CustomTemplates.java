package app.recado.templates;

import java.util.Optional;
import java.util.UUID;

/** The clinic's own templates, for whoever sends with them. Current organization; needs an open transaction. */
public interface CustomTemplates {

    /** Empty for unknown ids and for templates of other organizations alike. */
    Optional<CustomTemplate> find(UUID id);

    /** Whether a line's provider approved one of its texts, in any language. */
    boolean isApproved(UUID id, UUID lineId);
}
