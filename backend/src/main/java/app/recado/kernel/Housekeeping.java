package app.recado.kernel;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Turns on what happens by the clock: every method marked {@code Scheduled}. Each of them may run in several replicas at
 * once and be cut off anywhere. Off in processes that only serve requests, and in tests, which turn each wheel by hand.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "recado.housekeeping", havingValue = "on", matchIfMissing = true)
public class Housekeeping {

    /** More than there are wheels, so that each turns by itself whatever another one waits for. */
    public static final int THREADS = 16;

    /**
     * Threads of its own for each wheel. The scheduler that comes with virtual threads turns all wheels with a fixed delay in
     * one: a mail server or a provider that does not answer would keep every line from being watched.
     */
    @Bean
    TaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(THREADS);
        scheduler.setThreadNamePrefix("wheel-");
        return scheduler;
    }
}
