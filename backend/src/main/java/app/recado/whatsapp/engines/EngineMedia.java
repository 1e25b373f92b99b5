package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.media.Media;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.kernel.work.SideBySide;
import app.recado.whatsapp.MediaFetched;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fetches what patients sent. The job is stored with the message that announced it and worked afterwards, so that no message
 * waits for its picture and no picture is lost with the process. Tried for a day; the platform keeps media longer.
 */
@Component
public class EngineMedia {

    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(30);
    private static final Duration KEPT = Duration.ofDays(30);

    /** Longer than a fetch may take: whoever claims a job and dies is followed by another after this. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private static final int AT_ONCE = 20;
    private static final int CALLS_AT_ONCE = 8;

    private final JdbcClient jdbc;
    private final WorkerDatabase worker;
    private final EngineLines lines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final Media media;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    EngineMedia(
            JdbcClient jdbc,
            WorkerDatabase worker,
            EngineLines lines,
            CredentialStore credentials,
            Providers providers,
            Media media,
            TransactionTemplate transaction,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.jdbc = jdbc;
        this.worker = worker;
        this.lines = lines;
        this.credentials = credentials;
        this.providers = providers;
        this.media = media;
        this.transaction = transaction;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The same for every delivery of the same message. */
    static UUID idOf(UUID lineId, Said.Message message) {
        var key = "media/" + lineId + "/" + message.chatId() + "/" + message.providerId();
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Notes what a message announced, in the message's own transaction; once however often it is delivered. */
    void expect(UUID lineId, Said.Message message) {
        var announced = message.media();
        if (announced == null) {
            return;
        }
        var now = SqlTime.at(clock.instant());
        jdbc.sql("""
                insert into engine_media (organization_id, id, line_id, reference, next_attempt_at, announced_at)
                values (?, ?, ?, ?, ?, ?) on conflict (organization_id, id) do nothing
                """)
                .params(CurrentOrganization.id(), idOf(lineId, message), lineId, announced.reference(), now, now)
                .update();
    }

    private record Where(UUID organizationId, UUID id) {}

    private record Job(UUID id, UUID lineId, String reference, int attempts, Instant announcedAt) {}

    /** Fetches what is due. */
    @Scheduled(fixedDelayString = "PT3S", initialDelayString = "PT5S")
    public void runDue() {
        var due = worker.jdbc()
                .sql("""
                        select organization_id, id from engine_media where next_attempt_at <= ?
                         order by next_attempt_at limit %d
                        """.formatted(AT_ONCE))
                .param(SqlTime.at(clock.instant()))
                .query((row, n) ->
                        new Where(row.getObject("organization_id", UUID.class), row.getObject("id", UUID.class)))
                .list();
        // Side by side: a platform that does not answer keeps no other clinic's pictures waiting.
        SideBySide.each(
                due,
                CALLS_AT_ONCE,
                where -> CurrentOrganization.run(
                        where.organizationId(), () -> claim(where.id()).ifPresent(this::work)));
    }

    private Optional<Job> claim(UUID id) {
        var now = clock.instant();
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        update engine_media set next_attempt_at = ?, attempts = attempts + 1
                         where organization_id = ? and id = ? and next_attempt_at <= ?
                        returning id, line_id, reference, attempts, announced_at
                        """)
                .params(SqlTime.at(now.plus(CLAIM)), CurrentOrganization.id(), id, SqlTime.at(now))
                .query((row, n) -> new Job(
                        row.getObject("id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("reference"),
                        row.getInt("attempts"),
                        SqlTime.instant(row, "announced_at")))
                .optional()));
    }

    private void work(Job job) {
        var fetched = fetch(job);
        switch (fetched) {
            case Provider.Fetched.Bytes(byte[] bytes, String type) -> keep(job, bytes, type);
            case Provider.Fetched.TooLarge large -> settle(job, "too-large", null);
            case Provider.Fetched.Gone gone -> settle(job, "unavailable", null);
            case Provider.Fetched.Later later -> later(job);
        }
    }

    private Provider.Fetched fetch(Job job) {
        var engine = Objects.requireNonNull(transaction.execute(status -> lines.engineOf(job.lineId())));
        if (engine.isEmpty()) {
            return new Provider.Fetched.Gone();
        }
        try {
            // A line that lost its credentials may get new ones within the day.
            return credentials
                    .open(job.lineId(), engine.get())
                    .map(secret -> providers.fetch(secret, job.reference()))
                    .orElseGet(Provider.Fetched.Later::new);
        } catch (EngineVault.Unreadable e) {
            return new Provider.Fetched.Later();
        }
    }

    private void keep(Job job, byte[] bytes, @Nullable String claimed) {
        try {
            settle(job, "stored", media.keepReceived(new ByteArrayInputStream(bytes), claimed));
        } catch (ProblemException e) {
            if (e.problem() == Problem.MEDIA_UNAVAILABLE) {
                later(job);
            } else {
                settle(job, e.problem() == Problem.BODY_TOO_LARGE ? "too-large" : "refused", null);
            }
        }
    }

    private void later(Job job) {
        var now = clock.instant();
        if (now.isAfter(job.announcedAt().plus(PATIENCE))) {
            settle(job, "unavailable", null);
            return;
        }
        var wait = Math.min(LONGEST_BACK_OFF.toSeconds(), 5L << Math.min(job.attempts(), 12));
        transaction.executeWithoutResult(
                status -> jdbc.sql("update engine_media set next_attempt_at = ? where organization_id = ? and id = ?")
                        .params(SqlTime.at(now.plusSeconds(wait)), CurrentOrganization.id(), job.id())
                        .update());
    }

    private void settle(Job job, String state, Media.@Nullable Stored stored) {
        transaction.executeWithoutResult(status -> {
            int open = jdbc.sql("""
                            update engine_media set next_attempt_at = null
                             where organization_id = ? and id = ? and next_attempt_at is not null
                            """).params(CurrentOrganization.id(), job.id()).update();
            if (open == 1) {
                publisher.publishEvent(new MediaFetched(
                        job.lineId(),
                        job.id(),
                        state,
                        stored == null ? null : stored.key(),
                        stored == null ? null : stored.contentType(),
                        stored == null ? null : stored.size(),
                        stored == null ? null : stored.sha256()));
            }
            jdbc.sql("""
                    delete from engine_media where organization_id = ? and next_attempt_at is null and announced_at < ?
                    """)
                    .params(CurrentOrganization.id(), SqlTime.at(clock.instant().minus(KEPT)))
                    .update();
        });
    }
}
