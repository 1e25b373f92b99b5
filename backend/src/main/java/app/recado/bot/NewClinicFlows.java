package app.recado.bot;

import app.recado.organizations.OrganizationProfiles;
import app.recado.organizations.OrganizationRegistered;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The flows with which a clinic begins. They are drafts: nothing answers patients by itself before somebody of the clinic has read
 * it and published it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class NewClinicFlows {

    private final Flows flows;
    private final OrganizationProfiles organizations;

    NewClinicFlows(Flows flows, OrganizationProfiles organizations) {
        this.flows = flows;
        this.organizations = organizations;
    }

    @EventListener
    public void registered(OrganizationRegistered event) {
        flows.addToNew(StarterFlows.all(organizations.current().locale()));
    }
}
