package app.recado.kernel.retention;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When retention looks. */
@Configuration(proxyBeanMethods = false)
class RetentionJobs {

    @Bean
    Task<Void> retentionTask(JobTasks tasks, Retention retention) {
        return tasks.recurring("retention", Duration.ofHours(1), retention::deleteOld);
    }

    @Bean
    Task<Void> orphanedMediaTask(JobTasks tasks, Retention retention) {
        return tasks.recurring("orphaned-media", Duration.ofDays(1), retention::deleteOrphans);
    }
}
