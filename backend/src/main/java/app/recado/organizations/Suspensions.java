package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Suspends clinics and ends suspensions. Nothing of a clinic is deleted or changed by it: its people are refused, its lines
 * are stopped by whoever keeps them, and the end brings back what ran before.
 */
@Service
class Suspensions implements OrganizationSuspensions {

    private final Register register;
    private final SuspendedOrganizations known;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Suspensions(
            Register register,
            SuspendedOrganizations known,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.register = register;
        this.known = known;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Suspends a clinic. One that is suspended already stays so for its first reason.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-fields}, {@code
     *     organization-not-in-that-state} while it is being onboarded */
    public OrganizationView suspend(UUID organization, SuspensionReason reason) {
        if (reason == SuspensionReason.DELETION) {
            throw Problem.INVALID_FIELDS.at("/reason", "unknown-value", "Ask for the deletion itself");
        }
        return inside(organization, () -> {
            if (register.suspend(organization, reason, Caller.current().subject(), clock.instant())) {
                events.publishEvent(new OrganizationSuspended(organization, reason.wireName()));
            }
            var now = found(organization);
            if (now.suspension() == null) {
                throw Problem.ORGANIZATION_NOT_IN_THAT_STATE.because("The clinic is still being onboarded");
            }
            return now;
        });
    }

    /** Ends a suspension; of a clinic that is not suspended nothing changes.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code organization-not-in-that-state} while it is to be
     *     deleted */
    public OrganizationView reactivate(UUID organization) {
        return inside(organization, () -> {
            var before = found(organization).suspension();
            if (before != null && before.deletionDueAt() != null) {
                throw Problem.ORGANIZATION_NOT_IN_THAT_STATE.because(
                        "The clinic is to be deleted; take that back first");
            }
            if (register.reactivate(organization) && before != null) {
                events.publishEvent(new OrganizationReactivated(
                        organization, before.reason().wireName()));
            }
            return found(organization);
        });
    }

    @Override
    @Transactional(readOnly = true)
    public boolean suspended() {
        return register.find(CurrentOrganization.id())
                .map(organization -> organization.suspension() != null)
                .orElse(false);
    }

    private OrganizationView found(UUID organization) {
        return register.find(organization).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such clinic"));
    }

    /** In a transaction of the clinic itself, so that its audit trail has it and those who keep its lines can hear it. */
    private OrganizationView inside(UUID organization, Supplier<OrganizationView> work) {
        var changed = CurrentOrganization.get(
                organization, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
        known.forget();
        return changed;
    }
}
