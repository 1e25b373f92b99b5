package app.recado.kernel.security;

import java.util.UUID;

/**
 * Whether an organization may be worked in at all. Asked at each request and again and again while a stream is open, so it
 * must cost next to nothing; a change counts everywhere within seconds. Implemented where organizations are kept.
 */
public interface OrganizationStanding {

    /**
     * Returns when the organization may be worked in, or is not known here: that is for others to say.
     *
     * @throws app.recado.kernel.ProblemException {@code organization-suspended}
     */
    void refuseSuspended(UUID organizationId);

    /** Whether nobody may work in it now; for pages without sign-in, which answer as if it were nobody's. */
    boolean suspended(UUID organizationId);
}
