package app.recado.kernel.web;

import app.recado.kernel.web.Quota.Taken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What callers used of their quotas, across all replicas. */
interface SharedQuotas {

    /**
     * Takes what a caller used already, and as much of what is wanted as is left.
     *
     * @return null when nobody can be asked now
     */
    @Nullable Taken take(Quota quota, String who, int owed, int wanted, Instant now);
}
