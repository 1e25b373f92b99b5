package app.recado.whatsapp.engines;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What direct engines have done later. */
@Configuration(proxyBeanMethods = false)
class EngineJobs {

    @Bean
    Task<Void> mediaFetchTask(JobTasks tasks, EngineMedia media) {
        return tasks.once(EngineMedia.JOB, EngineMedia.RETRIES, (job, attempt) -> media.turn(job));
    }

    @Bean
    Task<Void> readMarkTask(JobTasks tasks, CloudReadMarks marks) {
        return tasks.once(CloudReadMarks.JOB, CloudReadMarks.RETRIES, marks::turn);
    }
}
