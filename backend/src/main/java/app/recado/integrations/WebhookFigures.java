package app.recado.integrations;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.kernel.watch.Figures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How many events other systems have yet to be told of, over all clinics; the worker's role sees states and times alone. */
@Component
class WebhookFigures {

    private final WorkerDatabase worker;
    private final Clock clock;

    /** Kept here, because the registry holds what it measures weakly. */
    private final Figures<Deliveries> figures;

    WebhookFigures(WorkerDatabase worker, MeterRegistry metrics, Clock clock) {
        this.worker = worker;
        this.clock = clock;
        this.figures = new Figures<>(this::read);
        Gauge.builder("recado.webhooks.pending", figures, all -> all.value(Deliveries::pending))
                .description("Events that an active endpoint has yet to take")
                .register(metrics);
        Gauge.builder("recado.webhooks.failed", figures, all -> all.value(Deliveries::failed))
                .description("Events that were given up and can be repeated by the clinic")
                .register(metrics);
        Gauge.builder(
                        "recado.webhooks.overdue.age",
                        figures,
                        all -> all.value(deliveries -> deliveries
                                .oldestDue()
                                .map(due -> (double)
                                        Duration.between(due, clock.instant()).toSeconds())
                                .orElse(0.0)))
                .description("Since when an attempt should have been made and was not; 0 without one")
                .baseUnit("seconds")
                .register(metrics);
    }

    /**
     * Deliveries over all clinics.
     *
     * @param pending to endpoints that are active
     * @param failed given up, and still kept
     * @param oldestDue when the attempt that is most overdue should have been made; empty when none is due
     */
    record Deliveries(long pending, long failed, Optional<Instant> oldestDue) {}

    /** As of now. */
    Deliveries read() {
        return worker.jdbc()
                .sql("""
                        select count(*) filter (where d.state = 'pending') as pending,
                               count(*) filter (where d.state = 'failed') as failed,
                               min(d.next_attempt_at) filter (where d.next_attempt_at <= ?) as oldest
                          from webhook_delivery d
                          join webhook_endpoint e on e.organization_id = d.organization_id and e.id = d.endpoint_id
                         where d.state in ('pending', 'failed') and (d.state = 'failed' or e.state = 'active')
                        """)
                .param(SqlTime.at(clock.instant()))
                .query((row, n) -> new Deliveries(
                        row.getLong("pending"),
                        row.getLong("failed"),
                        Optional.ofNullable(SqlTime.instantOrNull(row, "oldest"))))
                .single();
    }
}
