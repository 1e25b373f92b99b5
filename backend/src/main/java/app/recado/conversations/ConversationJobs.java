package app.recado.conversations;

import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to conversations at a time. */
@Configuration(proxyBeanMethods = false)
class ConversationJobs {

    private static final Retries RETRIES = new Retries(20, Duration.ofSeconds(10), Duration.ofMinutes(10));

    @Bean
    Task<Void> conversationWakeTask(JobTasks tasks, ConversationService service) {
        return tasks.once(ConversationService.WAKE_JOB, RETRIES, (job, attempt) -> service.wake(job.id()));
    }

    @Bean
    Task<Void> handOverNoticeTask(JobTasks tasks, HandOverCalls calls) {
        return tasks.once(HandOvers.NOTICE_JOB, RETRIES, (job, attempt) -> calls.notice(job));
    }

    @Bean
    Task<Void> handOverTimeoutTask(JobTasks tasks, HandOverCalls calls) {
        return tasks.once(HandOvers.TIMEOUT_JOB, RETRIES, (job, attempt) -> calls.timeout(job));
    }

    @Bean
    Task<Void> conversationRoutingTask(JobTasks tasks, ConversationRouting routing) {
        return tasks.once(WaitingConversations.ROUTING_JOB, RETRIES, (job, attempt) -> routing.share());
    }

    @Bean
    Task<Void> responseWarningTask(JobTasks tasks, ResponseWarnings warnings) {
        return tasks.once(WaitingConversations.WARNING_JOB, RETRIES, (job, attempt) -> warnings.warn(job));
    }

    @Bean
    Task<Void> ticketNoticeTask(JobTasks tasks, Tickets tickets, HandOverCalls calls) {
        return tasks.once(Tickets.NOTICE_JOB, RETRIES, (job, attempt) -> {
            tickets.conversationOf(job.id()).ifPresent(calls::ticketOpened);
            return JobResult.done();
        });
    }

    @Bean
    Task<Void> conversationRestTask(JobTasks tasks, ConversationService service) {
        return tasks.once(ConversationFlow.REST_JOB, RETRIES, (job, attempt) -> service.rest(job.id()));
    }
}
