package app.recado.engines.media;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that fetches what a patient sent. */
@Configuration(proxyBeanMethods = false)
class MediaJobs {

    @Bean
    Task<Void> mediaFetchTask(JobTasks tasks, EngineMedia media) {
        return tasks.once(EngineMedia.JOB, EngineMedia.RETRIES, (job, attempt) -> media.turn(job));
    }
}
