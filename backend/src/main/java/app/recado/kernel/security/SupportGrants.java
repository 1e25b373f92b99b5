package app.recado.kernel.security;

import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whether an organization's owner lets the platform's administrators look into it now. Asked for each of their requests, so
 * that a grant that ends or is taken back is gone with the next one. Implemented where organizations are kept.
 */
public interface SupportGrants {

    /** What support may read while it is let in: everything that a program may be let read, but no way to reach patients. */
    Set<Scope> SCOPES =
            Arrays.stream(Scope.values()).filter(Scope::readsWithoutContact).collect(Collectors.toUnmodifiableSet());

    /** Remembers that the grant was used, when there is one. */
    boolean admits(UUID organizationId);
}
