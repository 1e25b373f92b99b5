package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What clinics use of their plans, and how they get them. Numbers only: the platform asks, too. */
@Service
class Usage {

    private final Limits limits;
    private final Register register;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Usage(
            Limits limits,
            Register register,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.limits = limits;
        this.register = register;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Of the current organization. */
    UsageView current() {
        var plan = limits.plan();
        var items = Arrays.stream(Limit.values())
                .map(limit -> new UsageView.LimitView(limit, used(limit), plan == null ? null : plan.most(limit)))
                .toList();
        return new UsageView(plan == null ? null : plan.name(), items);
    }

    /** Null while whoever knows does not answer: the other limits are told all the same. */
    private @Nullable Long used(Limit limit) {
        try {
            return Limits.inUnits(limit, limits.used(limit));
        } catch (ProblemException e) {
            return null;
        }
    }

    /** Of any clinic, for the platform.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    UsageView of(UUID organization) {
        return CurrentOrganization.get(organization, () -> {
            transaction.executeWithoutResult(status -> mustBeThere(organization));
            return current();
        });
    }

    /** Gives a clinic a plan. What it uses beyond that stays; it gets no more.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    UsageView plan(UUID organization, Limits.Plan plan) {
        return CurrentOrganization.get(organization, () -> {
            transaction.executeWithoutResult(status -> {
                mustBeThere(organization);
                var before = limits.plan();
                limits.set(plan, Caller.current().subject(), clock.instant());
                events.publishEvent(OrganizationLimitsChanged.between(organization, before, plan));
            });
            return current();
        });
    }

    private void mustBeThere(UUID organization) {
        if (register.find(organization).isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such clinic");
        }
    }
}
