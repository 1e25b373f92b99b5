package app.recado.bot;

import app.recado.bot.AgendaTools.Who;
import app.recado.bot.AssistantOutcomes.Turn;
import app.recado.bot.assistant.AssistantInput;
import app.recado.bot.assistant.AssistantResult;
import app.recado.bot.assistant.AssistantResult.Usage;
import app.recado.bot.assistant.AssistantWords;
import app.recado.bot.assistant.MessageScreen;
import app.recado.bot.assistant.Moderation;
import app.recado.bot.assistant.Proposal;
import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowTools.Result;
import app.recado.conversations.AutomaticThreads;
import app.recado.conversations.AutomaticThreads.Heard;
import app.recado.conversations.AutomaticTurns.Offered;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SearchText;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.patients.ContactConsents;
import app.recado.patients.PatientContact;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The two ends of a turn of the assistant, each one transaction: what is decided before a model is asked, and what becomes of
 * what it said. Nothing is said and no agenda changed in between. A yes to a proposal, emergencies, limits and people come
 * first and need no model.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AssistantTurns {

    static final String TURN_JOB = "assistant-turn";
    static final String WAIT_JOB = "assistant-wait";

    /** Whoever waits longer is told so. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /** A turn that failed so often goes to a person. */
    private static final int GIVEN_UP_AFTER = 4;

    private static final int MOST_IN_A_MINUTE = 10;
    private static final int MOST_IN_A_DAY = 30;
    private static final int MOST_JAILBREAKS = 3;

    private final AssistantSettings settings;
    private final AssistantModels models;
    private final AssistantLog log;
    private final AssistantProposals proposals;
    private final AssistantContext context;
    private final AssistantOutcomes outcomes;
    private final FlowSessions sessions;
    private final FlowAgenda agenda;
    private final AutomaticThreads threads;
    private final ContactConsents consents;
    private final Jobs jobs;
    private final Clock clock;

    AssistantTurns(
            AssistantSettings settings,
            AssistantModels models,
            AssistantLog log,
            AssistantProposals proposals,
            AssistantContext context,
            AssistantOutcomes outcomes,
            FlowSessions sessions,
            FlowAgenda agenda,
            AutomaticThreads threads,
            ContactConsents consents,
            Jobs jobs,
            Clock clock) {
        this.settings = settings;
        this.models = models;
        this.log = log;
        this.proposals = proposals;
        this.context = context;
        this.outcomes = outcomes;
        this.sessions = sessions;
        this.agenda = agenda;
        this.threads = threads;
        this.consents = consents;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What it cannot read: whoever sends it is told that a person will. */
    private static final Set<String> FOR_EYES_AND_EARS = Set.of("image", "audio", "video", "document");

    /**
     * Whether it would take a message: it is on, there are words or something that only a person can look at or listen to, and
     * no person has the conversation.
     */
    public boolean listens(Offered message) {
        var text = message.text();
        boolean words = message.kind().equals("text") && text != null && !text.isBlank();
        return (words || FOR_EYES_AND_EARS.contains(message.kind()))
                && settings.current().active()
                && !threads.withPerson(message.contactId(), message.lineId());
    }

    /** Whether it asked for a yes that is still open. */
    public boolean asks(UUID contactId, UUID lineId) {
        return proposals.asked(contactId, lineId);
    }

    /** Takes it, in the transaction that stores it. */
    public boolean takes(Offered message) {
        log.take(message.inboundId(), clock.instant());
        jobs.schedule(TURN_JOB, JobId.of(message.inboundId()), clock.instant());
        jobs.schedule(WAIT_JOB, JobId.of(message.inboundId()), clock.instant().plus(PATIENCE));
        return true;
    }

    /** What is to be done now. */
    sealed interface Begun {}

    /** Nothing is left to do. */
    record Over() implements Begun {}

    /** Another message of the conversation is being answered. */
    record Busy() implements Begun {}

    /** A model is asked. @param unanswered what its answer answers, the last one being this message */
    record Ask(
            UUID claim, Heard message, List<UUID> unanswered, AssistantInput input, AssistantSettings.Configured model)
            implements Begun {
        @Override
        public String toString() {
            return "Ask";
        }
    }

    /** The end before the model: decides what needs none, and claims what does. */
    public Begun begin(UUID inboundId, int attempt) {
        var message = threads.heard(inboundId).orElse(null);
        if (message == null) {
            return new Over();
        }
        sessions.hold(message.conversationId());
        if (!log.waits(inboundId)) {
            return log.asking(message.contactId(), message.lineId(), clock.instant()) && log.open(inboundId)
                    ? new Busy()
                    : new Over();
        }
        if (log.asking(message.contactId(), message.lineId(), clock.instant())) {
            return new Busy();
        }
        var unanswered = log.waiting(message.contactId(), message.lineId());
        var all = unanswered.stream().flatMap(id -> threads.heard(id).stream()).toList();
        var texts = all.stream()
                .map(one -> Objects.requireNonNullElse(one.text(), ""))
                .toList();
        var words = texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n"));
        var last = unanswered.isEmpty()
                ? message
                : threads.heard(unanswered.getLast()).orElse(message);
        var turn = new Turn(last, unanswered, outcomes.language(last));
        var shown = all.stream()
                .map(Heard::kind)
                .filter(FOR_EYES_AND_EARS::contains)
                .findFirst()
                .orElse(null);
        var left = left(last, attempt, words.isBlank() && shown == null);
        if (left != null) {
            outcomes.leave(turn, "left", left, false);
            return new Over();
        }
        boolean decided = shown == null && texts.size() == 1 && decided(turn, texts.getFirst());
        if (decided || screened(turn, words) || limited(turn)) {
            return new Over();
        }
        if (shown != null) {
            outcomes.handOver(turn, "media", shown, AssistantWords.FOR_A_PERSON, Usage.NONE, 0);
            return new Over();
        }
        var model = settings.configured().orElse(null);
        if (model == null || models.open(CurrentOrganization.id())) {
            outcomes.fallBack(turn, model == null ? "off" : "resting", Usage.NONE, 0);
            return new Over();
        }
        if (beyondItsLine(last.lineId(), model.settings())) {
            outcomes.fallBack(turn, "line", Usage.NONE, 0);
            return new Over();
        }
        if (log.spentToday(agenda.dayBegan(clock.instant())) >= model.settings().dailyCeiling() * 10_000L) {
            outcomes.fallBack(turn, "ceiling", Usage.NONE, 0);
            return new Over();
        }
        proposals.open(last.conversationId()).ifPresent(open -> proposals.settle(open.id(), "withdrawn"));
        var gathered = context.gather(last, unanswered, words);
        var claim = log.claim(unanswered, clock.instant());
        log.given(last.id(), model.settings().model(), gathered);
        return new Ask(claim, last, unanswered, gathered.input(), model);
    }

    private @Nullable String left(Heard message, int attempt, boolean nothing) {
        if (attempt > GIVEN_UP_AFTER) {
            return "assistant-failed";
        }
        if (threads.withPerson(message.contactId(), message.lineId())) {
            return "with-person";
        }
        if (consents.optedOut(message.contactId(), message.phone())) {
            return "opted-out";
        }
        if (agenda.people(message.phone()).stream().anyMatch(PatientContact::restricted)) {
            return "patient-restricted"; // their data is kept and used by no machine
        }
        return nothing ? "not-understood" : null;
    }

    /** A yes or no to what is open, by word or by its own button, and to nothing that was asked after it was written. */
    private boolean decided(Turn turn, String text) {
        var message = turn.message();
        var open = proposals.open(message.conversationId()).orElse(null);
        if (open == null) {
            return false;
        }
        var choice = message.choiceId();
        boolean own =
                choice == null || !choice.startsWith(AssistantOutcomes.BUTTON) || choice.endsWith(":" + open.id());
        var words = SearchText.normalise(text);
        boolean yes = AssistantWords.isYes(words);
        boolean no = AssistantWords.isNo(words);
        if (!own || !yes && !no || !message.receivedAt().isAfter(open.proposedAt())) {
            return false;
        }
        if (message.receivedAt().isAfter(open.expiresAt())) {
            proposals.settle(open.id(), "expired");
            return false;
        }
        if (context.saidMore(message, open.proposedAt())) {
            proposals.settle(open.id(), "withdrawn");
            return false;
        }
        if (no) {
            proposals.settle(open.id(), "declined");
            outcomes.say(turn, AssistantWords.NOTHING_CHANGED.in(turn.language()));
            outcomes.done(turn, "declined", open.kind().wireName(), Usage.NONE, 0);
            return true;
        }
        var people = agenda.people(message.phone());
        var carried = proposals.carryOut(open, agenda.tools(new Who(message.phone(), people, text, clock.instant())));
        boolean possible = carried.result() == Result.DONE;
        proposals.settle(open.id(), possible ? "accepted" : "not-possible");
        outcomes.say(
                turn,
                possible
                        ? told(open.kind(), carried, turn.language())
                        : AssistantWords.NOT_ANY_MORE.in(turn.language()));
        outcomes.done(turn, possible ? "acted" : "not-possible", open.kind().wireName(), Usage.NONE, 0);
        return true;
    }

    private static String told(Proposal.Kind kind, AssistantProposals.Carried carried, FlowLanguage language) {
        return switch (kind) {
            case CANCEL -> AssistantWords.CANCELLED.in(language);
            case CONFIRM ->
                AssistantWords.CONFIRMED.in(
                        language, AssistantWords.described(Objects.requireNonNull(carried.visit()), language));
            case WAIT -> AssistantWords.ON_THE_LIST.in(language);
            case BOOK ->
                AssistantWords.BOOKED.in(
                        language, AssistantWords.described(Objects.requireNonNull(carried.time()), language));
            case MOVE ->
                AssistantWords.MOVED.in(
                        language, AssistantWords.described(Objects.requireNonNull(carried.time()), language));
        };
    }

    private boolean screened(Turn turn, String words) {
        var finding = MessageScreen.of(words);
        switch (finding) {
            case EMERGENCY -> outcomes.handOver(turn, "emergency", "rules", AssistantWords.EMERGENCY, Usage.NONE, 0);
            case SYMPTOM -> outcomes.handOver(turn, "symptom", "rules", AssistantWords.NO_ADVICE, Usage.NONE, 0);
            case ABUSE -> outcomes.handOver(turn, "abuse", "rules", AssistantWords.TO_A_PERSON, Usage.NONE, 0);
            case JAILBREAK -> {
                var message = turn.message();
                int before = log.countOf(
                        "refused", message.contactId(), clock.instant().minus(Duration.ofDays(1)));
                if (before + 1 >= MOST_JAILBREAKS) {
                    outcomes.leave(turn, "blocked", "jailbreak", false);
                } else {
                    outcomes.say(turn, AssistantWords.OFF_TOPIC.in(turn.language()));
                    outcomes.done(turn, "refused", "jailbreak", Usage.NONE, 0);
                }
            }
            case NOTHING -> {
                return false;
            }
        }
        return true;
    }

    /** Past a limit nothing is spent; the first time they are told, and from then on a person has it. */
    private boolean limited(Turn turn) {
        var contact = turn.message().contactId();
        var now = clock.instant();
        boolean minute = log.taken(contact, now.minus(Duration.ofMinutes(1))) > MOST_IN_A_MINUTE;
        boolean day = log.taken(contact, now.minus(Duration.ofDays(1))) > MOST_IN_A_DAY;
        if (!minute && !day) {
            return false;
        }
        if (log.countOf("limit", contact, now.minus(Duration.ofDays(1))) == 0) {
            outcomes.say(turn, AssistantWords.TOO_MANY.in(turn.language()));
        }
        outcomes.leave(turn, "limit", minute ? "minute" : "day", true);
        return true;
    }

    /** Many people at once are no abuse of any of them: a flow goes on, or a person. */
    private boolean beyondItsLine(UUID lineId, AssistantSettings.Settings limits) {
        var now = clock.instant();
        return log.takenOnLine(lineId, now.minus(Duration.ofMinutes(1))) > limits.lineMinute()
                || log.takenOnLine(lineId, now.minus(Duration.ofDays(1))) > limits.lineDay();
    }

    /**
     * The end after the model. Nothing is said when somebody of the clinic took over meanwhile, or when another process
     * answered in its place.
     */
    public void finish(Ask ask, AssistantResult result) {
        var message = ask.message();
        sessions.hold(message.conversationId());
        if (!log.holds(ask.claim())) {
            return;
        }
        var turn = new Turn(message, ask.unanswered(), outcomes.language(message));
        var usage = result.usage();
        long cost = ask.model().costMicros(usage.inputTokens(), usage.outputTokens());
        if (threads.withPerson(message.contactId(), message.lineId())
                || consents.optedOut(message.contactId(), message.phone())) {
            outcomes.done(turn, "left", "with-person", usage, cost);
            ask.unanswered().forEach(id -> threads.leaveToPerson(id, "with-person", false));
            return;
        }
        switch (result.end()) {
            case AssistantResult.Answered answered -> {
                outcomes.say(turn, answered.text());
                log.cited(message.id(), answered.cited());
                outcomes.done(turn, "answered", null, usage, cost);
            }
            case AssistantResult.Proposed(var proposal) -> outcomes.propose(turn, proposal, usage, cost);
            case AssistantResult.OffTopic() -> {
                outcomes.say(turn, AssistantWords.OFF_TOPIC.in(turn.language()));
                outcomes.done(turn, "off-topic", null, usage, cost);
            }
            case AssistantResult.HandedOver(var cause) ->
                outcomes.handOver(
                        turn,
                        "handed-over",
                        cause,
                        switch (cause) {
                            case "clinical" -> AssistantWords.NO_ADVICE;
                            case "not-known" -> AssistantWords.NOT_KNOWN;
                            default -> AssistantWords.TO_A_PERSON;
                        },
                        usage,
                        cost);
            case AssistantResult.Screened(var finding) -> {
                boolean emergency = finding == MessageScreen.Finding.EMERGENCY;
                outcomes.handOver(
                        turn,
                        emergency ? "emergency" : "abuse",
                        Moderation.NAME,
                        emergency ? AssistantWords.EMERGENCY : AssistantWords.TO_A_PERSON,
                        usage,
                        cost);
            }
            case AssistantResult.Withheld(var cause) ->
                outcomes.handOver(
                        turn,
                        "withheld",
                        cause,
                        cause.equals("clinical") ? AssistantWords.NO_ADVICE : AssistantWords.NOT_KNOWN,
                        usage,
                        cost);
            case AssistantResult.Failed failed -> outcomes.fallBack(turn, failed.cause(), usage, cost);
        }
    }

    /** Gives messages back to be answered once more. */
    public void release(Ask ask, AssistantResult result) {
        sessions.hold(ask.message().conversationId());
        if (log.holds(ask.claim())) {
            var usage = result.usage();
            log.release(ask.unanswered());
            outcomes.used(ask.message().id(), usage, ask.model().costMicros(usage.inputTokens(), usage.outputTokens()));
        }
    }

    /** "One moment", once, while an answer is still being waited for. */
    public void waitingTold(UUID inboundId) {
        var message = threads.heard(inboundId).orElse(null);
        if (message == null) {
            return;
        }
        sessions.hold(message.conversationId());
        if (log.open(inboundId)
                && !threads.withPerson(message.contactId(), message.lineId())
                && !consents.optedOut(message.contactId(), message.phone())
                && log.waitingTold(message.contactId(), message.lineId(), clock.instant())) {
            var language = outcomes.language(message);
            outcomes.say(new Turn(message, List.of(inboundId), language), AssistantWords.ONE_MOMENT.in(language));
        }
    }
}
