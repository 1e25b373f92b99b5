package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.SecretVault;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells endpoints what is due, one event after the other for each. An attempt is claimed before the call and settled after
 * it, each in a transaction of its own: whoever dies in between has it told again a minute later. Which endpoint may be called
 * while others are is for {@link ClinicCalls} to say.
 */
@Component
class WebhookSender {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

    /** Not {@code recado.webhooks}: those are the ones that providers deliver to us, with other labels. */
    private static final String ATTEMPTS = "recado.webhook.deliveries";

    /** Longer than any call. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    /** Afterwards it is somebody else's turn. */
    private static final int MOST_IN_A_TURN = 25;

    private static final Duration WHEN_BUSY = Duration.ofSeconds(1);

    /** An endpoint that took nothing for so long is given up, and its owners hear of it. */
    static final Duration GIVEN_UP_AFTER = Duration.ofDays(5);

    private final JdbcClient jdbc;
    private final WebhookClient client;
    private final SecretVault vault;
    private final Jobs jobs;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final ClinicCalls calls;

    WebhookSender(
            JdbcClient jdbc,
            WebhookClient client,
            SecretVault vault,
            Jobs jobs,
            JsonMapper json,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.client = client;
        this.vault = vault;
        this.jobs = jobs;
        this.json = json;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        this.calls = new ClinicCalls(clock);
        // A series that begins with its first event hides that event from rates.
        List.of("delivered", "repeated", "given-up").forEach(outcome -> metrics.counter(ATTEMPTS, "outcome", outcome));
    }

    /** An attempt that was claimed. @param secrets sealed */
    private record Claimed(
            UUID endpointId,
            UUID eventId,
            long number,
            String type,
            UUID resourceId,
            String facts,
            Instant occurredAt,
            int attempts,
            String url,
            List<String> secrets) {}

    /** Tells an endpoint some of what is due; goes on when more is, or when something will be. */
    JobResult turn(JobId job) {
        var clinic = CurrentOrganization.id();
        if (!calls.begun(clinic, job.id(), isFailing(job.id()))) {
            return JobResult.again(WHEN_BUSY);
        }
        try {
            for (int i = 0; i < MOST_IN_A_TURN; i++) {
                calls.calledAgain(clinic, job.id());
                var claimed = claim(job.id());
                if (claimed.isEmpty() || !told(claimed.get())) {
                    // Who did not take one is not held a call for while there are others.
                    return next(job.id());
                }
            }
            return JobResult.again(Duration.ZERO);
        } finally {
            calls.ended(clinic, job.id());
        }
    }

    private boolean isFailing(UUID endpointId) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                                select failing_since is not null from webhook_endpoint where organization_id = ? and id = ?
                                """)
                .params(CurrentOrganization.id(), endpointId)
                .query(Boolean.class)
                .optional()
                .orElse(false)));
    }

    private JobResult next(UUID endpointId) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                                select d.next_attempt_at from webhook_delivery d
                                  join webhook_endpoint e on e.organization_id = d.organization_id and e.id = d.endpoint_id
                                 where d.organization_id = ? and d.endpoint_id = ? and d.state = 'pending' and e.state = 'active'
                                 order by d.next_attempt_at limit 1
                                """)
                        .params(CurrentOrganization.id(), endpointId)
                        .query((row, n) -> SqlTime.instant(row, "next_attempt_at"))
                        .optional()))
                .map(at -> Duration.between(clock.instant(), at))
                .map(pause -> JobResult.again(pause.isNegative() ? Duration.ZERO : pause))
                .orElseGet(JobResult::done);
    }

    private Optional<Claimed> claim(UUID endpointId) {
        var now = clock.instant();
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        with due as (
                             select d.event_id from webhook_delivery d
                               join webhook_endpoint e on e.organization_id = d.organization_id and e.id = d.endpoint_id
                              where d.organization_id = :org and d.endpoint_id = :endpoint and d.state = 'pending'
                                and d.next_attempt_at <= :now and e.state = 'active'
                              order by d.next_attempt_at, d.number limit 1 for update of d skip locked)
                        update webhook_delivery d set next_attempt_at = :until, attempts = d.attempts + 1
                          from due, webhook_event e, webhook_endpoint p
                         where d.organization_id = :org and d.endpoint_id = :endpoint and d.event_id = due.event_id
                           and e.organization_id = :org and e.id = d.event_id
                           and p.organization_id = :org and p.id = d.endpoint_id
                        returning d.event_id, d.number, d.attempts, e.type, e.resource_id, e.facts, e.occurred_at, p.url,
                                  p.secret, case when p.former_until > :now then p.former_secret end as former_secret
                        """)
                .param("org", CurrentOrganization.id())
                .param("endpoint", endpointId)
                .param("now", SqlTime.at(now))
                .param("until", SqlTime.at(now.plus(CLAIM)))
                .query((row, n) -> {
                    var secrets = new ArrayList<String>(List.of(row.getString("secret")));
                    Optional.ofNullable(row.getString("former_secret")).ifPresent(secrets::add);
                    return new Claimed(
                            endpointId,
                            row.getObject("event_id", UUID.class),
                            row.getLong("number"),
                            Objects.requireNonNull(row.getString("type")),
                            row.getObject("resource_id", UUID.class),
                            Objects.requireNonNull(row.getString("facts")),
                            SqlTime.instant(row, "occurred_at"),
                            row.getInt("attempts"),
                            Objects.requireNonNull(row.getString("url")),
                            secrets);
                })
                .optional()));
    }

    /** @return whether it took it */
    private boolean told(Claimed claimed) {
        long from = System.nanoTime();
        var outcome = call(claimed);
        int millis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        var result = transaction.execute(status -> settle(claimed, outcome, millis));
        metrics.counter(ATTEMPTS, "outcome", Objects.requireNonNull(result)).increment();
        if (!outcome.told()) {
            LOG.info(
                    "Webhook endpoint {} did not take an event at attempt {}: {}",
                    claimed.endpointId(),
                    claimed.attempts(),
                    outcome.status() == null ? outcome.cause() : outcome.status());
        }
        return outcome.told();
    }

    private WebhookClient.Outcome call(Claimed claimed) {
        try {
            var secrets = new ArrayList<String>();
            for (var sealed : claimed.secrets()) {
                secrets.add(
                        vault.open(WebhookEndpoints.SECRET, CurrentOrganization.id(), claimed.endpointId(), sealed));
            }
            return client.tell(claimed.url(), claimed.eventId(), body(claimed), secrets, clock.instant());
        } catch (SecretVault.Unreadable e) {
            return new WebhookClient.Outcome(null, "secret-unreadable", null, null);
        }
    }

    private byte[] body(Claimed claimed) {
        return json.writeValueAsString(WebhookPayload.of(
                        claimed.type(),
                        claimed.occurredAt(),
                        CurrentOrganization.id(),
                        claimed.resourceId(),
                        claimed.number(),
                        facts(claimed.facts())))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> facts(String stored) {
        var facts = new LinkedHashMap<String, String>();
        json.readTree(stored)
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        return facts;
    }

    /** @return the outcome for the counter */
    private String settle(Claimed claimed, WebhookClient.Outcome outcome, int millis) {
        var now = clock.instant();
        jdbc.sql("""
                        insert into webhook_attempt (organization_id, endpoint_id, event_id, number, at, millis, status, cause, answer)
                        select :org, :endpoint, :event, coalesce(max(number), 0) + 1, :now, :millis, :status, :cause, :answer
                          from webhook_attempt
                         where organization_id = :org and endpoint_id = :endpoint and event_id = :event
                        having exists (select from webhook_delivery where organization_id = :org
                                          and endpoint_id = :endpoint and event_id = :event)
                        """)
                .param("org", CurrentOrganization.id())
                .param("endpoint", claimed.endpointId())
                .param("event", claimed.eventId())
                .param("now", SqlTime.at(now))
                .param("millis", millis)
                .param("status", outcome.status(), java.sql.Types.INTEGER)
                .param("cause", outcome.cause(), java.sql.Types.VARCHAR)
                .param("answer", outcome.text(), java.sql.Types.VARCHAR)
                .update();
        if (outcome.told()) {
            state(claimed, "delivered", null);
            jdbc.sql("update webhook_endpoint set failing_since = null"
                            + " where organization_id = ? and id = ? and failing_since is not null")
                    .params(CurrentOrganization.id(), claimed.endpointId())
                    .update();
            return "delivered";
        }
        var pause = RetrySchedule.pauseAfter(
                claimed.attempts(),
                outcome.retryAfter(),
                ThreadLocalRandom.current().nextDouble());
        state(
                claimed,
                pause.isPresent() ? "pending" : "failed",
                pause.map(now::plus).orElse(null));
        if (outcome.gone()) {
            disable(claimed.endpointId(), "gone", now);
        } else {
            failing(claimed.endpointId(), now);
        }
        return pause.isPresent() ? "repeated" : "given-up";
    }

    private void state(Claimed claimed, String state, @Nullable Instant next) {
        jdbc.sql("""
                        update webhook_delivery set state = ?, next_attempt_at = ?
                         where organization_id = ? and endpoint_id = ? and event_id = ?
                        """)
                .param(state)
                .param(SqlTime.atOrNull(next))
                .param(CurrentOrganization.id())
                .param(claimed.endpointId())
                .param(claimed.eventId())
                .update();
    }

    private void failing(UUID endpointId, Instant now) {
        var since = jdbc.sql("""
                        update webhook_endpoint set failing_since = coalesce(failing_since, :now)
                         where organization_id = :org and id = :id and state = 'active' returning failing_since
                        """)
                .param("now", SqlTime.at(now))
                .param("org", CurrentOrganization.id())
                .param("id", endpointId)
                .query((row, n) -> SqlTime.instant(row, "failing_since"))
                .optional();
        if (since.isPresent() && !since.get().plus(GIVEN_UP_AFTER).isAfter(now)) {
            disable(endpointId, "failing", now);
        }
    }

    /** What waits for it goes on waiting, for the day on which somebody switches it on again. */
    private void disable(UUID endpointId, String cause, Instant now) {
        int changed = jdbc.sql("""
                        update webhook_endpoint set state = 'disabled', cause = ?, version = version + 1
                         where organization_id = ? and id = ? and state = 'active'
                        """)
                .params(cause, CurrentOrganization.id(), endpointId)
                .update();
        if (changed > 0) {
            LOG.warn("Webhook endpoint {} was disabled: {}", endpointId, cause);
            jobs.schedule(WebhookAlarm.JOB, JobId.of(endpointId, now.toEpochMilli()), now);
        }
    }
}
