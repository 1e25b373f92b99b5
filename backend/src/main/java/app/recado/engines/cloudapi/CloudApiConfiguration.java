package app.recado.engines.cloudapi;

import app.recado.engines.EngineClients;
import app.recado.engines.EngineSettings;
import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Cloud API of this process, and what is done later for its lines. */
@Configuration(proxyBeanMethods = false)
class CloudApiConfiguration {

    @Bean
    CloudApi cloudApi(EngineClients clients, EngineSettings settings) {
        return new CloudApi(clients.fixed(), settings.cloudApi());
    }

    @Bean
    Task<Void> readMarkTask(JobTasks tasks, CloudReadMarks marks) {
        return tasks.once(CloudReadMarks.JOB, CloudReadMarks.RETRIES, marks::turn);
    }
}
