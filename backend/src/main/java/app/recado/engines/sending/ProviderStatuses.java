package app.recado.engines.sending;

import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.Providers;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.EarlyStatuses;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.MessageStatusReported;
import app.recado.whatsapp.MessageStatusReported.Charge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What providers tell of messages, each status once: they repeat them for a day, and tell some before we know the message's
 * id. Who tells a status and who records the answer to a call wait for each other, so that one of them sees both.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class ProviderStatuses implements EarlyStatuses {

    private final JdbcClient jdbc;
    private final Lines lines;
    private final LineStates states;
    private final Providers providers;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    ProviderStatuses(
            JdbcClient jdbc,
            Lines lines,
            LineStates states,
            Providers providers,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.states = states;
        this.providers = providers;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Takes a provider's status, once, and tells it on.
     *
     * @return false when it was told before
     */
    public boolean told(UUID lineId, ProviderEvent.Status status) {
        hold(Stream.of(lockOf(lineId, status.providerId())));
        var now = clock.instant();
        var at = status.at() == null ? now : status.at();
        var charge = status.charge();
        int news = jdbc.sql("""
                        insert into engine_receipt (organization_id, line_id, provider_id, state, reason, at, received_at,
                                                    category, billable)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                .param(CurrentOrganization.id())
                .param(lineId)
                .param(status.providerId())
                .param(status.state())
                .param(status.reason())
                .param(SqlTime.at(at))
                .param(SqlTime.at(now))
                .param(charge == null ? null : charge.category())
                .param(charge == null ? null : charge.billable())
                .update();
        if (news == 0) {
            return false;
        }
        publisher.publishEvent(report(
                lineId, status.messageId(), status.providerId(), status.state(), status.reason(), at, charge, true));
        return true;
    }

    private MessageStatusReported report(
            UUID lineId,
            @Nullable UUID messageId,
            String providerId,
            String told,
            @Nullable String code,
            Instant at,
            @Nullable Charge charge,
            boolean asNews) {
        var state = CommandState.valueOf(told.toUpperCase(Locale.ROOT));
        if (state != CommandState.FAILED) {
            return new MessageStatusReported(lineId, messageId, providerId, state, null, at, null, charge);
        }
        var engine = lines.engineOf(lineId).orElseThrow();
        var meaning = providers.meaning(engine, code == null ? "" : code);
        var after = asNews ? DirectEngines.effectOnLine(states, lineId, meaning, metrics, clock) : null;
        return switch (meaning) {
            case SendOutcome.Failed failed ->
                new MessageStatusReported(lineId, messageId, providerId, state, failed.reason(), at);
            case SendOutcome.Retry retry -> again(lineId, messageId, providerId, retry.reason(), at, retry.after());
            case SendOutcome.PauseLine pause ->
                again(lineId, messageId, providerId, pause.reason(), at, after == null ? pause.length() : after);
            case SendOutcome.HaltLine halt -> again(lineId, messageId, providerId, halt.cause(), at, null);
            case SendOutcome.Sent sent -> throw new IllegalStateException("That was taken");
            case SendOutcome.Unknown unknown -> throw new IllegalStateException("That is in doubt");
        };
    }

    private static MessageStatusReported again(
            UUID lineId,
            @Nullable UUID messageId,
            String providerId,
            String reason,
            Instant at,
            @Nullable Duration after) {
        return new MessageStatusReported(
                lineId, messageId, providerId, CommandState.FAILED, reason, at, new MessageStatusReported.Again(after));
    }

    @Override
    public Map<String, List<MessageStatusReported>> holdAndRead(Collection<Sent> sent) {
        var told = new HashMap<String, List<MessageStatusReported>>();
        if (sent.isEmpty()) {
            return told;
        }
        // In one order, so that two who record batches never wait for each other.
        hold(sent.stream()
                .map(one -> lockOf(one.lineId(), one.engineMessageId()))
                .sorted());
        jdbc.sql("""
                        select r.line_id, r.provider_id, r.state, r.reason, r.at, r.category, r.billable
                          from unnest(?, ?) as sent (line_id, provider_id)
                          join engine_receipt r on r.organization_id = ? and r.line_id = sent.line_id
                               and r.provider_id = sent.provider_id
                         order by r.received_at
                        """)
                .param(sent.stream().map(Sent::lineId).toArray(UUID[]::new))
                .param(sent.stream().map(Sent::engineMessageId).toArray(String[]::new))
                .param(CurrentOrganization.id())
                .query(this::read)
                .list()
                .forEach(report -> told.computeIfAbsent(report.providerMessageId(), id -> new ArrayList<>())
                        .add(report));
        return told;
    }

    private MessageStatusReported read(ResultSet row, int n) throws SQLException {
        return report(
                row.getObject("line_id", UUID.class),
                null,
                row.getString("provider_id"),
                row.getString("state"),
                row.getString("reason"),
                SqlTime.instant(row, "at"),
                row.getString("category") instanceof String category
                        ? new Charge(category, row.getBoolean("billable"))
                        : null,
                false);
    }

    private void hold(Stream<String> locks) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(lock, 0)) from unnest(?) as lock")
                .param(locks.toArray(String[]::new))
                .query((row, n) -> n)
                .list();
    }

    private static String lockOf(UUID lineId, String providerId) {
        return "status " + lineId + " " + providerId;
    }
}
