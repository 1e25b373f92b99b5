package app.recado.bot;

import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.conversations.AutomaticThreads;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.AutomaticReplies;
import app.recado.patients.ContactConsents;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Says goodbye in sessions in which nobody answers any more, once, unless a person has the conversation by then. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FlowClosing {

    private final FlowSessions sessions;
    private final PublishedFlows flows;
    private final FlowAgenda agenda;
    private final AutomaticThreads threads;
    private final AutomaticReplies replies;
    private final ContactConsents consents;
    private final LiveHints hints;
    private final Clock clock;

    FlowClosing(
            FlowSessions sessions,
            PublishedFlows flows,
            FlowAgenda agenda,
            AutomaticThreads threads,
            AutomaticReplies replies,
            ContactConsents consents,
            LiveHints hints,
            Clock clock) {
        this.sessions = sessions;
        this.flows = flows;
        this.agenda = agenda;
        this.threads = threads;
        this.replies = replies;
        this.consents = consents;
        this.hints = hints;
        this.clock = clock;
    }

    /** Done once it is over; again later while somebody answered meanwhile. */
    public JobResult close(UUID sessionId) {
        var found = sessions.find(sessionId);
        if (found.isEmpty()) {
            return JobResult.done();
        }
        sessions.hold(found.get().conversationId());
        var session = sessions.find(sessionId).orElse(null);
        if (session == null) {
            return JobResult.done();
        }
        var now = clock.instant();
        if (session.closeAt().isAfter(now)) {
            return JobResult.again(Duration.between(now, session.closeAt()));
        }
        var thread = threads.thread(session.conversationId()).orElse(null);
        if (thread == null || threads.withPerson(thread.contactId(), thread.lineId())) {
            sessions.end(session, Ending.LEFT, "with-person");
            return JobResult.done();
        }
        if (consents.optedOut(thread.contactId(), thread.phone())) {
            sessions.end(session, Ending.LEFT, "opted-out");
            return JobResult.done();
        }
        sessions.end(session, Ending.TIMED_OUT, "no-answer");
        var people = agenda.people(thread.phone());
        flows.document(session.flowId(), session.version())
                .closing(session.language())
                .ifPresent(text -> replies.say(
                        thread.contactId(),
                        people.size() == 1 ? people.getFirst().id() : null,
                        thread.lineId(),
                        text,
                        List.of(),
                        null));
        hints.changed(LiveHints.Kind.CONVERSATION, session.conversationId());
        return JobResult.done();
    }
}
