package app.recado.engines.media;

import app.recado.engines.CallsPerLine;
import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.Providers;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.MediaFetched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fetches what patients sent. The job is stored with the message that announced it and worked afterwards, so that no message
 * waits for its picture and no picture is lost with the process. Tried for a day; the platform keeps media longer.
 */
@Component
public class EngineMedia {

    static final String JOB = "media-fetch";

    private static final Duration PATIENCE = Duration.ofHours(24);

    /** More than fit into the patience: that ends the job, not their number. */
    static final Retries RETRIES = new Retries(200, Duration.ofSeconds(10), Duration.ofMinutes(30));

    private final CallsPerLine calls = new CallsPerLine(4);

    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final Lines lines;
    private final CredentialStore credentials;
    private final Providers providers;
    private final Media media;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    EngineMedia(
            JdbcClient jdbc,
            Jobs jobs,
            Lines lines,
            CredentialStore credentials,
            Providers providers,
            Media media,
            TransactionTemplate transaction,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.lines = lines;
        this.credentials = credentials;
        this.providers = providers;
        this.media = media;
        this.transaction = transaction;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Notes what a message announced, in the message's own transaction; once however often it is delivered. */
    public void expect(ProviderEvent.Message message) {
        var inbound = message.inbound();
        if (message.reference() == null || inbound.content().media() == null) {
            return;
        }
        var id = inbound.content().media().id();
        var now = clock.instant();
        int news = jdbc.sql("""
                        insert into engine_media (organization_id, id, line_id, reference, announced_at)
                        values (?, ?, ?, ?, ?) on conflict (organization_id, id) do nothing
                        """)
                .params(CurrentOrganization.id(), id, inbound.lineId(), message.reference(), SqlTime.at(now))
                .update();
        if (news == 1) {
            jobs.schedule(JOB, JobId.of(id), now);
        }
    }

    private record Job(UUID id, UUID lineId, String reference, Instant announcedAt) {}

    /** Fetches one, unless its line has as many fetches under way as it may. */
    JobResult turn(JobId id) {
        return open(id.id())
                .map(job -> calls.orLater(job.lineId(), () -> {
                    work(job);
                    return JobResult.done();
                }))
                .orElseGet(JobResult::done);
    }

    private Optional<Job> open(UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select id, line_id, reference, announced_at from engine_media
                         where organization_id = ? and id = ? and settled_at is null
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Job(
                        row.getObject("id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("reference"),
                        SqlTime.instant(row, "announced_at")))
                .optional()));
    }

    private void work(Job job) {
        try {
            switch (fetch(job)) {
                case Provider.Fetched.Kept(Media.Stored stored) -> settle(job, "stored", stored);
                case Provider.Fetched.TooLarge large -> settle(job, "too-large", null);
                case Provider.Fetched.Gone gone -> settle(job, "unavailable", null);
                case Provider.Fetched.Later later -> later(job);
            }
        } catch (ProblemException e) {
            if (e.problem() == Problem.MEDIA_UNAVAILABLE) {
                later(job);
            } else {
                settle(job, e.problem() == Problem.BODY_TOO_LARGE ? "too-large" : "refused", null);
            }
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
                    .map(secret -> providers.fetch(secret, job.reference(), media::keepReceived))
                    .orElseGet(Provider.Fetched.Later::new);
        } catch (SecretVault.Unreadable e) {
            return new Provider.Fetched.Later();
        }
    }

    private void later(Job job) {
        if (!clock.instant().isAfter(job.announcedAt().plus(PATIENCE))) {
            throw new JobFailed("provider-unreachable");
        }
        settle(job, "unavailable", null);
    }

    private void settle(Job job, String state, Media.@Nullable Stored stored) {
        transaction.executeWithoutResult(status -> {
            int open = jdbc.sql("""
                            update engine_media set settled_at = ?
                             where organization_id = ? and id = ? and settled_at is null
                            """)
                    .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), job.id())
                    .update();
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
        });
    }
}
