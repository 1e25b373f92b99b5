package app.recado.engines.gateway;

import app.recado.engines.setaside.EventSource;
import app.recado.engines.setaside.SetAsideEvents;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Failpoints;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.MediaFetched;
import app.recado.whatsapp.MessageStatusReported;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Stores each event of the gateway once, in one transaction with all its effects. One transaction per event, not per
 * delivery: what was done stays done when a later event fails, and no transaction holds locks of many appointments.
 */
@Component
class GatewayEvents implements EventSource {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayEvents.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Lines lines;
    private final LineStates states;
    private final SetAsideEvents setAside;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    GatewayEvents(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Lines lines,
            LineStates states,
            SetAsideEvents setAside,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.lines = lines;
        this.states = states;
        this.setAside = setAside;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        // A series that begins with its first event hides that event from rates.
        List.of("stored", "repeated", "replayed", "unreadable", "set-aside", "line-unknown")
                .forEach(outcome -> metrics.counter("recado.gateway.events", "outcome", outcome));
    }

    /** Takes the events of one line in their order; returns only when all are committed.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} when the organization has no such line. The gateway
     *     keeps the events and asks again: after a restore the line may be missing here for a while, and a message
     *     dropped now would be lost for ever */
    void take(JsonNode delivery) {
        var organizationId = GatewayJson.id(delivery, "organizationId");
        var lineId = GatewayJson.id(delivery, "lineId");
        CurrentOrganization.run(organizationId, () -> {
            if (lines.line(lineId).isEmpty()) {
                metrics.counter("recado.gateway.events", "outcome", "line-unknown")
                        .increment();
                LOG.warn(
                        "Events for line {} of organization {} are refused: there is no such line",
                        lineId,
                        organizationId);
                throw Problem.NOT_FOUND.because("This organization has no such line");
            }
            for (var event : delivery.path("events")) {
                try {
                    transaction.executeWithoutResult(status -> store(lineId, event, true));
                } catch (GatewayJson.Unreadable e) {
                    throw e;
                } catch (RuntimeException e) {
                    if (!setAside.failed(
                            lineId,
                            GatewayJson.id(event, "id"),
                            GatewayJson.text(event, "type"),
                            event.toString(),
                            e)) {
                        throw e;
                    }
                    transaction.executeWithoutResult(status -> store(lineId, event, false));
                    count("set-aside");
                }
            }
        });
    }

    @Override
    public boolean has(String source) {
        return source.equals("gateway");
    }

    @Override
    public void store(UUID lineId, UUID id, String content) {
        var event = GatewayJson.parse(content.getBytes(StandardCharsets.UTF_8));
        take(lineId, id, GatewayJson.text(event, "type"), event);
        count("replayed");
    }

    /** @param effects false to remember that it was taken and no more */
    private void store(UUID lineId, JsonNode event, boolean effects) {
        var id = GatewayJson.id(event, "id");
        var type = GatewayJson.text(event, "type");
        int stored = jdbc.sql("""
                        insert into gateway_event (organization_id, id, line_id, seq, type, at, received_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict (organization_id, id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        lineId,
                        event.path("seq").asLong(0),
                        type,
                        SqlTime.at(GatewayJson.instant(event, "at")),
                        SqlTime.at(clock.instant()))
                .update();
        if (stored == 0) {
            count("repeated");
            return;
        }
        if (effects) {
            take(lineId, id, type, event);
        }
        Failpoints.reach("event-stored-before-commit");
    }

    private void take(UUID lineId, UUID id, String type, JsonNode event) {
        try {
            var effect = read(lineId, id, type, event);
            if (effect instanceof LineReport report) {
                states.reported(id, report.status(), GatewayJson.instant(event, "at"));
            } else {
                publisher.publishEvent(effect);
            }
            count("stored");
        } catch (GatewayJson.Unreadable e) {
            // Refusing it would have it repeated for ever and hold up everything behind it.
            count("unreadable");
            LOG.error("Event {} ({}) of line {} cannot be read and is left out: {}", id, type, lineId, e.getMessage());
        }
    }

    private record LineReport(LineStatus status) {}

    private record Nothing() {}

    private static Object read(UUID lineId, UUID eventId, String type, JsonNode event) {
        var data = event.path("data");
        return switch (type) {
            case "line.state" -> new LineReport(withId(lineId, GatewayJson.lineStatus(data)));
            case "message.status" ->
                new MessageStatusReported(
                        lineId,
                        GatewayJson.id(data, "messageId"),
                        GatewayJson.text(data, "providerMessageId"),
                        GatewayJson.commandState(data),
                        GatewayJson.optionalText(data, "reason"),
                        GatewayJson.instant(event, "at"));
            case "message.inbound" -> GatewayMessages.read(lineId, eventId, data);
            case "message.media" ->
                new MediaFetched(
                        lineId,
                        GatewayJson.id(data, "mediaId"),
                        GatewayJson.text(data, "state"),
                        GatewayJson.optionalText(data, "key"),
                        GatewayJson.optionalText(data, "contentType"),
                        GatewayJson.optionalLong(data, "size"),
                        GatewayJson.optionalText(data, "sha256"));
            default -> {
                LOG.warn("Event {} has the unknown type {}", eventId, type);
                yield new Nothing();
            }
        };
    }

    private static LineStatus withId(UUID lineId, LineStatus status) {
        if (!status.lineId().equals(lineId)) {
            throw new GatewayJson.Unreadable("another line inside the delivery");
        }
        return status;
    }

    private void count(String outcome) {
        metrics.counter("recado.gateway.events", "outcome", outcome).increment();
    }
}
