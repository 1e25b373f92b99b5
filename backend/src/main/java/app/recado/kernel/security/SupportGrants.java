package app.recado.kernel.security;

import java.util.UUID;

/**
 * Whether an organization's owner lets the platform's administrators look into it now. Asked for each of their requests, so
 * that a grant that ends or is taken back is gone with the next one. Implemented where organizations are kept.
 */
public interface SupportGrants {

    /** Remembers that the grant was used, when there is one. */
    boolean admits(UUID organizationId);
}
