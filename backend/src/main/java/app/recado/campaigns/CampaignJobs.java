package app.recado.campaigns;

import app.recado.kernel.jobs.JobTasks;
import app.recado.patients.PatientData;
import app.recado.patients.PatientErasure;
import app.recado.patients.PatientReference;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Campaigns are worked every few seconds; what names patients in them is said here. */
@Configuration(proxyBeanMethods = false)
class CampaignJobs {

    @Bean
    Task<Void> campaignReleaseTask(JobTasks tasks, CampaignRelease release) {
        return tasks.recurring("campaigns", Duration.ofSeconds(10), release::run);
    }

    /** Who waits to be written to is not any more; that a campaign went to somebody stays, for its figures. */
    @Bean
    PatientErasure erasedRecipients() {
        return PatientErasure.of("campaign_recipient", """
                delete from campaign_recipient
                 where organization_id = :org and patient_id = any (:cards) and released_at is null
                """);
    }

    @Bean
    PatientReference campaignRecipientPatient() {
        return new PatientReference("campaign_recipient", "patient_id");
    }

    @Bean
    PatientData campaignRecipientData() {
        return new PatientData("campaigns", "campaign_recipient", """
                select json_build_object('campaign', c.name, 'releasedAt', r.released_at)
                  from campaign_recipient r
                  join campaign c on c.organization_id = r.organization_id and c.id = r.campaign_id
                 where r.organization_id = :org and r.patient_id = :patient order by r.id
                """);
    }
}
