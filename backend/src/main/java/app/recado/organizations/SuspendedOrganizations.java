package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.OrganizationStanding;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Knows which organizations are suspended: a handful of ids, read again every two seconds at most, so that no request pays
 * for the question. The process that suspends one knows it at once.
 */
@Component
class SuspendedOrganizations implements OrganizationStanding {

    private static final Duration HOLDS = Duration.ofSeconds(2);

    private final Register register;
    private final TransactionTemplate transaction;
    private volatile @Nullable Known known;

    /** Measured by the machine's own time, which no test and no clock adjustment turns back. */
    private record Known(Set<UUID> suspended, long readAt) {
        boolean holds() {
            return System.nanoTime() - readAt < HOLDS.toNanos();
        }
    }

    SuspendedOrganizations(Register register, PlatformTransactionManager transactions) {
        this.register = register;
        this.transaction = new TransactionTemplate(transactions);
        // Only reads, and says so: what a request writes is audited from its first transaction that may.
        this.transaction.setReadOnly(true);
    }

    @Override
    public void refuseSuspended(UUID organizationId) {
        if (suspended(organizationId)) {
            throw Problem.ORGANIZATION_SUSPENDED.because("Its data is kept; the platform's support knows more");
        }
    }

    @Override
    public boolean suspended(UUID organizationId) {
        return now().contains(organizationId);
    }

    /** Has it read again at the next question. */
    void forget() {
        known = null;
    }

    private Set<UUID> now() {
        var seen = known;
        if (seen != null && seen.holds()) {
            return seen.suspended();
        }
        long readAt = System.nanoTime();
        var suspended = CurrentOrganization.get(
                CurrentOrganization.PLATFORM,
                () -> Objects.requireNonNull(transaction.execute(status -> register.suspended())));
        known = new Known(suspended, readAt);
        return suspended;
    }
}
