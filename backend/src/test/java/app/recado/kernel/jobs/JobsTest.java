package app.recado.kernel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.CurrentOrganization;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
@Import(JobsTest.Kinds.class)
class JobsTest {

    /** What a job of the test does, and what it saw. */
    static final class Seen {
        final AtomicBoolean fails = new AtomicBoolean(true);
        final List<Integer> attempts = new ArrayList<>();
        final List<UUID> organizations = new ArrayList<>();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Kinds {
        @Bean
        Seen seen() {
            return new Seen();
        }

        @Bean
        Task<Void> failingTask(JobTasks tasks, Seen seen) {
            var retries = new Retries(3, Duration.ofSeconds(10), Duration.ofSeconds(15));
            return tasks.once("test-failing", retries, (job, attempt) -> {
                seen.attempts.add(attempt);
                seen.organizations.add(CurrentOrganization.id());
                if (seen.fails.get()) {
                    throw new JobFailed("not-today");
                }
                return JobResult.done();
            });
        }
    }

    @Autowired
    Jobs jobs;

    @Autowired
    DeadJobs dead;

    @Autowired
    DueJobs due;

    @Autowired
    JobTasks tasks;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DataSource database;

    @Autowired
    DbSchedulerCustomizer customizer;

    @Autowired
    Seen seen;

    private final UUID record = UUID.randomUUID();
    private UUID organization = new UUID(0, 1);

    @BeforeEach
    void clinic() {
        organization = clinics.open().id();
        seen.attempts.clear();
        seen.organizations.clear();
        seen.fails.set(true);
    }

    private void asks() {
        CurrentOrganization.run(organization, () -> jobs.schedule("test-failing", JobId.of(record), clock.instant()));
    }

    private List<DeadJobs.DeadJob> dead() {
        return dead.newest().stream()
                .filter(job -> job.organizationId().equals(organization))
                .toList();
    }

    @Test
    void attempts_are_counted_and_spaced_and_a_job_that_keeps_failing_is_dead_until_somebody_has_it_done_again() {
        asks();
        due.run();
        clock.advance(Duration.ofSeconds(9));
        due.run();
        assertThat(seen.attempts).containsExactly(1);
        clock.advance(Duration.ofSeconds(1));
        due.run();
        clock.advance(Duration.ofSeconds(14));
        due.run();
        assertThat(seen.attempts).containsExactly(1, 2);
        assertThat(dead()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        due.run();
        clock.advance(Duration.ofDays(1));
        due.run();
        assertThat(seen.attempts).containsExactly(1, 2, 3);
        assertThat(dead()).singleElement().satisfies(job -> {
            assertThat(job.kind()).isEqualTo("test-failing");
            assertThat(job.attempts()).isEqualTo(3);
            assertThat(job.cause()).isEqualTo("not-today");
        });
        assertThat(dead.figures().dead()).isPositive();

        seen.fails.set(false);
        dead.repeat(organization, dead().getFirst().id());
        due.run();
        assertThat(seen.attempts).containsExactly(1, 2, 3, 1);
        assertThat(seen.organizations).containsOnly(organization);
        assertThat(dead()).isEmpty();
    }

    @Test
    void what_is_asked_for_in_a_transaction_that_is_rolled_back_is_never_done() {
        transaction.executeWithoutResult(status -> {
            asks();
            status.setRollbackOnly();
        });
        due.run();
        assertThat(seen.attempts).isEmpty();
    }

    @Test
    void asking_twice_has_it_done_once() {
        seen.fails.set(false);
        asks();
        asks();
        due.run();
        assertThat(seen.attempts).containsExactly(1);
    }

    private void looks() {
        CurrentOrganization.run(
                organization,
                () -> transaction.executeWithoutResult(status -> {
                    jobs.lookAt("test-failing", record, clock.instant());
                }));
    }

    private void isUnderWay() {
        JdbcClient.create(database)
                .sql("update scheduled_task set picked = true, picked_by = 'another' where task_instance like ?")
                .param(organization + "/%")
                .update();
    }

    @Test
    void a_record_is_looked_at_by_a_job_that_begins_afterwards_however_many_are_under_way() {
        seen.fails.set(false);
        looks();
        isUnderWay();
        looks();
        isUnderWay();
        looks();
        looks();
        due.run();
        assertThat(seen.attempts).as("one job for both that asked last").containsExactly(1);
        JdbcClient.create(database)
                .sql("delete from scheduled_task where task_instance like ?")
                .param(organization + "/%")
                .update();
    }

    @Test
    void asking_while_the_job_is_being_done_never_fails_and_is_always_followed_by_another() throws Exception {
        seen.fails.set(false);
        var over = new AtomicBoolean();
        var failure = new AtomicReference<@Nullable Throwable>();
        var asking = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 300; i++) {
                    looks();
                }
            } catch (RuntimeException e) {
                failure.set(e);
            } finally {
                over.set(true);
            }
        });
        while (!over.get()) {
            due.run();
        }
        asking.join();
        assertThat(failure.get()).isNull();
        int before = seen.attempts.size();
        looks();
        due.run();
        assertThat(seen.attempts).hasSizeGreaterThan(before);
    }

    @Test
    void the_scheduler_s_rows_take_ids_only() {
        var jdbc = JdbcClient.create(database);
        for (var content : List.of("Ana Sosa", "+5491123456789", organization + "/ana@example.org")) {
            assertThatThrownBy(() -> jdbc.sql("""
                                    insert into scheduled_task (task_name, task_instance, execution_time, picked, version)
                                    values ('test-failing', ?, now() + interval '9 days', false, 1)
                                    """).param(content).update()).isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void a_hundred_jobs_that_hang_delay_no_other_and_two_processes_do_each_once() throws Exception {
        var hang = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var turns = new AtomicInteger();
        var retries = new Retries(3, Duration.ofSeconds(10), Duration.ofSeconds(15));
        var kinds = List.<Task<?>>of(
                tasks.once("test-hanging", retries, (job, attempt) -> {
                    awaits(hang);
                    return JobResult.done();
                }),
                tasks.once("test-quick", retries, (job, attempt) -> {
                    turns.incrementAndGet();
                    done.countDown();
                    return JobResult.done();
                }));
        var one = process(kinds);
        var other = process(kinds);
        for (int i = 0; i < 100; i++) {
            one.schedule(
                    new TaskInstance<>("test-hanging", new JobId(organization, UUID.randomUUID(), 0).stored()),
                    Instant.EPOCH);
        }
        one.schedule(
                new TaskInstance<>("test-quick", new JobId(organization, record, 0).stored()),
                Instant.EPOCH.plusSeconds(1));
        one.start();
        other.start();
        try {
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            hang.countDown();
            one.stop();
            other.stop();
        }
        assertThat(turns.get()).isEqualTo(1);
    }

    private Scheduler process(List<Task<?>> kinds) {
        return Scheduler.create(database, kinds)
                .tableName("scheduled_task")
                .clock(new SystemClock())
                .threads(16)
                .pollingInterval(Duration.ofMillis(100))
                .executorService(customizer.executorService().orElseThrow())
                .build();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
