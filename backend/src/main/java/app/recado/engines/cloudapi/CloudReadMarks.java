package app.recado.engines.cloudapi;

import app.recado.engines.CallsPerLine;
import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.Line;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.OutgoingMessages;
import app.recado.whatsapp.ReadMarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Read marks and "typing…" of Cloud API lines. The wish is stored with whatever caused it and worked apart from messages,
 * so that neither waits for the other. A wish that fails a few times is dropped: nobody misses it.
 */
@Component
class CloudReadMarks implements ReadMarks {

    static final String JOB = "read-mark";

    private static final int MOST_ATTEMPTS = 3;

    /** Nobody misses a mark that failed, so it ends by itself before it could be given up. */
    static final Retries RETRIES = new Retries(MOST_ATTEMPTS + 1, Duration.ofSeconds(30), Duration.ofMinutes(1));

    private final CallsPerLine calls = new CallsPerLine(4);

    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final Lines lines;
    private final CredentialStore credentials;
    private final CloudApi api;
    private final OutgoingMessages outgoing;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CloudReadMarks(
            JdbcClient jdbc,
            Jobs jobs,
            Lines lines,
            CredentialStore credentials,
            CloudApi api,
            OutgoingMessages outgoing,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.lines = lines;
        this.credentials = credentials;
        this.api = api;
        this.outgoing = outgoing;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void read(UUID lineId, String providerMessageId, @Nullable UUID answer) {
        if (lines.engineOf(lineId).filter(LineEngineKind.CLOUD_API::equals).isEmpty()) {
            return;
        }
        var now = clock.instant();
        // What is read already is only worth another call when the patient sees something new: that we are typing.
        jdbc.sql("""
                insert into engine_read_mark (organization_id, id, line_id, provider_id, answer_id, wanted_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (organization_id, line_id, provider_id) do update
                   set answer_id = excluded.answer_id, wanted_at = excluded.wanted_at, done_at = null
                 where excluded.answer_id is not null
                returning id
                """)
                .param(CurrentOrganization.id())
                .param(Ids.next())
                .param(lineId)
                .param(providerMessageId)
                .param(answer)
                .param(SqlTime.at(now))
                .query(UUID.class)
                .optional()
                .ifPresent(id -> jobs.schedule(JOB, JobId.of(id), now));
    }

    private record Wish(
            UUID id,
            UUID lineId,
            String providerId,
            @Nullable UUID answer,
            Instant wantedAt) {}

    /** Does what is wished for, or drops it after a few tries. */
    JobResult turn(JobId id, int attempt) {
        return open(id.id())
                .map(wish -> calls.orLater(wish.lineId(), () -> turn(wish, attempt)))
                .orElseGet(JobResult::done);
    }

    private JobResult turn(Wish wish, int attempt) {
        boolean up = Boolean.TRUE.equals(transaction.execute(
                status -> lines.find(wish.lineId()).filter(LineFacts::linked).isPresent()));
        boolean done = up && mark(wish);
        if (!done && attempt < MOST_ATTEMPTS) {
            throw new JobFailed("not-marked");
        }
        // A wish that was renewed meanwhile is not the one that was fulfilled.
        boolean last = Boolean.TRUE.equals(transaction.execute(status -> jdbc.sql("""
                        update engine_read_mark set done_at = ?
                         where organization_id = ? and id = ? and wanted_at = ?
                        """)
                        .params(
                                SqlTime.at(clock.instant()),
                                CurrentOrganization.id(),
                                wish.id(),
                                SqlTime.at(wish.wantedAt()))
                        .update()
                == 1));
        return last ? JobResult.done() : JobResult.again(Duration.ZERO);
    }

    private Optional<Wish> open(UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select id, line_id, provider_id, answer_id, wanted_at from engine_read_mark
                         where organization_id = ? and id = ? and done_at is null
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Wish(
                        row.getObject("id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("provider_id"),
                        row.getObject("answer_id", UUID.class),
                        SqlTime.instant(row, "wanted_at")))
                .optional()));
    }

    private boolean mark(Wish wish) {
        try {
            // Typing that no message follows would stay for 25 seconds.
            boolean typing = Boolean.TRUE.equals(transaction.execute(
                    status -> lines.line(wish.lineId()).filter(Line::typing).isPresent()
                            && wish.answer() != null
                            && outgoing.isStillToLeave(wish.answer())));
            return credentials
                    .open(wish.lineId(), LineEngineKind.CLOUD_API)
                    .filter(LineCredentials.CloudApi.class::isInstance)
                    .map(LineCredentials.CloudApi.class::cast)
                    .map(secret -> api.markRead(secret, wish.providerId(), typing))
                    .orElse(false);
        } catch (SecretVault.Unreadable e) {
            return false;
        }
    }
}
