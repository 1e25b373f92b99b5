package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.keycloak.OrganizationDirectory;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Sees to it that everybody of a clinic that wants so signs in with more than a password. Who has nothing but one is signed out
 * and asked by the identity server to set one up before anything else; who takes theirs away again is found at the next look.
 */
@Component
class SecondFactors {

    /** For a day and longer: until then people sign in as before. */
    static final Retries RETRIES = new Retries(50, Duration.ofSeconds(30), Duration.ofHours(1));

    /** Whoever removes their second factor goes on for so long at most. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(6);

    private final OrganizationDirectory identity;
    private final MemberRules rules;

    SecondFactors(OrganizationDirectory identity, MemberRules rules) {
        this.identity = identity;
        this.rules = rules;
    }

    /** Looks at all members of the current clinic, and again later while it is required there. */
    JobResult turn() {
        if (!rules.requiresSecondFactor()) {
            return JobResult.done();
        }
        var clinic = CurrentOrganization.id();
        for (var member : identity.members(clinic)) {
            if (identity.requireSecondFactor(member.id())) {
                signOut(clinic, member.id());
            }
        }
        return JobResult.again(BETWEEN_LOOKS);
    }

    private void signOut(UUID clinic, UUID account) {
        identity.endSessions(account.toString());
        rules.refuseTokensSignedSoFar(clinic, account.toString());
    }
}
