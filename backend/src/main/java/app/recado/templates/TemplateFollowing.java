package app.recado.templates;

import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.whatsapp.TemplateApprovals;
import app.recado.whatsapp.TemplateApprovals.Answer;
import app.recado.whatsapp.TemplateStanding;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Hands submissions in and asks what became of them, outside any transaction. Meta also tells by itself, where its app was told
 * to; Twilio never does.
 */
@Component
class TemplateFollowing {

    /** The name of its jobs, one for each submission. */
    static final String JOB = "template-follow";

    static final Retries RETRIES = new Retries(50, Duration.ofSeconds(30), Duration.ofHours(1));

    /** Most answers come within minutes. */
    private static final Duration LOOKED_AT_CLOSELY = Duration.ofHours(1);

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration LATER = Duration.ofMinutes(30);
    private static final Duration NOW_AND_THEN = Duration.ofHours(6);

    private final TemplateSubmissionService submissions;
    private final TemplateApprovals approvals;
    private final Clock clock;

    TemplateFollowing(TemplateSubmissionService submissions, TemplateApprovals approvals, Clock clock) {
        this.submissions = submissions;
        this.approvals = approvals;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Jobs {

        @Bean
        Task<Void> templateFollowTask(JobTasks tasks, TemplateFollowing following) {
            return tasks.once(JOB, RETRIES, (job, attempt) -> following.turn(job));
        }
    }

    JobResult turn(JobId job) {
        var row = submissions.get(job.id());
        var asked = clock.instant();
        return switch (row.state()) {
            case SUBMITTING -> handedIn(row, approvals.submit(row.lineId(), row.draft(), row.providerId()), asked);
            case PENDING, APPROVED, PAUSED -> {
                looked(row, approvals.ask(row.lineId(), row.name(), row.providerLanguage(), row.providerId()), asked);
                yield next(submissions.get(row.id()), asked);
            }
            case REJECTED, DISABLED -> JobResult.done();
        };
    }

    private JobResult handedIn(TemplateSubmission row, Answer answer, Instant asked) {
        return switch (answer) {
            case Answer.Written(var providerId) -> {
                submissions.written(row.id(), providerId);
                yield JobResult.again(AT_ONCE);
            }
            case Answer.Later(var code) -> {
                submissions.delayed(row.id(), code);
                yield JobResult.again(SOON);
            }
            case Answer.Unknown() -> stopped(row, TemplateStanding.State.REJECTED, "not-found", null, asked);
            case Answer.Refused(var reason, var detail) ->
                stopped(row, TemplateStanding.State.REJECTED, reason, detail, asked);
            case Answer.Known(var providerId, var said) -> {
                // Whoever takes it without a word looks at it.
                var standing = said.state() == null
                        ? new TemplateStanding(
                                TemplateStanding.State.PENDING,
                                TemplateStanding.NO_REASON,
                                null,
                                said.category(),
                                said.quality())
                        : said;
                submissions.told(row.id(), providerId, standing, asked);
                yield next(submissions.get(row.id()), asked);
            }
        };
    }

    private JobResult stopped(
            TemplateSubmission row,
            TemplateStanding.State state,
            String reason,
            @Nullable String detail,
            Instant asked) {
        submissions.told(row.id(), null, new TemplateStanding(state, reason, detail, null, null), asked);
        return JobResult.done();
    }

    private void looked(TemplateSubmission row, Answer answer, Instant asked) {
        switch (answer) {
            case Answer.Known(var providerId, var standing) -> submissions.told(row.id(), providerId, standing, asked);
            case Answer.Unknown() -> {
                // What was just handed in may not be found everywhere yet.
                if (row.submittedAt().isBefore(asked.minus(LOOKED_AT_CLOSELY))) {
                    stopped(row, TemplateStanding.State.DISABLED, "deleted", null, asked);
                }
            }
            case Answer.Written written -> {}
            case Answer.Refused refused -> {} // the line says it
            case Answer.Later later -> {}
        }
    }

    private JobResult next(TemplateSubmission row, Instant now) {
        return switch (row.state()) {
            case SUBMITTING, PENDING ->
                JobResult.again(row.submittedAt().isAfter(now.minus(LOOKED_AT_CLOSELY)) ? SOON : LATER);
            case APPROVED, PAUSED -> submissions.isReplaced(row) ? JobResult.done() : JobResult.again(NOW_AND_THEN);
            case REJECTED, DISABLED -> JobResult.done();
        };
    }
}
