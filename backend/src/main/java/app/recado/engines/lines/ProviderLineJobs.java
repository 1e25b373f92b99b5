package app.recado.engines.lines;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done by the clock for lines of providers: they are looked at, and a code that linked nothing ends. */
@Configuration(proxyBeanMethods = false)
class ProviderLineJobs {

    @Bean
    Task<Void> providerWatchTask(JobTasks tasks, ProviderWatch watch) {
        return tasks.recurring("watch-providers", ProviderWatch.EVERY, watch::plan);
    }

    @Bean
    Task<Void> lineLookTask(JobTasks tasks, ProviderWatch watch) {
        return tasks.once(ProviderWatch.JOB, ProviderWatch.RETRIES, (job, attempt) -> watch.turn(job));
    }

    @Bean
    Task<Void> pairingCodeEndTask(JobTasks tasks, QrCodes codes) {
        return tasks.once(QrCodes.JOB, QrCodes.RETRIES, (job, attempt) -> codes.turn(job));
    }
}
