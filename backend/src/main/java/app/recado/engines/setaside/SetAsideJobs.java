package app.recado.engines.setaside;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that tries again to store what a provider delivered. */
@Configuration(proxyBeanMethods = false)
class SetAsideJobs {

    @Bean
    Task<Void> webhookAgainTask(JobTasks tasks, WebhookRetries retries) {
        return tasks.once(WebhookRetries.JOB, WebhookRetries.RETRIES, (job, attempt) -> retries.turn(job));
    }
}
