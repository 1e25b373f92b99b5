package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import org.springframework.stereotype.Component;

/** People of the clinic, as the identity server has them. Who is invited counts once they accept. */
@Component
class MembersUsed implements LimitUsage {

    private final Membership membership;

    MembersUsed(Membership membership) {
        this.membership = membership;
    }

    @Override
    public Limit limit() {
        return Limit.MEMBERS;
    }

    /** Never inside a transaction: the identity server is asked. */
    @Override
    public long used() {
        return membership.list(CurrentOrganization.id()).size();
    }
}
