package app.recado.scheduling;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When visits are compared with what clocks show; time zone data changes with a new version of the process. */
@Configuration(proxyBeanMethods = false)
class ClockChangeJobs {

    @Bean
    Task<Void> clockChangesTask(JobTasks tasks, ClockChanges changes) {
        return tasks.recurring("clock-changes", Duration.ofHours(12), changes::look);
    }
}
