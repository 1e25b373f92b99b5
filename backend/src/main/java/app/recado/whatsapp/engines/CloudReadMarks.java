package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.kernel.work.SideBySide;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.ReadMarks;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Read marks and "typing…" of Cloud API lines. The wish is stored with whatever caused it and worked apart from messages,
 * so that neither waits for the other. A wish that fails a few times is dropped: nobody misses it.
 */
@Component
public class CloudReadMarks implements ReadMarks {

    /** Longer than a call may take: whoever claims a wish and dies is followed by another after this. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static final int MOST_ATTEMPTS = 3;
    private static final int AT_ONCE = 50;
    private static final int CALLS_AT_ONCE = 8;

    /** Done ones are remembered, so that a message that is opened again is not marked again. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient jdbc;
    private final WorkerDatabase worker;
    private final EngineLines lines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CloudReadMarks(
            JdbcClient jdbc,
            WorkerDatabase worker,
            EngineLines lines,
            CredentialStore credentials,
            Providers providers,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.worker = worker;
        this.lines = lines;
        this.credentials = credentials;
        this.providers = providers;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void read(UUID lineId, String providerMessageId, @Nullable UUID answer) {
        if (lines.engineOf(lineId).filter(LineEngineKind.CLOUD_API::equals).isEmpty()) {
            return;
        }
        var now = SqlTime.at(clock.instant());
        // What is read already is only worth another call when the patient sees something new: that we are typing.
        jdbc.sql("""
                insert into engine_read_mark (organization_id, line_id, provider_id, answer_id, next_attempt_at, wanted_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (organization_id, line_id, provider_id) do update
                   set answer_id = excluded.answer_id, next_attempt_at = excluded.next_attempt_at, attempts = 0
                 where excluded.answer_id is not null
                """)
                .param(CurrentOrganization.id())
                .param(lineId)
                .param(providerMessageId)
                .param(answer)
                .param(now)
                .param(now)
                .update();
    }

    private record Where(UUID organizationId, UUID lineId) {}

    private record Wish(
            UUID lineId, String providerId, @Nullable UUID answer, int attempts) {}

    /** Does what is wished for. */
    @Scheduled(fixedDelayString = "PT1S", initialDelayString = "PT5S")
    public void runDue() {
        var due = worker.jdbc()
                .sql("""
                        select organization_id, line_id from engine_read_mark where next_attempt_at <= ?
                         group by organization_id, line_id order by min(next_attempt_at) limit %d
                        """.formatted(AT_ONCE))
                .param(SqlTime.at(clock.instant()))
                .query((row, n) ->
                        new Where(row.getObject("organization_id", UUID.class), row.getObject("line_id", UUID.class)))
                .list();
        SideBySide.each(
                due,
                CALLS_AT_ONCE,
                where -> CurrentOrganization.run(where.organizationId(), () -> {
                    for (int i = 0; i < AT_ONCE; i++) {
                        var wish = claim(where.lineId());
                        if (wish.isEmpty() || !fulfil(wish.get())) {
                            break;
                        }
                    }
                }));
    }

    private Optional<Wish> claim(UUID lineId) {
        var now = clock.instant();
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        update engine_read_mark set next_attempt_at = ?, attempts = attempts + 1
                         where organization_id = ? and line_id = ? and provider_id = (
                               select provider_id from engine_read_mark
                                where organization_id = ? and line_id = ? and next_attempt_at <= ?
                                order by next_attempt_at limit 1 for update skip locked)
                        returning line_id, provider_id, answer_id, attempts
                        """)
                .params(
                        SqlTime.at(now.plus(CLAIM)),
                        CurrentOrganization.id(),
                        lineId,
                        CurrentOrganization.id(),
                        lineId,
                        SqlTime.at(now))
                .query((row, n) -> new Wish(
                        row.getObject("line_id", UUID.class),
                        row.getString("provider_id"),
                        row.getObject("answer_id", UUID.class),
                        row.getInt("attempts")))
                .optional()));
    }

    /** False when there is no use in going on with this line now. */
    private boolean fulfil(Wish wish) {
        boolean up = Boolean.TRUE.equals(transaction.execute(status -> lines.linked(wish.lineId())));
        boolean done = up && mark(wish);
        transaction.executeWithoutResult(status -> {
            if (done || wish.attempts() >= MOST_ATTEMPTS) {
                jdbc.sql("""
                        update engine_read_mark set next_attempt_at = null
                         where organization_id = ? and line_id = ? and provider_id = ?
                        """)
                        .params(CurrentOrganization.id(), wish.lineId(), wish.providerId())
                        .update();
            }
            jdbc.sql("""
                    delete from engine_read_mark
                     where organization_id = ? and next_attempt_at is null and wanted_at < ?
                    """)
                    .params(CurrentOrganization.id(), SqlTime.at(clock.instant().minus(KEPT)))
                    .update();
        });
        return done;
    }

    private boolean mark(Wish wish) {
        try {
            // Typing that no message follows would stay for 25 seconds.
            boolean typing = Boolean.TRUE.equals(transaction.execute(
                    status -> lines.typing(wish.lineId()) && wish.answer() != null && isStillToLeave(wish.answer())));
            return credentials
                    .open(wish.lineId(), LineEngineKind.CLOUD_API)
                    .filter(LineCredentials.CloudApi.class::isInstance)
                    .map(LineCredentials.CloudApi.class::cast)
                    .map(secret -> providers.cloudApi().markRead(secret, wish.providerId(), typing))
                    .orElse(false);
        } catch (EngineVault.Unreadable e) {
            return false;
        }
    }

    private boolean isStillToLeave(UUID messageId) {
        return jdbc.sql("""
                        select not exists (select from engine_command
                                            where organization_id = ? and message_id = ? and state <> 'accepted')
                        """)
                .params(CurrentOrganization.id(), messageId)
                .query(Boolean.class)
                .single();
    }
}
