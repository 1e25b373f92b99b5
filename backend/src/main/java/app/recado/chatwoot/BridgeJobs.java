package app.recado.chatwoot;

import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done later for bridges, and what goes with time. */
@Configuration(proxyBeanMethods = false)
class BridgeJobs {

    /** Chatwoot's troubles have pauses of their own; these are for trouble on our side. */
    private static final Retries OURS = new Retries(1_000, Duration.ofSeconds(5), Duration.ofMinutes(5));

    @Bean
    Task<Void> chatwootTellTask(JobTasks tasks, BridgeSender sender) {
        return tasks.once(BridgeQueue.JOB, OURS, (job, attempt) -> sender.turn(job));
    }

    @Bean
    Task<Void> chatwootTakeTask(JobTasks tasks, BridgeReceiver receiver) {
        return tasks.once(BridgeReceiver.JOB, BridgeReceiver.RETRIES, receiver::turn);
    }

    @Bean
    Retained oldChatwootItems(JdbcClient jdbc) {
        return new OldRows(
                jdbc, "chatwoot-items", Retained.Term.TECHNICAL, "chatwoot_item", "at", "state <> 'pending'");
    }

    /** By then nobody delivers them again. */
    @Bean
    Retained oldChatwootMessages(JdbcClient jdbc) {
        return new OldRows(
                jdbc, "chatwoot-messages", Retained.Term.TECHNICAL, "chatwoot_message", "at", "state <> 'pending'");
    }
}
