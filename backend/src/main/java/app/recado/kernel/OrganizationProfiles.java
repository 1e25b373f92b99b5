package app.recado.kernel;

/** Answers who the current organization is. Implemented by the organizations module, asked by all others. */
public interface OrganizationProfiles {

    /** The organization bound by {@link CurrentOrganization}; needs an open transaction.
     *
     * @throws ProblemException {@code not-found} when it is not registered here */
    OrganizationProfile current();
}
