package app.recado.kernel.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** How db-scheduler runs here: by our clock, and each job in a virtual thread of its own, so that a slow one delays no other. */
@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(JobsConfiguration.class);

    @Bean
    com.github.kagkarlsson.scheduler.Clock dbSchedulerClock(Clock clock) {
        return clock::instant;
    }

    @Bean
    DbSchedulerCustomizer dbSchedulerCustomizer() {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<ExecutorService> executorService() {
                return Optional.of(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("job-", 0).factory()));
            }
        };
    }

    /** Starts the scheduler where housekeeping is on: not in processes that only serve requests, nor in tests, which run jobs
     * by hand. */
    @Bean
    DbSchedulerStarter dbSchedulerStarter(
            Scheduler scheduler, @Value("${recado.housekeeping:on}") String housekeeping) {
        return new WhenReady(scheduler, !housekeeping.equals("off"));
    }

    private static final class WhenReady implements DbSchedulerStarter {
        private final Scheduler scheduler;
        private final boolean wanted;

        WhenReady(Scheduler scheduler, boolean wanted) {
            this.scheduler = scheduler;
            this.wanted = wanted;
        }

        @Override
        @EventListener(ApplicationReadyEvent.class)
        public void doStart() {
            if (wanted) {
                scheduler.start();
            } else {
                LOG.info("Jobs are not done by this process");
            }
        }
    }
}
