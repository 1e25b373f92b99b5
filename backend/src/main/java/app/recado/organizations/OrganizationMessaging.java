package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ProblemException;

/** Answers how the current organization wants its patients to be written to. */
public interface OrganizationMessaging {

    /** Of the organization bound by {@link CurrentOrganization}; read anew at each call; needs an open transaction.
     *
     * @throws ProblemException {@code not-found} when the organization is not registered here */
    MessagingPreferences preferences();
}
