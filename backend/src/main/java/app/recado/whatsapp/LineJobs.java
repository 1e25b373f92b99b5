package app.recado.whatsapp;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
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
    Task<Void> lineSuspensionTask(JobTasks tasks, SuspendedLines lines) {
        return tasks.once(SuspendedLines.JOB, SuspendedLines.RETRIES, (job, attempt) -> lines.turn());
    }

    @Bean
    Task<Void> testMessageTask(JobTasks tasks, TestMessages tests) {
        return tasks.once(TestMessages.JOB, TestMessages.RETRIES, (job, attempt) -> tests.turn(job));
    }
}
