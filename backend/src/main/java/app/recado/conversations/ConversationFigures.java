package app.recado.conversations;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How many conversations are open and wait, over all clinics; the worker's role sees states and times alone. */
@Component
class ConversationFigures {

    /** A scrape asks for each number apart. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final WorkerDatabase worker;

    /** Kept here, because the registry holds what it measures weakly. */
    private final LoadingCache<String, Figures> figures;

    ConversationFigures(WorkerDatabase worker, MeterRegistry metrics, Clock clock) {
        this.worker = worker;
        this.figures = Caffeine.newBuilder().expireAfterWrite(FRESH).build(key -> read());
        metrics.gauge("recado.conversations.open", figures, all -> all.get("").open());
        metrics.gauge(
                "recado.conversations.waiting", figures, all -> all.get("").waiting());
        Gauge.builder(
                        "recado.conversations.waiting.longest",
                        figures,
                        all -> all.get("")
                                .oldest()
                                .map(since -> (double)
                                        Duration.between(since, clock.instant()).toSeconds())
                                .orElse(0.0))
                .description("Since when the patient who waits longest has no answer; 0 without one")
                .baseUnit("seconds")
                .register(metrics);
    }

    private record Figures(long open, long waiting, Optional<Instant> oldest) {}

    private Figures read() {
        return worker.jdbc()
                .sql("""
                        select count(*) as open, count(waiting_since) as waiting, min(waiting_since) as oldest
                          from conversation where state = 'open'
                        """)
                .query((row, n) -> new Figures(
                        row.getLong("open"),
                        row.getLong("waiting"),
                        Optional.ofNullable(SqlTime.instantOrNull(row, "oldest"))))
                .single();
    }
}
