package app.recado.bot;

import app.recado.bot.AgendaTools.Who;
import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowEngine;
import app.recado.bot.flow.FlowInput;
import app.recado.bot.flow.FlowTurn;
import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.bot.flow.FlowTurn.Utterance;
import app.recado.conversations.AutomaticThreads;
import app.recado.conversations.AutomaticThreads.Heard;
import app.recado.conversations.AutomaticTurns.Offered;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Failpoints;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.AutomaticReplies;
import app.recado.messaging.ManualContent;
import app.recado.patients.ContactConsents;
import app.recado.patients.PatientContact;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes messages for flows and answers them. Taking is part of the transaction that stores a message; answering is a job and
 * one transaction: steps, words, what happened to the agenda and that the message was answered are committed together or not at
 * all. After a crash the same message is answered once more, and nothing of the first attempt is there.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FlowTurns {

    static final String TURN_JOB = "flow-turn";
    static final String CLOSE_JOB = "flow-close";

    private static final String LATE_ANSWER = "late-answer";

    /** A turn that failed so often goes to a person. */
    private static final int GIVEN_UP_AFTER = 4;

    /** Words of one turn leave as one message where they fit, as WhatsApp counts them below buttons. */
    private static final int ONE_MESSAGE = 1024;

    private final JdbcClient jdbc;
    private final PublishedFlows flows;
    private final FlowSessions sessions;
    private final FlowAgenda agenda;
    private final AutomaticThreads threads;
    private final AutomaticReplies replies;
    private final ContactConsents consents;
    private final Jobs jobs;
    private final LiveHints hints;
    private final MeterRegistry metrics;
    private final Clock clock;

    FlowTurns(
            JdbcClient jdbc,
            PublishedFlows flows,
            FlowSessions sessions,
            FlowAgenda agenda,
            AutomaticThreads threads,
            AutomaticReplies replies,
            ContactConsents consents,
            Jobs jobs,
            LiveHints hints,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.flows = flows;
        this.sessions = sessions;
        this.agenda = agenda;
        this.threads = threads;
        this.replies = replies;
        this.consents = consents;
        this.jobs = jobs;
        this.hints = hints;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Whoever is asked something may answer it; otherwise a trigger decides. What is about a notice that still counts begins
     * nothing, what quotes one answers nothing of a flow, and nothing is said while a person has the conversation.
     */
    public boolean takes(Offered message) {
        return takes(message, false);
    }

    /** Takes what a flow asked for, and what begins one by a word, a button or a campaign of its own; nothing else. */
    public boolean takesByName(Offered message) {
        return takes(message, true);
    }

    /** Whether a flow waits for somebody's answer; an answer that comes too late begins something, and answers nothing. */
    public boolean asks(UUID contactId, UUID lineId) {
        return sessions.running(contactId, lineId)
                .filter(session -> clock.instant().isBefore(session.answerUntil()))
                .isPresent();
    }

    private boolean takes(Offered message, boolean byName) {
        if (message.quoting() || threads.withPerson(message.contactId(), message.lineId())) {
            return false;
        }
        boolean asked = sessions.running(message.contactId(), message.lineId()).isPresent();
        boolean begins = !asked
                && message.kind().equals("text")
                && flows.begunBy(
                                new PublishedFlows.Heard(
                                        message.text(),
                                        message.choiceId(),
                                        () -> threads.answersCampaign(message.inboundId()),
                                        () -> threads.isFirst(
                                                message.inboundId(), message.contactId(), message.lineId()),
                                        () -> agenda.isOpen(message.receivedAt())),
                                on -> (!byName || on.byName()) && (!message.about() || mayBeBesideAVisit(on)))
                        .isPresent();
        if (!asked && !begins) {
            return false;
        }
        jdbc.sql("""
                        insert into flow_turn (organization_id, inbound_id, state, taken_at) values (?, ?, 'waiting', ?)
                        on conflict (organization_id, inbound_id) do nothing
                        """)
                .params(CurrentOrganization.id(), message.inboundId(), SqlTime.at(clock.instant()))
                .update();
        jobs.schedule(TURN_JOB, JobId.of(message.inboundId()), clock.instant());
        return true;
    }

    /** What is known to speak of something else than the visit that they were told of. */
    private static boolean mayBeBesideAVisit(FlowDocument.On on) {
        return on == FlowDocument.On.BUTTON || on == FlowDocument.On.CAMPAIGN_ANSWER;
    }

    /** Answers a message, and those of the same conversation that were taken before it, in their order. */
    public void turn(UUID inboundId, int attempt) {
        threads.heard(inboundId).ifPresent(message -> {
            sessions.hold(message.conversationId());
            for (var waiting : waitingUntil(message)) {
                threads.heard(waiting).ifPresent(one -> answer(one, attempt));
                done(waiting);
            }
            Failpoints.reach("flow-turn-before-commit");
        });
    }

    private List<UUID> waitingUntil(Heard message) {
        return jdbc.sql("""
                        select t.inbound_id
                          from flow_turn t
                          join inbound_message i on i.organization_id = t.organization_id and i.id = t.inbound_id
                         where t.organization_id = ? and t.state = 'waiting' and i.contact_id = ? and i.line_id = ?
                           and (i.sent_at, i.id) <= (select sent_at, id from inbound_message
                                                      where organization_id = ? and id = ?)
                         order by i.sent_at, i.id for update of t
                        """)
                .params(
                        CurrentOrganization.id(),
                        message.contactId(),
                        message.lineId(),
                        CurrentOrganization.id(),
                        message.id())
                .query((row, n) -> row.getObject("inbound_id", UUID.class))
                .list();
    }

    private void done(UUID inboundId) {
        jdbc.sql("update flow_turn set state = 'done', done_at = ? where organization_id = ? and inbound_id = ?")
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), inboundId)
                .update();
    }

    private void answer(Heard message, int attempt) {
        var running = sessions.running(message.conversationId()).orElse(null);
        String leave = attempt > GIVEN_UP_AFTER
                ? "flow-failed"
                : threads.withPerson(message.contactId(), message.lineId())
                        ? "with-person"
                        : consents.optedOut(message.contactId(), message.phone()) ? "opted-out" : null;
        if (leave != null) {
            if (running != null) {
                sessions.end(running, Ending.LEFT, leave);
            }
            threads.leaveToPerson(message.id(), leave.equals("opted-out") ? "not-understood" : leave, false);
            count("left");
            return;
        }
        if (running != null && message.receivedAt().isBefore(running.answerUntil())) {
            resume(message, running);
            return;
        }
        if (running != null) {
            sessions.end(running, Ending.TIMED_OUT, LATE_ANSWER);
        }
        begin(message, running);
    }

    private void resume(Heard message, FlowSessions.Session session) {
        var document = flows.document(session.flowId(), session.version());
        var people = agenda.people(message.phone());
        var engine = new FlowEngine(document, agenda.tools(who(message, people)), session.language(), clock.instant());
        keep(
                message,
                session,
                document.rules(),
                engine.resume(
                        session.memory(),
                        new FlowInput(
                                message.text(),
                                message.choiceId(),
                                message.attachment() ? message.id().toString() : null)));
    }

    /** @param late the session that it would have answered in time; its flow begins anew where nothing else does */
    private void begin(Heard message, FlowSessions.@Nullable Session late) {
        var begun = flows.begunBy(
                new PublishedFlows.Heard(
                        message.text(),
                        message.choiceId(),
                        () -> threads.answersCampaign(message.id()),
                        message::first,
                        () -> agenda.isOpen(message.receivedAt())),
                on -> true);
        var flow = begun.map(PublishedFlows.Begun::flow)
                .or(() -> late == null ? Optional.empty() : flows.current(late.flowId()))
                .orElse(null);
        if (flow == null) {
            threads.leaveToPerson(message.id(), "not-understood", false); // it was taken out of use meanwhile
            return;
        }
        var people = agenda.people(message.phone());
        var language = agenda.language(people);
        var document = flow.document();
        var engine = new FlowEngine(document, agenda.tools(who(message, people)), language, clock.instant());
        var session = sessions.begin(message.conversationId(), flow.flowId(), flow.version(), language, document);
        keep(
                message,
                session,
                document.rules(),
                engine.start(begun.map(one -> one.by().wireName()).orElse(LATE_ANSWER)));
    }

    private Who who(Heard message, List<PatientContact> people) {
        return new Who(message.phone(), people, message.text(), clock.instant(), message.conversationId());
    }

    private void keep(Heard message, FlowSessions.Session session, FlowDocument.Rules rules, FlowTurn turn) {
        say(message, turn.said());
        var closeAt = sessions.keep(session, rules, turn, message.id());
        if (closeAt != null) {
            jobs.schedule(CLOSE_JOB, JobId.of(session.id()), closeAt);
        }
        if (turn.ending() == Ending.HANDED_OVER) {
            threads.leaveToPerson(message.id(), "flow-handed-over", true);
        }
        hints.changed(LiveHints.Kind.CONVERSATION, message.conversationId());
        count(turn.ending() == null ? "waits" : turn.ending().wireName());
    }

    private void say(Heard message, List<Utterance> said) {
        var people = agenda.people(message.phone());
        var patient = people.size() == 1 ? people.getFirst().id() : null;
        for (var one : joined(said)) {
            var content = content(one);
            if (content != null) {
                replies.send(message.contactId(), patient, message.lineId(), content);
            } else {
                replies.say(
                        message.contactId(),
                        patient,
                        message.lineId(),
                        one.text(),
                        one.buttons().stream()
                                .map(button -> new AutomaticReplies.Tap(button.id(), button.title()))
                                .toList(),
                        one.list());
            }
        }
    }

    /** What is more than words; null for words. */
    private @Nullable ManualContent content(Utterance said) {
        var place = said.place();
        if (place != null) {
            return new ManualContent.Location(place.latitude(), place.longitude(), place.name(), place.address());
        }
        var file = said.file();
        if (file == null) {
            return null;
        }
        var words = said.text().isBlank() ? null : said.text();
        boolean picture = replies.fileType(file.mediaId()).orElse("").startsWith("image/");
        return picture
                ? new ManualContent.Image(file.mediaId(), words)
                : new ManualContent.Document(file.mediaId(), file.name(), words);
    }

    /** What follows one another becomes one message, with the buttons of the last: each message is paid for. */
    static List<Utterance> joined(List<Utterance> said) {
        var joined = new ArrayList<Utterance>();
        for (var one : said) {
            var last = joined.isEmpty() ? null : joined.getLast();
            if (last != null
                    && last.onlyWords()
                    && one.onlyWords()
                    && last.buttons().isEmpty()
                    && last.text().length() + 2 + one.text().length() <= ONE_MESSAGE) {
                joined.set(
                        joined.size() - 1, new Utterance(last.text() + "\n\n" + one.text(), one.buttons(), one.list()));
            } else {
                joined.add(one);
            }
        }
        return List.copyOf(joined);
    }

    private void count(String outcome) {
        metrics.counter("recado.flows.turns", "outcome", outcome).increment();
    }
}
