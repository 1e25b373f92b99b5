package app.recado.integrations;

import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done later for webhooks, and what goes with time. */
@Configuration(proxyBeanMethods = false)
class WebhookJobs {

    /** Receivers have a schedule of their own; these are for trouble on our side. */
    private static final Retries OURS = new Retries(1_000, Duration.ofSeconds(5), Duration.ofMinutes(5));

    @Bean
    Task<Void> webhookDeliveryTask(JobTasks tasks, WebhookSender sender) {
        return tasks.once(WebhookQueue.JOB, OURS, (job, attempt) -> sender.turn(job));
    }

    @Bean
    Task<Void> webhookAlarmTask(JobTasks tasks, WebhookAlarm alarm) {
        return tasks.once(WebhookAlarm.JOB, WebhookAlarm.RETRIES, (job, attempt) -> alarm.turn(job));
    }

    /** Deliveries and attempts go with their event, also what an endpoint that was switched off still waits for. */
    @Bean
    Retained oldWebhookEvents(JdbcClient jdbc) {
        return new OldRows(jdbc, "webhook-events", Retained.Term.TECHNICAL, "webhook_event", "occurred_at", "true");
    }
}
