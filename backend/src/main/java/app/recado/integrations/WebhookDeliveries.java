package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What endpoints were told, and what they answered. */
@Service
class WebhookDeliveries {

    private static final String LIST = "webhook-deliveries";

    private static final String SELECT = """
            select d.*, e.type, e.resource_id, e.facts, a.status as last_status, a.cause as last_cause, a.at as last_at
              from webhook_delivery d
              join webhook_event e on e.organization_id = d.organization_id and e.id = d.event_id
              left join lateral (
                   select status, cause, at from webhook_attempt a
                    where a.organization_id = d.organization_id and a.endpoint_id = d.endpoint_id and a.event_id = d.event_id
                    order by a.number desc limit 1) a on true
             where d.organization_id = :org and d.endpoint_id = :endpoint
            """;

    private final JdbcClient jdbc;
    private final WebhookEndpoints endpoints;
    private final WebhookQueue queue;
    private final Cursors cursors;
    private final Clock clock;

    WebhookDeliveries(JdbcClient jdbc, WebhookEndpoints endpoints, WebhookQueue queue, Cursors cursors, Clock clock) {
        this.jdbc = jdbc;
        this.endpoints = endpoints;
        this.queue = queue;
        this.cursors = cursors;
        this.clock = clock;
    }

    /**
     * How far an endpoint was told of an event.
     *
     * @param number grows with each event of a record: what is older than what a receiver knows tells it nothing
     * @param state {@code pending}, {@code delivered} or {@code failed}
     * @param nextAttemptAt null unless pending
     * @param lastStatus of HTTP, of the last attempt; null when there was no answer or no attempt
     * @param lastCause why there was no answer
     */
    record Delivery(
            UUID eventId,
            long number,
            String type,
            UUID resourceId,
            String facts,
            String state,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable Integer lastStatus,
            @Nullable String lastCause,
            @Nullable Instant lastAttemptAt,
            Instant occurredAt) {}

    /** One attempt. @param answer the beginning of what was answered; null when nothing was */
    record Attempt(
            int number,
            Instant at,
            int millis,
            @Nullable Integer status,
            @Nullable String cause,
            @Nullable String answer) {}

    /** The latest first. @param state null for all @throws ProblemException {@code not-found}, {@code invalid-cursor} */
    @Transactional(readOnly = true)
    public Page<Delivery> list(UUID endpointId, @Nullable String state, int limit, @Nullable String cursor) {
        endpoints.get(endpointId);
        var from = cursors.open(LIST + endpointId, cursor);
        var rows = jdbc.sql(SELECT + """
                           and (cast(:state as text) is null or d.state = :state) and d.number < :before
                         order by d.number desc limit :limit
                        """)
                .param("org", CurrentOrganization.id())
                .param("endpoint", endpointId)
                .param("state", state)
                .param("before", from == null ? Long.MAX_VALUE : Long.parseLong(from.getFirst()))
                .param("limit", limit + 1)
                .query((row, n) -> read(row))
                .list();
        return Page.of(rows, limit, last -> cursors.seal(LIST + endpointId, Long.toString(last.number())));
    }

    /** @throws ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Delivery get(UUID endpointId, UUID eventId) {
        return jdbc.sql(SELECT + " and d.event_id = :event")
                .param("org", CurrentOrganization.id())
                .param("endpoint", endpointId)
                .param("event", eventId)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This endpoint was not told of such an event"));
    }

    /** The first one first. */
    @Transactional(readOnly = true)
    public List<Attempt> attempts(UUID endpointId, UUID eventId) {
        return jdbc.sql("""
                        select * from webhook_attempt where organization_id = ? and endpoint_id = ? and event_id = ?
                         order by number
                        """)
                .params(CurrentOrganization.id(), endpointId, eventId)
                .query((row, n) -> new Attempt(
                        row.getInt("number"),
                        SqlTime.instant(row, "at"),
                        row.getInt("millis"),
                        row.getObject("status", Integer.class),
                        row.getString("cause"),
                        row.getString("answer")))
                .list();
    }

    /** Has an event told once more, whatever became of it. @throws ProblemException {@code not-found} */
    @Transactional
    public Delivery replay(UUID endpointId, UUID eventId) {
        get(endpointId, eventId);
        again(endpointId, "event_id = cast(:what as uuid)", eventId.toString());
        return get(endpointId, eventId);
    }

    /**
     * Has everything that an endpoint was to be told since a time told once more, in order.
     *
     * @return how many events
     * @throws ProblemException {@code not-found}
     */
    @Transactional
    public int replaySince(UUID endpointId, Instant since) {
        endpoints.get(endpointId);
        return again(endpointId, "occurred_at >= cast(:what as timestamptz)", since.toString());
    }

    private int again(UUID endpointId, String which, String what) {
        int count = jdbc.sql("""
                        update webhook_delivery set state = 'pending', attempts = 0, next_attempt_at = :now
                         where organization_id = :org and endpoint_id = :endpoint and %s
                        """.formatted(which))
                .param("now", SqlTime.at(clock.instant()))
                .param("org", CurrentOrganization.id())
                .param("endpoint", endpointId)
                .param("what", what)
                .update();
        if (count > 0) {
            queue.look(endpointId, clock.instant());
        }
        return count;
    }

    private static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("event_id", UUID.class),
                row.getLong("number"),
                Objects.requireNonNull(row.getString("type")),
                row.getObject("resource_id", UUID.class),
                row.getString("facts"),
                row.getString("state"),
                row.getInt("attempts"),
                SqlTime.instantOrNull(row, "next_attempt_at"),
                row.getObject("last_status", Integer.class),
                row.getString("last_cause"),
                SqlTime.instantOrNull(row, "last_at"),
                SqlTime.instant(row, "occurred_at"));
    }
}
