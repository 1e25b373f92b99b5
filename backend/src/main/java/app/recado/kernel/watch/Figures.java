package app.recado.kernel.watch;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Numbers that are read together from the database and shown one by one: a scrape asks for each apart, and two Prometheus
 * servers ask for all. Read once in ten seconds, whoever asks. What cannot be read is not a number until the next time, so
 * that a scrape of everything else goes on while the database is away.
 *
 * <p>A registry holds what it measures weakly: whoever registers gauges over this keeps it in a field.
 *
 * @param <T> what one statement reads
 */
public final class Figures<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final String ALL = "";

    private final LoadingCache<String, Optional<T>> cache;

    /** @param read asks the database; a failure of it counts as "not known" */
    public Figures(Supplier<T> read) {
        this.cache = Caffeine.newBuilder().expireAfterWrite(FRESH).build(key -> quietly(read));
    }

    private static <T> Optional<T> quietly(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (DataAccessException e) {
            LOG.warn("Figures for operators cannot be read: {}", e.getClass().getName());
            return Optional.empty();
        }
    }

    /** One of the numbers; NaN while they cannot be read. */
    public double value(ToDoubleFunction<T> one) {
        return current().map(one::applyAsDouble).orElse(Double.NaN);
    }

    /** All of them, at most ten seconds old; empty while they cannot be read. */
    public Optional<T> current() {
        return cache.get(ALL);
    }
}
