package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.RecadoTest;
import com.github.kagkarlsson.scheduler.Scheduler;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/** Tests run every scheduled task by hand: one that also ran by the wall clock would make them depend on the machine. */
@RecadoTest
class HousekeepingTest {

    @Autowired
    ApplicationContext context;

    @Test
    void nothing_happens_by_the_clock_where_housekeeping_is_off() {
        assertThat(context.getBeansOfType(ScheduledAnnotationBeanPostProcessor.class))
                .isEmpty();
        assertThat(context.getBean(Scheduler.class).getSchedulerState().isStarted())
                .isFalse();
    }
}
