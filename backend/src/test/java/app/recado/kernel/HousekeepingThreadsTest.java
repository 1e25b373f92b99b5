package app.recado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.Scheduled;

/** What happens by the clock. */
class HousekeepingThreadsTest {

    /** Two wheels, of which one never comes back. */
    static class Wheels {

        final CountDownLatch stuck = new CountDownLatch(1);
        final CountDownLatch turns = new CountDownLatch(3);

        @Scheduled(fixedDelay = 1)
        void waitsForSomebodyWhoDoesNotAnswer() throws InterruptedException {
            stuck.countDown();
            new CountDownLatch(1).await();
        }

        @Scheduled(fixedDelay = 1)
        void turns() throws InterruptedException {
            stuck.await();
            turns.countDown();
        }
    }

    @Test
    void a_wheel_that_is_stuck_keeps_no_other_from_turning() {
        new ApplicationContextRunner()
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
                .withUserConfiguration(Housekeeping.class)
                .withBean(Wheels.class)
                .run(context -> assertThat(context.getBean(Wheels.class).turns.await(20, TimeUnit.SECONDS))
                        .isTrue());
    }
}
