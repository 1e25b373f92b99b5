package app.recado.scheduling;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When visits whose deposit was not paid are released. */
@Configuration(proxyBeanMethods = false)
class DepositJobs {

    @Bean
    Task<Void> depositsTask(JobTasks tasks, VisitDeposits deposits) {
        return tasks.recurring("deposits", Duration.ofMinutes(5), deposits::release);
    }
}
