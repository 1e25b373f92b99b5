package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ProblemException;
import java.util.Map;
import java.util.UUID;

/** Answers who the current organization is. */
public interface OrganizationProfiles {

    /** The organization bound by {@link CurrentOrganization}; needs an open transaction.
     *
     * @throws ProblemException {@code not-found} when it is not registered here */
    OrganizationProfile current();

    /** What all organizations are called; for platform work only, elsewhere it knows the current one. Needs an open
     * transaction. */
    Map<UUID, String> names();
}
