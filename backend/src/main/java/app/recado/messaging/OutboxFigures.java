package app.recado.messaging;

import app.recado.kernel.watch.Figures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What has fallen due and has not left, by what it waits for: an operator mends something else for each. */
@Component
class OutboxFigures {

    /** Waits for nothing but a free worker. */
    static final String NOTHING = "none";

    /** The line is not linked, or its engine does not take it. */
    static final String LINE_DOWN = "line-down";

    static final String QUIET_HOURS = "quiet-hours";
    static final String CAMPAIGN_PAUSED = "campaign-paused";

    /** The engine asked to be left alone or failed; the message's own reason says which. */
    static final String OTHER = "other";

    private static final List<String> REASONS = List.of(NOTHING, LINE_DOWN, QUIET_HOURS, CAMPAIGN_PAUSED, OTHER);

    /** Kept here, because the registry holds what it measures weakly. */
    private final Figures<Map<String, OutboxAcrossClinics.Backlog>> figures;

    OutboxFigures(OutboxAcrossClinics outbox, MeterRegistry metrics, Clock clock) {
        this.figures = new Figures<>(outbox::waiting);
        for (var reason : REASONS) {
            Gauge.builder(
                            "recado.outbox.waiting",
                            figures,
                            all -> all.value(waiting -> of(waiting, reason).depth()))
                    .description("Messages that are due and have not left, by what they wait for")
                    .tag("reason", reason)
                    .register(metrics);
            Gauge.builder(
                            "recado.outbox.waiting.oldest.age",
                            figures,
                            all -> all.value(waiting -> of(waiting, reason)
                                    .oldestDue()
                                    .map(due -> (double) Duration.between(due, clock.instant())
                                            .toSeconds())
                                    .orElse(0.0)))
                    .description("Since when the one that waits longest is due; 0 without one")
                    .tag("reason", reason)
                    .baseUnit("seconds")
                    .register(metrics);
        }
    }

    private static OutboxAcrossClinics.Backlog of(Map<String, OutboxAcrossClinics.Backlog> waiting, String reason) {
        return waiting.getOrDefault(reason, OutboxAcrossClinics.Backlog.NOTHING);
    }
}
