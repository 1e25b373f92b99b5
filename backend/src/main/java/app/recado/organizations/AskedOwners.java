package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers other modules' question who runs the current organization; the identity server knows. */
@Component
class AskedOwners implements OrganizationOwners {

    private final Membership membership;
    private final Register register;
    private final IdentitySettings settings;
    private final TransactionTemplate transaction;

    AskedOwners(Membership membership, Register register, IdentitySettings settings, TransactionTemplate transaction) {
        this.membership = membership;
        this.register = register;
        this.settings = settings;
        this.transaction = transaction;
    }

    @Override
    public List<Owner> owners() {
        return membership.list(CurrentOrganization.id()).stream()
                .filter(member -> member.roles().contains(MemberRole.OWNER))
                .flatMap(member -> Stream.ofNullable(member.account().email()))
                .map(Owner::new)
                .toList();
    }

    @Override
    public @Nullable String consoleAddress() {
        if (settings.consoleUrl().isBlank()) {
            return null;
        }
        var organization = transaction.execute(status -> register.find(CurrentOrganization.id()));
        return organization == null || organization.isEmpty()
                ? null
                : settings.consoleUrl().replaceFirst("/+$", "") + "/c/"
                        + organization.get().alias();
    }
}
