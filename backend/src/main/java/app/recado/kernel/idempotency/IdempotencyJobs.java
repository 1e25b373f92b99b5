package app.recado.kernel.idempotency;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done again and again for kept answers. */
@Configuration(proxyBeanMethods = false)
class IdempotencyJobs {

    @Bean
    Task<Void> forgottenAnswersTask(JobTasks tasks, ForgottenAnswers answers) {
        return tasks.recurring("forget-answers", Duration.ofMinutes(10), answers::forget);
    }
}
