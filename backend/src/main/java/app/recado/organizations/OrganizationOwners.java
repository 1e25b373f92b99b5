package app.recado.organizations;

import app.recado.kernel.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers who runs the current organization. */
public interface OrganizationOwners {

    /**
     * Somebody who runs the clinic.
     *
     * @param email where they are told things
     */
    record Owner(String email) {
        @Override
        public String toString() {
            return "Owner";
        }
    }

    /** The owners that have an address; asks the identity server, so never inside a transaction.
     *
     * @throws ProblemException {@code identity-unavailable} */
    List<Owner> owners();

    /** Where the current organization's people open the console, without a final slash; null when no address is configured.
     * Needs no transaction. */
    @Nullable String consoleAddress();
}
