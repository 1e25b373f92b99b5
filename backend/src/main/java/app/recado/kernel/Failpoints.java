package app.recado.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Named places at which a test may end this process as {@code kill -9} would, to show that nothing acknowledged is lost.
 *
 * <p>Armed by {@code RECADO_FAILPOINT=name} or {@code name:count} (environment or system property), where the process
 * ends at the count-th arrival; the first without a count. Only the profile {@code dev} listens: elsewhere the
 * setting is refused at start, so that it cannot be left behind in production.
 */
@Component
public final class Failpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Failpoints.class);

    /** What a shell reports for a process that died of signal 9. */
    private static final int KILLED = 137;

    private static volatile @Nullable Armed armed;

    private record Armed(String name, AtomicInteger arrivalsLeft) {}

    Failpoints(Environment environment) {
        armed = armedBy(
                environment.getProperty("RECADO_FAILPOINT"),
                Arrays.asList(environment.getActiveProfiles()).contains("dev"));
    }

    private static @Nullable Armed armedBy(@Nullable String setting, boolean dev) {
        if (setting == null || setting.isBlank()) {
            return null;
        }
        if (!dev) {
            throw new IllegalStateException("RECADO_FAILPOINT is for the profile dev only");
        }
        var parts = setting.split(":", 2);
        return new Armed(parts[0], new AtomicInteger(parts.length > 1 ? Integer.parseInt(parts[1]) : 1));
    }

    /** Ends the process at once, without cleaning up, when this place is armed; otherwise does nothing. */
    public static void reach(String name) {
        var place = armed;
        if (place != null && place.name().equals(name) && place.arrivalsLeft().decrementAndGet() == 0) {
            LOG.warn("Failpoint {} reached, halting", name);
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
