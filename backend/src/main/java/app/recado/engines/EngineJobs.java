package app.recado.engines;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done later or again for lines of providers. */
@Configuration(proxyBeanMethods = false)
class EngineJobs {

    @Bean
    Task<Void> mediaFetchTask(JobTasks tasks, EngineMedia media) {
        return tasks.once(EngineMedia.JOB, EngineMedia.RETRIES, (job, attempt) -> media.turn(job));
    }

    @Bean
    Task<Void> providerWatchTask(JobTasks tasks, ProviderWatch watch) {
        return tasks.recurring("watch-providers", ProviderWatch.EVERY, watch::plan);
    }

    @Bean
    Task<Void> lineLookTask(JobTasks tasks, ProviderWatch watch) {
        return tasks.once(ProviderWatch.JOB, ProviderWatch.RETRIES, (job, attempt) -> watch.turn(job));
    }

    @Bean
    Task<Void> webhookAgainTask(JobTasks tasks, WebhookRetries retries) {
        return tasks.once(WebhookRetries.JOB, WebhookRetries.RETRIES, (job, attempt) -> retries.turn(job));
    }

    @Bean
    Task<Void> pairingCodeEndTask(JobTasks tasks, QrCodes codes) {
        return tasks.once(QrCodes.JOB, QrCodes.RETRIES, (job, attempt) -> codes.turn(job));
    }
}
