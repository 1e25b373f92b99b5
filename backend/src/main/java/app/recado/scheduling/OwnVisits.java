package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Whose visits somebody may take on: the desk all, a practitioner those that are theirs. Nothing is known of an account
 * that the clinic has not said to be a practitioner's, so it is not held back.
 */
@Component
class OwnVisits {

    private final PractitionerRepository practitioners;

    OwnVisits(PractitionerRepository practitioners) {
        this.practitioners = practitioners;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-your-appointment} when it is a colleague's */
    void requireTheirs(Appointment visit) {
        var caller = Caller.current();
        var roles = caller.organizations().getOrDefault(CurrentOrganization.id(), Set.of());
        if (roles.contains(Allow.OWNER) || roles.contains(Allow.RECEPTIONIST)) {
            return;
        }
        var self = practitioners.findByMemberId(caller.subject());
        if (self.isPresent() && !self.get().id().equals(visit.practitionerId())) {
            throw Problem.NOT_YOUR_APPOINTMENT.because("The visit is with another practitioner");
        }
    }
}
