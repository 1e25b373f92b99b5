package app.recado.engines.lines;

import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.testing.DueJobs;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.LinesAcrossClinics;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs by hand what housekeeping runs by the clock. */
public class ProviderWatchByHand {

    private final ProviderWatch providers;
    private final DueJobs due;
    private final LinesAcrossClinics all;
    private final Lines lines;
    private final LineStates states;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ProviderWatchByHand(
            ProviderWatch providers,
            DueJobs due,
            LinesAcrossClinics all,
            Lines lines,
            LineStates states,
            Jobs jobs,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.providers = providers;
        this.due = due;
        this.all = all;
        this.lines = lines;
        this.states = states;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    public void run() {
        providers.plan();
        due.run();
    }

    /** The watch of another process, which asks providers in its own way; it is given lines of the current organization. */
    Consumer<UUID> inAnotherProcess(ProviderLines engines) {
        var watch = new ProviderWatch(
                all, lines, states, engines, new LineSight(jdbc, transaction, jobs, clock), jobs, clock);
        return line -> watch.turn(JobId.of(line));
    }
}
