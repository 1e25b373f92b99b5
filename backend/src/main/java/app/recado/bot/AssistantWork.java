package app.recado.bot;

import app.recado.bot.AgendaTools.Who;
import app.recado.bot.AssistantTurns.Ask;
import app.recado.bot.AssistantTurns.Busy;
import app.recado.bot.AssistantTurns.Over;
import app.recado.bot.assistant.AssistantAgenda;
import app.recado.bot.assistant.AssistantDialogue;
import app.recado.bot.assistant.AssistantResult;
import app.recado.bot.assistant.AssistantResult.Failed;
import app.recado.bot.flow.FlowTools;
import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Visit;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs of the assistant. A model is asked between two transactions and inside none. */
@Configuration(proxyBeanMethods = false)
class AssistantWork {

    /** Somebody waits: tried again soon, and left to a person after a few times. */
    private static final Retries TURNS = new Retries(10, Duration.ofSeconds(2), Duration.ofMinutes(1));

    private static final Retries WAITS = new Retries(3, Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final Duration SOON = Duration.ofSeconds(1);

    /** A second attempt may help, a third makes somebody wait in vain. */
    private static final int ASKED_AT_MOST = 2;

    @Bean
    Task<Void> assistantTurnTask(
            JobTasks tasks,
            AssistantTurns turns,
            AssistantModels models,
            FlowAgenda agenda,
            TransactionTemplate transaction,
            Clock clock) {
        return tasks.once(AssistantTurns.TURN_JOB, TURNS, (job, attempt) -> {
            var clinic = CurrentOrganization.id();
            if (!models.enter(clinic)) {
                return JobResult.again(SOON);
            }
            try {
                return turn(job.id(), attempt, turns, models, agenda, transaction, clock);
            } finally {
                models.leave(clinic);
            }
        });
    }

    private static JobResult turn(
            UUID inboundId,
            int attempt,
            AssistantTurns turns,
            AssistantModels models,
            FlowAgenda agenda,
            TransactionTemplate transaction,
            Clock clock) {
        var begun = Objects.requireNonNull(transaction.execute(status -> turns.begin(inboundId, attempt)));
        return switch (begun) {
            case Over() -> JobResult.done();
            case Busy() -> JobResult.again(SOON);
            case Ask ask -> {
                var dialogue =
                        new AssistantDialogue(ask.model().chat(), ask.model().moderation(), models.turnTimeout());
                var result = dialogue.turn(ask.input(), agendaOf(ask, agenda, transaction, clock));
                if (result.usage().calls() > 0) {
                    models.told(CurrentOrganization.id(), result.end() instanceof Failed);
                }
                if (result.end() instanceof Failed failed && failed.again() && attempt < ASKED_AT_MOST) {
                    transaction.executeWithoutResult(status -> turns.release(ask, result));
                    throw new JobFailed(failed.cause());
                }
                finish(ask, result, turns, transaction);
                yield JobResult.done();
            }
        };
    }

    private static void finish(Ask ask, AssistantResult result, AssistantTurns turns, TransactionTemplate transaction) {
        transaction.executeWithoutResult(status -> turns.finish(ask, result));
    }

    /** Each look at the agenda is a short transaction of its own. */
    private static AssistantAgenda agendaOf(Ask ask, FlowAgenda agenda, TransactionTemplate transaction, Clock clock) {
        return new AssistantAgenda() {
            private <T> T look(Function<FlowTools, T> at) {
                return Objects.requireNonNull(transaction.execute(status -> {
                    var phone = ask.message().phone();
                    return at.apply(agenda.tools(new Who(phone, agenda.people(phone), null, clock.instant())));
                }));
            }

            @Override
            public List<Visit> visits() {
                return look(FlowTools::visits);
            }

            @Override
            public boolean patientKnown() {
                return look(FlowTools::patientKnown);
            }

            @Override
            public List<Free> free(UUID serviceId, @Nullable Visit moving) {
                return look(tools -> tools.free(serviceId, moving));
            }
        };
    }

    @Bean
    Task<Void> assistantWaitTask(JobTasks tasks, AssistantTurns turns, TransactionTemplate transaction) {
        return tasks.once(AssistantTurns.WAIT_JOB, WAITS, (job, attempt) -> {
            transaction.executeWithoutResult(status -> turns.waitingTold(job.id()));
            return JobResult.done();
        });
    }
}
