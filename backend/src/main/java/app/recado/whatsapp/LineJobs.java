package app.recado.whatsapp;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done later or again for lines. */
@Configuration(proxyBeanMethods = false)
class LineJobs {

    @Bean
    Task<Void> lineAlarmTask(JobTasks tasks, LineAlarm alarm) {
        return tasks.once(LineAlarm.JOB, LineAlarm.RETRIES, (job, attempt) -> alarm.turn(job));
    }

    @Bean
    Task<Void> dueLinesTask(JobTasks tasks, GatewayWatch watch) {
        return tasks.recurring("tell-gateway-what-is-due", Duration.ofMinutes(1), watch::tellWhatIsDue);
    }

    @Bean
    Task<Void> gatewayWatchTask(JobTasks tasks, GatewayWatch watch) {
        return tasks.recurring("watch-gateway", Duration.ofSeconds(10), watch::look);
    }

    @Bean
    Task<Void> providerWatchTask(JobTasks tasks, ProviderWatch watch) {
        return tasks.recurring("watch-providers", ProviderWatch.EVERY, watch::plan);
    }

    @Bean
    Task<Void> lineLookTask(JobTasks tasks, ProviderWatch watch) {
        return tasks.once(ProviderWatch.JOB, ProviderWatch.RETRIES, (job, attempt) -> watch.turn(job));
    }
}
