package app.recado.organizations;

import app.recado.kernel.SearchText;
import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedClinics;
import app.recado.kernel.migration.RowRules;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Organizations of the optician's practice manager, onboarded as a platform administrator does. */
@Component
class OpticianClinics implements MigratedClinics {

    private static final int LONGEST_ALIAS = 40;

    private final Onboarding onboarding;
    private final RowRules rules;

    OpticianClinics(Onboarding onboarding, RowRules rules) {
        this.onboarding = onboarding;
        this.rules = rules;
    }

    @Override
    public Set<String> columns() {
        return Set.of("name", "alias", "country", "time_zone", "locale", "visit_word");
    }

    @Override
    public boolean isOwner(ExternalRow person) {
        return OpticianUsers.role(person).filter(MemberRole.OWNER::equals).isPresent();
    }

    @Override
    public Optional<UUID> find(ExternalRow row) {
        return onboarding.onboarded(alias(row), key(row));
    }

    @Override
    public UUID onboard(ExternalRow row, ExternalRow owner) {
        var request = request(row, owner);
        return onboarding
                .onboard(request.beginning(), request.first(), key(row))
                .id();
    }

    @Override
    public void rehearse(UUID id, ExternalRow row, ExternalRow owner) {
        onboarding.rehearse(id, request(row, owner).beginning());
    }

    private OrganizationController.NewOrganization request(ExternalRow row, ExternalRow owner) {
        return rules.kept(new OrganizationController.NewOrganization(
                row.required("name"),
                alias(row),
                row.required("country"),
                row.required("time_zone"),
                Objects.requireNonNullElse(row.text("locale"), "es"),
                row.text("visit_word"),
                new OrganizationController.NewOwner(
                        owner.required("email"), owner.required("first_name"), owner.required("last_name"))));
    }

    /** The name by which the clinic stands in addresses. */
    private static String alias(ExternalRow row) {
        var words = SearchText.normalise(row.required("name")).replace(' ', '-');
        return Objects.requireNonNullElse(
                row.text("alias"), words.substring(0, Math.min(LONGEST_ALIAS, words.length())));
    }

    /** The same for each run, so that a repetition continues the onboarding. */
    private static String key(ExternalRow row) {
        return "optician " + row.id();
    }
}
