package app.recado.engines.gateway;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done again and again for lines of the gateway. */
@Configuration(proxyBeanMethods = false)
class GatewayJobs {

    @Bean
    Task<Void> dueLinesTask(JobTasks tasks, GatewayWatch watch) {
        return tasks.recurring("tell-gateway-what-is-due", Duration.ofMinutes(1), watch::tellWhatIsDue);
    }

    @Bean
    Task<Void> gatewayWatchTask(JobTasks tasks, GatewayWatch watch) {
        return tasks.recurring("watch-gateway", Duration.ofSeconds(10), watch::look);
    }
}
