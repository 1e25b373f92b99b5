package app.recado.integrations;

import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.keycloak.ClientDirectory;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The identity server as API clients need it, and what is done there later. */
@Configuration(proxyBeanMethods = false)
class ApiClientConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(10);

    private static final Duration REQUESTS_KEPT = Duration.ofDays(30);

    /** For weeks: a key that has ended is refused here all the same. */
    private static final Retries PATIENT = new Retries(1_000, Duration.ofSeconds(30), Duration.ofHours(1));

    @Bean
    ClientDirectory clientDirectory(ApiClientSettings settings) {
        return new ClientDirectory(new ClientDirectory.Access(
                settings.url(), settings.realm(), settings.clientId(), settings.clientSecret(), CONNECT, READ));
    }

    /** After thirty days, or with all technical records where those are kept for less. */
    @Bean
    Retained oldApiRequests(JdbcClient jdbc, Clock clock) {
        var rows = new OldRows(jdbc, "api-requests", Retained.Term.TECHNICAL, "api_request", "at", "true");
        return new Retained() {
            @Override
            public String name() {
                return rows.name();
            }

            @Override
            public Term term() {
                return rows.term();
            }

            @Override
            public Removed remove(Instant olderThan, int atMost) {
                var days = clock.instant().minus(REQUESTS_KEPT);
                return rows.remove(days.isAfter(olderThan) ? days : olderThan, atMost);
            }
        };
    }

    @Bean
    Task<Void> apiClientKeyTask(JobTasks tasks, ApiClientKeys keys) {
        return tasks.once(ApiClientKeys.JOB, PATIENT, (job, attempt) -> keys.end(job));
    }
}
