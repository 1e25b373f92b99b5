package app.recado.notifications;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When hours of visits that nobody confirmed are offered to the next. */
@Configuration(proxyBeanMethods = false)
class UnconfirmedVisitJobs {

    @Bean
    Task<Void> hourOffersTask(JobTasks tasks, UnconfirmedVisits visits) {
        return tasks.recurring("hour-offers", Duration.ofMinutes(1), visits::turn);
    }
}
