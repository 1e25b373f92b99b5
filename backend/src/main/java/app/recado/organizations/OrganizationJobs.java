package app.recado.organizations;

import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done later for organizations, and what of them goes when it is old. */
@Configuration(proxyBeanMethods = false)
class OrganizationJobs {

    @Bean
    Task<Void> invitationMailTask(JobTasks tasks, InvitationMails mails) {
        return tasks.once(InvitationMails.JOB, InvitationMails.RETRIES, (job, attempt) -> mails.turn(job));
    }

    @Bean
    Task<Void> secondFactorTask(JobTasks tasks, SecondFactors factors) {
        return tasks.once(MemberRules.SECOND_FACTOR_JOB, SecondFactors.RETRIES, (job, attempt) -> factors.turn());
    }

    @Bean
    Task<Void> clinicDeletionTask(JobTasks tasks, ClinicEraser eraser) {
        return tasks.once(ClinicEraser.JOB, ClinicEraser.RETRIES, (job, attempt) -> eraser.turn());
    }

    @Bean
    Task<Void> deletionMailTask(JobTasks tasks, DeletionMails mails) {
        return tasks.once(DeletionMails.JOB, DeletionMails.RETRIES, (job, attempt) -> mails.turn());
    }

    @Bean
    Task<Void> clinicFiguresTask(JobTasks tasks, ClinicOverviews overviews) {
        return tasks.recurring("clinic-figures", Duration.ofHours(1), overviews::count);
    }

    @Bean
    Retained expiredInvitations(JdbcClient jdbc) {
        return new OldRows(jdbc, "invitations", Retained.Term.TECHNICAL, "member_invitation", "expires_at", "true");
    }
}
