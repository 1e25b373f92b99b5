package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.PlainText;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import app.recado.patients.PatientContacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the people of the clinic do with conversations, but answer: see {@link ConversationReplies}. */
@Service
@Transactional
class ConversationService {

    /** The name of the jobs that end a snooze. */
    static final String WAKE_JOB = "conversation-wake";

    private final ConversationStore conversations;
    private final ConversationViews views;
    private final ConversationFlow flow;
    private final ConversationWords words;
    private final InboxMembers members;
    private final InboxTeams teams;
    private final HandOvers handOvers;
    private final PatientContacts patients;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    ConversationService(
            ConversationStore conversations,
            ConversationViews views,
            ConversationFlow flow,
            ConversationWords words,
            InboxMembers members,
            InboxTeams teams,
            HandOvers handOvers,
            PatientContacts patients,
            Jobs jobs,
            JdbcClient jdbc,
            LiveHints hints,
            Clock clock) {
        this.conversations = conversations;
        this.views = views;
        this.flow = flow;
        this.words = words;
        this.members = members;
        this.teams = teams;
        this.handOvers = handOvers;
        this.patients = patients;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    private ConversationView change(
            UUID id, ExpectedVersion expected, Staff by, BiConsumer<Conversation, Instant> change) {
        var conversation = conversations.lock(id);
        expected.mustBe(conversation.version());
        change.accept(conversation, now());
        conversations.save(conversation);
        members.seen(by);
        return views.one(id, by.account());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The caller takes care of it. Of two at the same time the second is told who was faster.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public ConversationView take(UUID id, ExpectedVersion expected, Staff by) {
        return change(id, expected, by, (one, now) -> {
            one.assign(by, by, now);
            handOvers.came(id, by.name());
        });
    }

    /** Gives it to a colleague, or to nobody.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} for somebody who
     *     never opened the inbox */
    public ConversationView assign(UUID id, ExpectedVersion expected, @Nullable String memberId, Staff by) {
        var to = memberId == null ? null : member(memberId, "/memberId");
        return change(id, expected, by, (one, now) -> {
            one.assign(to, by, now);
            if (to != null) {
                handOvers.came(id, to.name());
            }
        });
    }

    /** Gives it to a team: it is nobody's, and somebody of the team is found for it. Nothing changes when it is theirs.
     *
     * @param teamId null for no team
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} for unknown teams */
    public ConversationView giveToTeam(UUID id, ExpectedVersion expected, @Nullable UUID teamId, Staff by) {
        var team = teamId == null
                ? null
                : teams.find(teamId)
                        .orElseThrow(() ->
                                Problem.INVALID_FIELDS.at("/teamId", "unknown-value", "This clinic has no such team"));
        return change(id, expected, by, (one, now) -> {
            int changed = jdbc.sql("""
                            update conversation set team_id = cast(:team as uuid)
                             where organization_id = :org and id = :id and team_id is distinct from cast(:team as uuid)
                            """)
                    .param("team", teamId)
                    .param("org", CurrentOrganization.id())
                    .param("id", id)
                    .update();
            if (changed > 0) {
                one.note(Conversation.EventKind.TEAM, by, team == null ? null : team.name(), now);
                one.assign(null, by, now);
            }
        });
    }

    private Staff member(String account, String pointer) {
        return members.find(account)
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        pointer, "unknown-value", "Nobody with this account works in the clinic's inbox"));
    }

    /** It is over; every message in it counts as taken care of.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} when something was said meanwhile */
    public ConversationView resolve(UUID id, ExpectedVersion expected, Staff by) {
        return change(id, expected, by, (one, now) -> {
            flow.settleAll(one.stored().contactId(), one.stored().lineId(), by.name());
            one.resolve(by, now);
            handOvers.came(id, by.name());
        });
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public ConversationView reopen(UUID id, ExpectedVersion expected, Staff by) {
        return change(id, expected, by, (one, now) -> one.reopen(by, now));
    }

    /** Recado goes on with it; every message in it counts as taken care of.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public ConversationView leaveToRecado(UUID id, ExpectedVersion expected, Staff by) {
        return change(id, expected, by, (one, now) -> {
            flow.settleAll(one.stored().contactId(), one.stored().lineId(), by.name());
            one.leaveToRecado(by, now);
        });
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}, {@code
     *     conversation-not-in-that-state} */
    public ConversationView snooze(UUID id, ExpectedVersion expected, Instant until, Staff by) {
        var view = change(id, expected, by, (one, now) -> one.snooze(until, by, now));
        jobs.reschedule(WAKE_JOB, JobId.of(id), until);
        return view;
    }

    /** The time of a snooze may have come. */
    public JobResult wake(UUID id) {
        conversations.lockIfThere(id).filter(one -> one.wake(clock.instant())).ifPresent(conversations::save);
        return JobResult.done();
    }

    /** What Recado carries on with is over when nothing was said for a day. */
    public JobResult rest(UUID id) {
        var found = conversations.lockIfThere(id).filter(one -> one.state() == ConversationState.PENDING);
        if (found.isEmpty()) {
            return JobResult.done();
        }
        var quiet = Duration.between(found.get().stored().lastAt(), clock.instant());
        if (quiet.compareTo(ConversationFlow.RECADO_CARRIES_ON) < 0) {
            return JobResult.again(ConversationFlow.RECADO_CARRIES_ON.minus(quiet));
        }
        found.get().resolve(null, now());
        conversations.save(found.get());
        return JobResult.done();
    }

    /** Asks for somebody else: the clinic's people are called.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public ConversationView handOver(UUID id, ExpectedVersion expected, Staff by) {
        return change(id, expected, by, (one, now) -> {
            one.reopen(by, now);
            one.assign(null, by, now);
            one.note(Conversation.EventKind.HANDED_OVER, by, null, now);
            if (one.waitingSince() == null) {
                one.waits(now);
            }
            handOvers.request(id, HandOvers.Cause.STAFF, by);
        });
    }

    /** How it is sorted.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public ConversationView sort(
            UUID id, ExpectedVersion expected, ConversationPriority priority, Collection<String> labels, Staff by) {
        return change(id, expected, by, (one, now) -> {
            one.prioritise(priority, by, now);
            var wanted = labels.stream().map(PlainText::oneLine).collect(Collectors.toCollection(TreeSet::new));
            wanted.remove("");
            if (!wanted.equals(new TreeSet<>(labelsOf(id)))) {
                label(id, wanted);
                one.note(Conversation.EventKind.LABELS, by, wanted.isEmpty() ? null : String.join(", ", wanted), now);
            }
        });
    }

    private List<String> labelsOf(UUID id) {
        return jdbc.sql("select name from conversation_label where organization_id = ? and conversation_id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private void label(UUID id, Collection<String> wanted) {
        jdbc.sql("delete from conversation_label where organization_id = ? and conversation_id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        jdbc.sql("""
                        insert into conversation_label (organization_id, conversation_id, name)
                        select ?, ?, name from unnest(?) as name
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(wanted.toArray(String[]::new))
                .update();
    }

    /** Every label in use, by name. */
    @Transactional(readOnly = true)
    public List<String> labels() {
        return jdbc.sql(
                        "select distinct name from conversation_label where organization_id = ? order by name limit 500")
                .params(CurrentOrganization.id())
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Says which patient the other side is; it holds for all their conversations.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code patient-unknown} */
    public ConversationView link(UUID id, ExpectedVersion expected, UUID patientId, Staff by) {
        if (patients.find(patientId).isEmpty()) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "This clinic has no such patient");
        }
        var conversation = conversations.lock(id);
        expected.mustBe(conversation.version());
        var contact = conversation.stored().contactId();
        end(contact, by);
        var link = Ids.next();
        jdbc.sql("""
                        insert into contact_link (organization_id, id, contact_id, patient_id, linked_at, linked_by)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(CurrentOrganization.id(), link, contact, patientId, SqlTime.at(now()), by.name())
                .update();
        conversation.note(Conversation.EventKind.LINKED, by, null, now());
        conversations.save(conversation, link);
        members.seen(by);
        return views.one(id, by.account());
    }

    /** Takes back what {@link #link} said. Nothing changes where nobody said anything.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public ConversationView unlink(UUID id, ExpectedVersion expected, Staff by) {
        var conversation = conversations.lock(id);
        expected.mustBe(conversation.version());
        var ended = end(conversation.stored().contactId(), by);
        if (ended != null) {
            conversation.note(Conversation.EventKind.UNLINKED, by, null, now());
            conversations.save(conversation, ended);
        }
        return views.one(id, by.account());
    }

    private @Nullable UUID end(UUID contact, Staff by) {
        return jdbc.sql("""
                        update contact_link set unlinked_at = ?, unlinked_by = ?, version = version + 1
                         where organization_id = ? and contact_id = ? and unlinked_at is null
                        returning id
                        """)
                .params(SqlTime.at(now()), by.name(), CurrentOrganization.id(), contact)
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    /** The caller has seen what was said so far.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    public void read(UUID id, Staff by) {
        views.one(id, by.account());
        members.seen(by);
        jdbc.sql("""
                        insert into conversation_read (organization_id, conversation_id, account, read_until)
                        values (?, ?, ?, ?)
                        on conflict (organization_id, conversation_id, account) do update
                           set read_until = greatest(conversation_read.read_until, excluded.read_until)
                        """)
                .params(CurrentOrganization.id(), id, by.account(), SqlTime.at(now()))
                .update();
    }

    /**
     * Writes a note for colleagues. Whoever is mentioned finds the conversation marked.
     *
     * @return the note's id
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-fields} for a mention of nobody
     */
    public UUID note(UUID id, String text, Collection<String> mentions, Staff by) {
        var conversation = conversations.lock(id);
        members.seen(by);
        var mentioned = new LinkedHashSet<>(mentions);
        mentioned.forEach(account -> member(account, "/mentions"));
        var note = Ids.next();
        var now = now();
        jdbc.sql("""
                        insert into conversation_note (organization_id, id, conversation_id, text, author, author_name, mentions,
                                                       created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(CurrentOrganization.id())
                .param(note)
                .param(conversation.id())
                .param(text)
                .param(by.account())
                .param(by.name())
                .param(mentioned.toArray(String[]::new))
                .param(SqlTime.at(now))
                .update();
        words.of(note, id, now, text);
        for (var account : mentioned) {
            jdbc.sql("""
                            insert into conversation_read (organization_id, conversation_id, account, mentioned_at)
                            values (?, ?, ?, ?)
                            on conflict (organization_id, conversation_id, account) do update
                               set mentioned_at = excluded.mentioned_at
                            """)
                    .params(CurrentOrganization.id(), id, account, SqlTime.at(now))
                    .update();
        }
        hints.changed(LiveHints.Kind.CONVERSATION, id);
        return note;
    }
}
