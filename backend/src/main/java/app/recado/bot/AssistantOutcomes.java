package app.recado.bot;

import app.recado.bot.assistant.AssistantResult.Usage;
import app.recado.bot.assistant.AssistantWords;
import app.recado.bot.assistant.Moderation;
import app.recado.bot.assistant.Proposal;
import app.recado.bot.flow.FlowLanguage;
import app.recado.conversations.AutomaticThreads;
import app.recado.conversations.AutomaticThreads.Heard;
import app.recado.conversations.AutomaticTurns.Offered;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.AutomaticReplies;
import app.recado.messaging.AutomaticReplies.Tap;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a turn of the assistant comes to: what is said to the patient, who goes on, what the log and the figures keep. Belongs to
 * the transaction that decides it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AssistantOutcomes {

    /** How the ids of its own buttons begin; then {@code yes} or {@code no}, and the proposal. */
    static final String BUTTON = "assistant:";

    private static final double MICROS = 1_000_000;

    private final AssistantLog log;
    private final AssistantProposals proposals;
    private final FlowAgenda agenda;
    private final FlowTurns flows;
    private final AutomaticThreads threads;
    private final AutomaticReplies replies;
    private final LiveHints hints;
    private final MeterRegistry metrics;
    private final Clock clock;

    AssistantOutcomes(
            AssistantLog log,
            AssistantProposals proposals,
            FlowAgenda agenda,
            FlowTurns flows,
            AutomaticThreads threads,
            AutomaticReplies replies,
            LiveHints hints,
            MeterRegistry metrics,
            Clock clock) {
        this.log = log;
        this.proposals = proposals;
        this.agenda = agenda;
        this.flows = flows;
        this.threads = threads;
        this.replies = replies;
        this.hints = hints;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What is being answered.
     *
     * @param message the last of them
     * @param unanswered all that one answer is for
     * @param language in which the patient is spoken to
     */
    record Turn(Heard message, List<UUID> unanswered, FlowLanguage language) {
        @Override
        public String toString() {
            return "Turn";
        }
    }

    /** The language of whoever wrote. */
    public FlowLanguage language(Heard message) {
        return AssistantWords.language(agenda.language(agenda.people(message.phone())));
    }

    /** Asks for a yes or no, with a button for each. */
    public void propose(Turn turn, Proposal proposal, Usage usage, long cost) {
        var id = proposals.keep(turn.message().conversationId(), proposal);
        say(
                turn,
                AssistantWords.asking(proposal, turn.language()),
                List.of(
                        new Tap(BUTTON + "yes:" + id, AssistantWords.YES.in(turn.language())),
                        new Tap(BUTTON + "no:" + id, AssistantWords.NO.in(turn.language()))));
        done(turn, "proposed", proposal.kind().wireName(), usage, cost);
    }

    /** A flow answers where one does, else a person. */
    public void fallBack(Turn turn, String cause, Usage usage, long cost) {
        var message = turn.message();
        var offered = new Offered(
                message.id(),
                message.contactId(),
                message.lineId(),
                message.kind(),
                message.text(),
                message.choiceId(),
                false,
                false,
                message.receivedAt());
        if (flows.takes(offered)) {
            done(turn, "flow", cause, usage, cost);
        } else {
            handOver(turn, "fallback", cause, AssistantWords.TO_A_PERSON, usage, cost);
        }
    }

    /** Says so and leaves it to a person. */
    public void handOver(Turn turn, String outcome, String cause, AssistantWords words, Usage usage, long cost) {
        say(turn, words.in(turn.language()));
        done(turn, outcome, cause, usage, cost);
        toPerson(turn, true);
    }

    /** Leaves it to a person without a word. @param asked whether they wait for somebody */
    public void leave(Turn turn, String outcome, String cause, boolean asked) {
        done(turn, outcome, cause, Usage.NONE, 0);
        toPerson(turn, asked);
    }

    private void toPerson(Turn turn, boolean asked) {
        turn.unanswered()
                .forEach(id -> threads.leaveToPerson(
                        id, "assistant", asked && id.equals(turn.message().id())));
    }

    /** Nothing is left to do. @param cause a code; null when the outcome says enough */
    public void done(Turn turn, String outcome, @Nullable String cause, Usage usage, long cost) {
        proposalsBeside(turn, outcome);
        used(turn.message().id(), usage, cost);
        log.done(turn.unanswered(), turn.message().id(), outcome, cause, clock.instant());
        hints.changed(LiveHints.Kind.CONVERSATION, turn.message().conversationId());
        metrics.counter("recado.assistant.turns", "outcome", outcome).increment();
    }

    /** Counts what a model cost, also when nothing came of it. */
    public void used(UUID inboundId, Usage usage, long costMicros) {
        usage.tools().stream()
                .filter(one -> one.tool().equals(Moderation.NAME))
                .forEach(one -> metrics.counter("recado.assistant.moderations", "outcome", one.outcome())
                        .increment());
        log.used(inboundId, usage, costMicros);
        metrics.counter("recado.assistant.tokens", "kind", "input").increment(usage.inputTokens());
        metrics.counter("recado.assistant.tokens", "kind", "output").increment(usage.outputTokens());
        Counter.builder("recado.assistant.cost")
                .baseUnit("usd")
                .register(metrics)
                .increment(costMicros / MICROS);
    }

    /** Whatever else is said or done ends what was open: a later yes answers that. */
    private void proposalsBeside(Turn turn, String outcome) {
        if (!outcome.equals("proposed")) {
            proposals.open(turn.message().conversationId()).ifPresent(open -> proposals.settle(open.id(), "withdrawn"));
        }
    }

    /** Says something in the conversation. */
    public void say(Turn turn, String text) {
        say(turn, text, List.of());
    }

    private void say(Turn turn, String text, List<Tap> buttons) {
        var message = turn.message();
        var people = agenda.people(message.phone());
        replies.say(
                message.contactId(),
                people.size() == 1 ? people.getFirst().id() : null,
                message.lineId(),
                text,
                buttons,
                null);
    }
}
