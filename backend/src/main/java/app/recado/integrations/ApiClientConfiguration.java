package app.recado.integrations;

import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.keycloak.ClientDirectory;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The identity server as API clients need it, and what is done there later. */
@Configuration(proxyBeanMethods = false)
class ApiClientConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(10);

    /** For weeks: a key that has ended is refused here all the same. */
    private static final Retries PATIENT = new Retries(1_000, Duration.ofSeconds(30), Duration.ofHours(1));

    @Bean
    ClientDirectory clientDirectory(ApiClientSettings settings) {
        return new ClientDirectory(new ClientDirectory.Access(
                settings.url(), settings.realm(), settings.clientId(), settings.clientSecret(), CONNECT, READ));
    }

    @Bean
    Task<Void> apiClientKeyTask(JobTasks tasks, ApiClientKeys keys) {
        return tasks.once(ApiClientKeys.JOB, PATIENT, (job, attempt) -> keys.end(job));
    }
}
