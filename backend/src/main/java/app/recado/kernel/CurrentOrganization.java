package app.recado.kernel;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.MDC;

/**
 * The organization on whose behalf the current thread works. Every transaction that begins while it is bound sees the
 * rows of that organization and no others (row-level security); without it a transaction sees no tenant row at all.
 */
public final class CurrentOrganization {

    /** The id under which platform operations run. It is no organization, so it owns no patient, message or line. */
    public static final UUID PLATFORM = new UUID(0, 0);

    private static final String LOGGED = "organization";

    private static final ScopedValue<UUID> CURRENT = ScopedValue.newInstance();

    private CurrentOrganization() {}

    /** The bound organization.
     *
     * @throws IllegalStateException when none is bound: a programming error, never a client's */
    public static UUID id() {
        return find().orElseThrow(() -> new IllegalStateException("No organization is bound to this work"));
    }

    /** The bound organization, or empty outside any organization's work. */
    public static Optional<UUID> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** True while platform work runs: such transactions may read and write the register of organizations only. */
    public static boolean isPlatform() {
        return CURRENT.isBound() && CURRENT.get().equals(PLATFORM);
    }

    /** Runs work for one organization. A transaction that is already open keeps the organization it began with. */
    public static void run(UUID organizationId, Runnable work) {
        bound(organizationId, () -> {
            work.run();
            return organizationId;
        });
    }

    /** Like {@link #run}, with a result and checked exceptions passed on. */
    public static <T> T call(UUID organizationId, Callable<T> work) throws Exception {
        return bound(organizationId, work::call);
    }

    /** Like {@link #run}, with a result, for work that throws no checked exception. */
    public static <T> T get(UUID organizationId, java.util.function.Supplier<T> work) {
        return bound(organizationId, work::get);
    }

    /** Log lines say on whose behalf they were written. */
    private static <T, X extends Throwable> T bound(UUID organizationId, ScopedValue.CallableOp<T, X> work) throws X {
        var outer = MDC.get(LOGGED);
        MDC.put(LOGGED, organizationId.toString());
        try {
            return ScopedValue.where(CURRENT, organizationId).call(work);
        } finally {
            if (outer == null) {
                MDC.remove(LOGGED);
            } else {
                MDC.put(LOGGED, outer);
            }
        }
    }
}
