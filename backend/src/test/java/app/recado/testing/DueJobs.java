package app.recado.testing;

import app.recado.kernel.SqlTime;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does by hand what the scheduler does by itself where housekeeping is on: jobs that are due, one after another. */
public class DueJobs {

    private static final int ROUNDS = 500;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ManualScheduler scheduler;

    DueJobs(DataSource database, List<Task<?>> tasks, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.clock = clock;
        var builder = TestHelper.createManualScheduler(database, tasks);
        builder.clock(new com.github.kagkarlsson.scheduler.testhelper.SettableClock());
        builder.tableName("scheduled_task");
        this.scheduler = builder.build();
    }

    /** Returns when nothing is due any more. */
    public void run() {
        for (int round = 0; due() > 0; round++) {
            if (round == ROUNDS) {
                throw new IllegalStateException("Some job is due over and over");
            }
            scheduler.setTime(clock.instant());
            scheduler.runAnyDueExecutions();
        }
    }

    /** How many jobs are due. */
    public long due() {
        return jdbc.sql("select count(*) from scheduled_task where execution_time <= ? and not picked")
                .param(SqlTime.at(clock.instant()))
                .query(Long.class)
                .single();
    }
}
