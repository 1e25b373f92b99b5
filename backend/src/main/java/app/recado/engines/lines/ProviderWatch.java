package app.recado.engines.lines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.jobs.Retries;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.Lines;
import app.recado.whatsapp.LinesAcrossClinics;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Asks providers about lines that should run: a server that died reports nothing, and a token can be taken away without a
 * word. Each line is looked at by one process at a time. Two looks without an answer make a line {@code reconnecting};
 * together they fit into the minute that is promised. What a process cannot see that others see says nothing about a line.
 */
@Component
class ProviderWatch {

    /** The name of its jobs, one for each line that is to be looked at now. */
    static final String JOB = "line-look";

    static final Duration EVERY = Duration.ofSeconds(20);

    /** A look that breaks off is made anew soon anyway. */
    static final Retries RETRIES = new Retries(20, EVERY, Duration.ofMinutes(10));

    private static final Duration SOON = Duration.ofSeconds(1);

    private final LinesAcrossClinics all;
    private final Lines lines;
    private final LineStates states;
    private final ProviderLines engines;
    private final LineSight sight;
    private final Jobs jobs;
    private final Clock clock;

    ProviderWatch(
            LinesAcrossClinics all,
            Lines lines,
            LineStates states,
            ProviderLines engines,
            LineSight sight,
            Jobs jobs,
            Clock clock) {
        this.all = all;
        this.lines = lines;
        this.states = states;
        this.engines = engines;
        this.sight = sight;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Has every line looked at that is worth it now. */
    void plan() {
        for (var where : all.atProviders(clock.instant())) {
            CurrentOrganization.run(
                    where.organizationId(), () -> jobs.schedule(JOB, JobId.of(where.lineId()), clock.instant()));
        }
    }

    /** Looks at one line. */
    JobResult turn(JobId job) {
        var line = lines.get(job.id());
        if (line.engine() == LineEngineKind.LINKED_DEVICE || !line.running()) {
            return JobResult.done();
        }
        if (engines.look(line.id(), line.engine())) {
            states.looked(line.id(), false);
            sight.reached(LineSight.Target.PROVIDERS);
            return JobResult.done();
        }
        if (sight.isCutOff(LineSight.Target.PROVIDERS)) {
            return JobResult.again(SOON);
        }
        boolean again = line.silentSince() != null;
        states.looked(line.id(), true);
        if (again) {
            states.nobodyAnswersFor(line.id(), "server-unavailable", line.observation());
        }
        return JobResult.done();
    }
}
