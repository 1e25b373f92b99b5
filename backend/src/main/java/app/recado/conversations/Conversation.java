package app.recado.conversations;

import app.recado.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is said between the clinic and one contact on one line. There is one for good: it ends and begins again, and its times
 * are of the time that it is open now. It is changed while its row is locked, and records what happened to it; see ADR 60.
 */
final class Conversation {

    /** What happened to a conversation itself; the names stand in rows and in the API. */
    enum EventKind {
        OPENED,
        REOPENED,
        RESOLVED,
        SNOOZED,
        WOKEN,
        LEFT_TO_RECADO,
        ASSIGNED,
        UNASSIGNED,
        PRIORITY,
        LABELS,
        LINKED,
        UNLINKED,
        HANDED_OVER,
        TEAM;

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Something that happened.
     *
     * @param by who did it; null when nobody did
     * @param detail a name, a word or an instant that belongs to it; null when it says enough
     */
    record Event(
            EventKind kind, @Nullable Staff by, @Nullable String detail, Instant at) {}

    /**
     * What the clinic said to the other side.
     *
     * @param id the entry in the thread
     * @param by the account that wrote it; null on the clinic's own phone, and when that is not known
     */
    record Answer(UUID id, @Nullable String by, Instant at) {}

    private final UUID id;
    private final UUID contactId;
    private final UUID lineId;
    private ConversationState state;
    private ConversationPriority priority;
    private @Nullable Instant waitingSince;
    private @Nullable Instant snoozedUntil;
    private @Nullable Staff assignee;
    private Instant openedAt;
    private @Nullable Instant firstResponseAt;
    private @Nullable Instant resolvedAt;
    private Instant lastAt;
    private Speaker lastBy;
    private @Nullable Instant lastInboundAt;
    private @Nullable Answer lastAnswer;
    private final long version;
    /** Nothing was said in it before: its beginning is no reopening. */
    private final boolean fresh;

    private final ConversationState before;

    private boolean changed;
    private final List<Event> events = new ArrayList<>();

    /** As it was stored. */
    Conversation(Stored row) {
        this.id = row.id();
        this.contactId = row.contactId();
        this.lineId = row.lineId();
        this.state = row.state();
        this.before = row.state();
        this.priority = row.priority();
        this.waitingSince = row.waitingSince();
        this.snoozedUntil = row.snoozedUntil();
        this.assignee = row.assignee();
        this.openedAt = row.openedAt();
        this.firstResponseAt = row.firstResponseAt();
        this.resolvedAt = row.resolvedAt();
        this.lastAt = row.lastAt();
        this.lastBy = row.lastBy();
        this.lastInboundAt = row.lastInboundAt();
        this.lastAnswer = row.lastAnswer();
        this.version = row.version();
        this.fresh = row.lastInboundAt() == null && row.lastAnswer() == null;
    }

    /** The columns of a row, in the order of {@link ConversationStore}. */
    record Stored(
            UUID id,
            UUID contactId,
            UUID lineId,
            ConversationState state,
            ConversationPriority priority,
            @Nullable Instant waitingSince,
            @Nullable Instant snoozedUntil,
            @Nullable Staff assignee,
            Instant openedAt,
            @Nullable Instant firstResponseAt,
            @Nullable Instant resolvedAt,
            Instant lastAt,
            Speaker lastBy,
            @Nullable Instant lastInboundAt,
            @Nullable Answer lastAnswer,
            long version) {}

    Stored stored() {
        return new Stored(
                id,
                contactId,
                lineId,
                state,
                priority,
                waitingSince,
                snoozedUntil,
                assignee,
                openedAt,
                firstResponseAt,
                resolvedAt,
                lastAt,
                lastBy,
                lastInboundAt,
                lastAnswer,
                version);
    }

    UUID id() {
        return id;
    }

    long version() {
        return version;
    }

    @Nullable Answer lastAnswer() {
        return lastAnswer;
    }

    @Nullable Instant waitingSince() {
        return waitingSince;
    }

    @Nullable Staff assignee() {
        return assignee;
    }

    ConversationState state() {
        return state;
    }

    /** Whether its version rises: somebody who looked at it before would decide on something else. */
    boolean changed() {
        return changed;
    }

    /** Whether its state is another one than it was stored with. */
    boolean turned() {
        return state != before;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * The other side wrote, called, or changed what they wrote.
     *
     * @param waiting since when the first message waits that asks for a person; null when none does
     */
    void heard(Instant at, @Nullable Instant waiting, Instant now) {
        said(at, Speaker.PATIENT);
        lastInboundAt = lastInboundAt == null || at.isAfter(lastInboundAt) ? at : lastInboundAt;
        if (waiting == null) {
            settledByRecado(now);
            return;
        }
        changed = true;
        if (state != ConversationState.OPEN) {
            begin(state == ConversationState.SNOOZED ? EventKind.WOKEN : EventKind.REOPENED, now);
        }
        waitingSince = waiting;
    }

    /** Recado understood what was said; whoever waits for a person goes on waiting. */
    private void settledByRecado(Instant now) {
        if (state == ConversationState.RESOLVED) {
            resolvedAt = null;
            openedAt = now;
            firstResponseAt = null;
            state = ConversationState.PENDING;
            changed = true;
        }
    }

    private void begin(EventKind kind, Instant now) {
        if (state == ConversationState.RESOLVED) {
            openedAt = now;
            firstResponseAt = null;
            resolvedAt = null;
        }
        state = ConversationState.OPEN;
        snoozedUntil = null;
        if (!fresh) {
            events.add(new Event(kind, null, null, now));
        }
    }

    /**
     * Somebody of the clinic answered. A conversation that was over is open again: the clinic has begun something.
     *
     * @param waiting since when something waits that this did not answer, because it was written later; null for nothing
     * @return since when the patient had waited for this first answer; null when nobody waited, or it was not the first
     */
    @Nullable Instant answered(Answer answer, @Nullable Instant waiting, Instant now) {
        var at = answer.at();
        said(at, Speaker.CLINIC);
        if (lastAnswer == null || at.isAfter(lastAnswer.at())) {
            lastAnswer = answer;
        }
        var waited = firstResponseAt == null && waiting == null ? waitingSince : null;
        if (waited != null) {
            firstResponseAt = at;
        }
        if (state == ConversationState.RESOLVED) {
            begin(EventKind.REOPENED, now);
        } else if (state == ConversationState.PENDING) {
            state = ConversationState.OPEN;
        }
        waitingSince = waiting;
        changed = true;
        return waited;
    }

    /** Nobody waits any more, or somebody else does: single messages were settled. @param waiting null for nobody */
    void waits(@Nullable Instant waiting) {
        if (!Objects.equals(waiting, waitingSince)) {
            waitingSince = state == ConversationState.OPEN || state == ConversationState.SNOOZED ? waiting : null;
            changed = true;
        }
    }

    private void said(Instant at, Speaker who) {
        if (!at.isBefore(lastAt)) {
            lastAt = at;
            lastBy = who;
        }
    }

    /** Gives it to somebody. What Recado was going on with is a person's from then on, so nothing is said by itself any more.
     *
     * @param to null for nobody
     * @param by who said so; null when it was their turn */
    void assign(@Nullable Staff to, @Nullable Staff by, Instant now) {
        if (to != null && state == ConversationState.PENDING) {
            state = ConversationState.OPEN;
            changed = true;
        }
        if (Objects.equals(to == null ? null : to.account(), assignee == null ? null : assignee.account())) {
            return;
        }
        assignee = to;
        changed = true;
        events.add(
                to == null
                        ? new Event(EventKind.UNASSIGNED, by, null, now)
                        : new Event(EventKind.ASSIGNED, by, to.name(), now));
    }

    /** It is over. Nothing changes for one that is. */
    void resolve(@Nullable Staff by, Instant now) {
        if (state == ConversationState.RESOLVED) {
            return;
        }
        state = ConversationState.RESOLVED;
        snoozedUntil = null;
        waitingSince = null;
        resolvedAt = now;
        changed = true;
        events.add(new Event(EventKind.RESOLVED, by, null, now));
    }

    /** Somebody goes on with it. Nothing changes for one that is open. */
    void reopen(Staff by, Instant now) {
        if (state == ConversationState.OPEN) {
            return;
        }
        if (state == ConversationState.RESOLVED) {
            openedAt = now;
            firstResponseAt = null;
            resolvedAt = null;
        }
        state = ConversationState.OPEN;
        snoozedUntil = null;
        waitingSince = waitingSince == null && lastBy == Speaker.PATIENT ? now : waitingSince;
        changed = true;
        events.add(new Event(EventKind.REOPENED, by, null, now));
    }

    /** Recado goes on with it. */
    void leaveToRecado(Staff by, Instant now) {
        if (state == ConversationState.PENDING) {
            return;
        }
        resolvedAt = null;
        snoozedUntil = null;
        waitingSince = null;
        state = ConversationState.PENDING;
        changed = true;
        events.add(new Event(EventKind.LEFT_TO_RECADO, by, null, now));
    }

    /**
     * Puts it aside.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for times that are over, {@code
     *     conversation-not-in-that-state} for one that is resolved
     */
    void snooze(Instant until, Staff by, Instant now) {
        if (!until.isAfter(now)) {
            throw Problem.INVALID_FIELDS.at("/until", "in-the-past", "Choose a time to come");
        }
        if (state == ConversationState.RESOLVED) {
            throw Problem.CONVERSATION_NOT_IN_THAT_STATE.because("It is resolved: reopen it first");
        }
        state = ConversationState.SNOOZED;
        snoozedUntil = until;
        changed = true;
        events.add(new Event(EventKind.SNOOZED, by, until.toString(), now));
    }

    /** Its time has come. @return false when it was put aside for longer, or is not any more */
    boolean wake(Instant now) {
        if (state != ConversationState.SNOOZED || snoozedUntil == null || snoozedUntil.isAfter(now)) {
            return false;
        }
        begin(EventKind.WOKEN, now);
        waitingSince = waitingSince == null ? now : waitingSince;
        changed = true;
        return true;
    }

    void prioritise(ConversationPriority wanted, Staff by, Instant now) {
        if (priority != wanted) {
            priority = wanted;
            changed = true;
            events.add(new Event(EventKind.PRIORITY, by, wanted.wireName(), now));
        }
    }

    /** Something of it that stands in rows of its own changed. */
    void note(EventKind kind, Staff by, @Nullable String detail, Instant now) {
        changed = true;
        events.add(new Event(kind, by, detail, now));
    }

    /** Another conversation of the same person on the same line is this one from now on. */
    void absorb(Conversation other) {
        if (state == ConversationState.RESOLVED && other.state != ConversationState.RESOLVED) {
            state = other.state;
            snoozedUntil = other.snoozedUntil;
            resolvedAt = null;
            openedAt = other.openedAt;
            firstResponseAt = other.firstResponseAt;
        }
        if (other.waitingSince != null && (waitingSince == null || other.waitingSince.isBefore(waitingSince))) {
            waitingSince = other.waitingSince;
            state = ConversationState.OPEN;
            snoozedUntil = null;
        }
        if (other.priority == ConversationPriority.URGENT) {
            priority = ConversationPriority.URGENT;
        }
        assignee = assignee == null ? other.assignee : assignee;
        if (other.lastAt.isAfter(lastAt)) {
            lastAt = other.lastAt;
            lastBy = other.lastBy;
        }
        if (other.lastInboundAt != null && (lastInboundAt == null || other.lastInboundAt.isAfter(lastInboundAt))) {
            lastInboundAt = other.lastInboundAt;
        }
        changed = true;
    }

    @Override
    public String toString() {
        return "Conversation[id=" + id + ", state=" + state + "]";
    }
}
