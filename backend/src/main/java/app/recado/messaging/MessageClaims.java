package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Failpoints;
import app.recado.kernel.web.Constraints;
import app.recado.kernel.work.Backoff;
import app.recado.patients.PatientContacts;
import app.recado.templates.MessageTemplates;
import app.recado.templates.Wording;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.ProviderMessageIds;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims ready messages of the current organization, a batch in one transaction: reads their eligibility again, sets
 * {@code handed} and commits, before any engine is called. A claimed message is its caller's until its lease ends.
 */
@Component
class MessageClaims {

    private static final Logger LOG = LoggerFactory.getLogger(MessageClaims.class);

    /** Why a message that nobody could look at was given up; part of the API as a message's reason. */
    private static final String UNREADABLE = "cannot-be-prepared";

    private static final String TEMPLATE_GONE = "template-gone";

    /** Why a message waits for the clinic's next day; part of the API as a message's reason. */
    private static final String DAILY_LIMIT = "daily-limit";

    /** How often a message that waits for the line is looked at, should nobody report that the line is back. */
    private static final Duration LINE_PATIENCE = Duration.ofMinutes(10);

    private static final Duration CONVERSATION_PATIENCE = Duration.ofSeconds(2);

    /** So much before its time a reminder may leave together with that of a brother or sister. */
    private static final Duration TOGETHER_WITHIN = Duration.ofHours(4);

    private final Messages messages;
    private final OutboxQueries queries;
    private final MessageStatusMerger merger;
    private final Eligibility eligibility;
    private final ManualMessages manual;
    private final MessageTemplates templates;
    private final WhatsAppLines lines;
    private final PatientContacts contacts;
    private final CallSlots slots;
    private final DailyAllowance allowance;
    private final MessagingSettings settings;
    private final TransactionTemplate transaction;

    MessageClaims(
            Messages messages,
            OutboxQueries queries,
            MessageStatusMerger merger,
            Eligibility eligibility,
            ManualMessages manual,
            MessageTemplates templates,
            WhatsAppLines lines,
            PatientContacts contacts,
            CallSlots slots,
            DailyAllowance allowance,
            MessagingSettings settings,
            TransactionTemplate transaction) {
        this.messages = messages;
        this.queries = queries;
        this.merger = merger;
        this.eligibility = eligibility;
        this.manual = manual;
        this.templates = templates;
        this.lines = lines;
        this.contacts = contacts;
        this.slots = slots;
        this.allowance = allowance;
        this.settings = settings;
        this.transaction = transaction;
    }

    /**
     * What a claim came to.
     *
     * @param worked how many messages were brought a step further
     * @param calls what is to be asked of engines now, in this order; each holds a place of {@link CallSlots}
     */
    record Claimed(int worked, List<EngineCall> calls) {
        private static final Claimed NOTHING = new Claimed(0, List.of());
    }

    /** Claims the next of the most urgent conversations. */
    Claimed claim(int limit) {
        try {
            return claim(limit, null);
        } catch (RuntimeException e) {
            LOG.warn("A batch of messages could not be claimed, claiming them one by one: {}", named(e));
        }
        int worked = 0;
        var calls = new ArrayList<EngineCall>();
        for (var id : heads(limit)) {
            try {
                var claimed = claim(1, id);
                worked += claimed.worked();
                calls.addAll(claimed.calls());
            } catch (RuntimeException e) {
                // Not the exception itself: a database's complaint may quote the row, with the patient's number and
                // words.
                LOG.error("Message {} of {} could not be worked: {}", id, CurrentOrganization.id(), named(e));
                transaction.executeWithoutResult(status ->
                        queries.stepAside(id, messages.now().plus(Backoff.after(4)), settings.attempts(), UNREADABLE));
                worked++;
            }
        }
        return new Claimed(worked, calls);
    }

    private static String named(RuntimeException e) {
        return "%s at %s, constraint %s"
                .formatted(
                        e.getClass().getName(),
                        e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0],
                        Constraints.nameIn(e));
    }

    private List<UUID> heads(int limit) {
        return Objects.requireNonNull(transaction.execute(status -> queries.heads(limit, List.of(), false)));
    }

    private Claimed claim(int limit, @Nullable UUID only) {
        var batch = new Batch();
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                if (!queries.claimAlone()) {
                    return Claimed.NOTHING;
                }
                batch.open(lines.each());
                var ids = only == null ? batch.heads(limit) : List.of(only);
                if (ids.isEmpty()) {
                    return Claimed.NOTHING;
                }
                return batch.claim(ids);
            }));
        } catch (RuntimeException e) {
            batch.calls.forEach(call -> slots.giveBack(call.lineId(), call.engine()));
            throw e;
        }
    }

    /** One claim: what was read once for all its messages, and what is to be written. */
    private final class Batch {

        private final Instant now = messages.now();
        private final Map<UUID, LineFacts> known = new HashMap<>();
        private final List<MessageChange> changes = new ArrayList<>();
        private final List<EngineCall> calls = new ArrayList<>();
        private final Set<String> recipients = new HashSet<>();
        private final Set<UUID> busy = new HashSet<>();
        private final Set<UUID> nothingToDo = new HashSet<>();
        private final Set<UUID> leftTogether = new HashSet<>();
        private Map<UUID, StoredMessage> locked = Map.of();
        private Map<String, UUID> holders = Map.of();
        private @Nullable LineFacts defaultLine;
        private MessageTemplates.@Nullable Words wording;
        private DailyAllowance.@Nullable Today today;
        private int handedFirst;
        private int worked;

        private void open(List<LineFacts> all) {
            wording = templates.asOfNow();
            for (var line : all) {
                known.put(line.id(), line);
                if (line.isDefault()) {
                    defaultLine = line;
                }
            }
        }

        private List<UUID> heads(int limit) {
            var closed = known.values().stream()
                    .filter(line -> slots.free(line.id(), line.engine()) == 0)
                    .map(LineFacts::id)
                    .collect(Collectors.toSet());
            int free = known.values().stream()
                    .mapToInt(line -> slots.free(line.id(), line.engine()))
                    .sum();
            if (!known.isEmpty() && free == 0) {
                return List.of();
            }
            return queries.heads(
                    known.isEmpty() ? limit : Math.min(limit, free),
                    closed,
                    defaultLine != null && closed.contains(defaultLine.id()));
        }

        private Claimed claim(List<UUID> ids) {
            today = allowance.today();
            var read = messages.findAll(ids).stream().collect(Collectors.toMap(StoredMessage::id, Function.identity()));
            var beside = remindersBeside(read);
            // First the subjects' locks, then the messages': whoever moves a subject locks in that order.
            var verdicts = verdicts(
                    Stream.concat(read.values().stream(), beside.stream()).toList());
            locked = messages.lockAll(Stream.of(
                            ids.stream(),
                            beside.stream().map(StoredMessage::id),
                            read.values().stream().flatMap(message -> Stream.ofNullable(message.leadId())))
                    .flatMap(Function.identity())
                    .collect(Collectors.toSet()));
            holders = queries.holders(verdicts.values().stream()
                    .filter(Verdict.Send.class::isInstance)
                    .map(verdict -> ((Verdict.Send) verdict).recipient())
                    .collect(Collectors.toSet()));
            for (var id : ids) {
                var message = locked.get(id);
                if (message != null && !leftTogether.contains(id)) {
                    work(message, verdicts.get(id));
                }
            }
            queries.postpone(busy, now.plus(CONVERSATION_PATIENCE));
            queries.forget(nothingToDo);
            messages.write(changes);
            allowance.count(Objects.requireNonNull(today), handedFirst);
            Failpoints.reach("claim-before-commit");
            return new Claimed(worked + changes.size(), calls);
        }

        /** Reminders by the same rules for people of the same households, which may leave with these. */
        private List<StoredMessage> remindersBeside(Map<UUID, StoredMessage> heads) {
            var reminders = heads.values().stream()
                    .filter(message ->
                            message.isReminder() && message.state().isWaiting() && !message.mustBeWithdrawn())
                    .toList();
            if (reminders.isEmpty()) {
                return List.of();
            }
            var families = contacts.households(
                    reminders.stream().map(StoredMessage::ofPatient).collect(Collectors.toSet()));
            if (families.isEmpty()) {
                return List.of();
            }
            var rules = reminders.stream()
                    .flatMap(message -> Stream.ofNullable(message.ruleId()))
                    .collect(Collectors.toSet());
            var others = queries.remindersOf(families.keySet(), rules, now.plus(TOGETHER_WITHIN)).stream()
                    .filter(id -> !heads.containsKey(id))
                    .toList();
            return others.isEmpty() ? List.of() : messages.findAll(others);
        }

        private Map<UUID, Verdict> verdicts(Collection<StoredMessage> read) {
            var waiting = read.stream()
                    .filter(message -> message.state().isWaiting() && !message.mustBeWithdrawn())
                    .toList();
            var verdicts = new HashMap<UUID, Verdict>();
            var planned = waiting.stream()
                    .filter(message -> StoredMessage.isAboutVisit(message.kind()))
                    .map(StoredMessage::due)
                    .toList();
            if (!planned.isEmpty()) {
                verdicts.putAll(eligibility.check(planned));
            }
            var written = waiting.stream()
                    .filter(message -> !StoredMessage.isAboutVisit(message.kind()))
                    .toList();
            if (!written.isEmpty()) {
                verdicts.putAll(manual.check(written));
            }
            return verdicts;
        }

        private void work(StoredMessage message, @Nullable Verdict verdict) {
            var next = message.nextAttemptAt();
            if (next == null || next.isAfter(now)) {
                nothingToDo.add(message.id());
            } else if (message.mustBeWithdrawn()) {
                takeBack(message);
            } else if (message.state() == MessageState.HANDED) {
                finishCall(message);
            } else if (!message.state().isWaiting()) {
                messages.settleWithdrawal(message);
                worked++;
            } else if (verdict != null) {
                apply(message, verdict);
            }
        }

        private LineEngineKind engineOf(StoredMessage message) {
            var line = known.get(message.lineId());
            // A line that is not here may still be the gateway's: after a restore it knows more than we do.
            return line == null ? LineEngineKind.LINKED_DEVICE : line.engine();
        }

        private void takeBack(StoredMessage message) {
            if (message.leadId() instanceof UUID lead) {
                takeBackWith(lead, message);
                return;
            }
            if (!message.state().isAtGateway()) {
                merger.lost(message);
                worked++;
                return;
            }
            var line = Objects.requireNonNull(message.lineId());
            if (slots.take(line, engineOf(message))) {
                changes.add(MessageChange.calledAgain(message, now, now.plus(settings.lease())));
                calls.add(new EngineCall.TakeBack(line, engineOf(message), message.id(), message.attempts() + 1));
            }
        }

        /** The engine has it under the id of the one that carries it: that one is asked back, and leaves again without it. */
        private void takeBackWith(UUID leadId, StoredMessage carried) {
            var lead = locked.get(leadId);
            if (lead == null) {
                busy.add(carried.id()); // it was carried only after it was read
                worked++;
                return;
            }
            if (lead.state().isAtGateway() && !lead.mustBeWithdrawn()) {
                messages.wantBack(lead, MessageStatusMerger.COMPANION_CHANGED);
            }
            messages.awaitLead(carried);
            worked++;
        }

        /** Whoever called the engine for it is gone, or was not answered. */
        private void finishCall(StoredMessage message) {
            var engine = engineOf(message);
            if (!engine.mayRepeatCalls()) {
                changes.add(MessageChange.settled(message, MessageState.UNKNOWN, "found-sending-at-start", now));
                merger.countUnknown(message);
                return;
            }
            if (slots.take(Objects.requireNonNull(message.lineId()), engine)) {
                changes.add(MessageChange.calledAgain(message, now, now.plus(settings.lease())));
                calls.add(new EngineCall.HandOver(message.command(), engine, message.attempts() + 1));
            }
        }

        private void apply(StoredMessage message, Verdict verdict) {
            switch (verdict) {
                case Verdict.Send send -> sendOrWait(message, send);
                case Verdict.Suppress suppress ->
                    changes.add(MessageChange.settled(message, MessageState.SUPPRESSED, suppress.reason(), now));
                case Verdict.Superseded superseded ->
                    changes.add(MessageChange.settled(message, MessageState.SUPERSEDED, null, now));
                case Verdict.Expired expired ->
                    changes.add(MessageChange.settled(message, MessageState.EXPIRED, expired.reason(), now));
                case Verdict.Later later ->
                    changes.add(
                            later.at().isBefore(message.usefulUntil())
                                    ? MessageChange.later(message, MessageState.QUEUED, later.reason(), now, later.at())
                                    : MessageChange.settled(message, MessageState.EXPIRED, later.reason(), now));
            }
        }

        private void sendOrWait(StoredMessage message, Verdict.Send send) {
            var own = message.lineId() == null ? defaultLine : known.get(message.lineId());
            var linked = own != null && own.linked() ? own : null;
            var stopped = linked == null ? null : stopped(linked, message, send);
            var line = linked != null && stopped == null ? linked : otherLine(message, send);
            if (line == null) {
                var again = now.plus(LINE_PATIENCE);
                var atTheLatest = again.isBefore(message.usefulUntil()) ? again : message.usefulUntil();
                changes.add(MessageChange.later(
                        message, MessageState.QUEUED, stopped == null ? "line-down" : stopped, now, atTheLatest));
                return;
            }
            if (!hasRoom(message, send)) {
                var ends = Objects.requireNonNull(today).day().ends();
                changes.add(
                        ends.isBefore(message.usefulUntil())
                                ? MessageChange.later(message, MessageState.QUEUED, DAILY_LIMIT, now, ends)
                                : MessageChange.settled(message, MessageState.EXPIRED, DAILY_LIMIT, now));
                return;
            }
            var holder = holders.get(send.recipient());
            if (holder != null && !holder.equals(message.id()) || recipients.contains(send.recipient())) {
                busy.add(message.id());
                worked++;
                return;
            }
            if (send.joint() instanceof Verdict.Joint joint && leavesTogether(message, joint, line, send)) {
                sendTogether(joint, line, send);
                return;
            }
            var handing = handing(line, send);
            if (handing == null) {
                changes.add(MessageChange.settled(message, MessageState.SUPPRESSED, TEMPLATE_GONE, now));
                return;
            }
            if (!slots.take(line.id(), line.engine())) {
                return; // it stays ready, and its line is passed over until a place is free
            }
            var change = MessageChange.handed(message, handing, now, now.plus(settings.lease()));
            recipients.add(send.recipient());
            handedFirst += message.attempts() == 0 ? 1 : 0;
            changes.add(change);
            calls.add(new EngineCall.HandOver(message.command(handing), line.engine(), change.attempts()));
        }

        /** The text names all of them, and each waits as it did when it was looked at, for the same line. */
        private boolean leavesTogether(StoredMessage message, Verdict.Joint joint, LineFacts line, Verdict.Send send) {
            var content = joint.content();
            return Objects.requireNonNull(wording).namesHousehold(line, content.kind(), content.language())
                    && locked.get(joint.lead()) instanceof StoredMessage lead
                    && hasRoom(lead, send)
                    && Stream.concat(Stream.of(joint.lead()), joint.companions().stream())
                            .allMatch(id -> locked.get(id) instanceof StoredMessage one
                                    && one.state().isWaiting()
                                    && !one.mustBeWithdrawn()
                                    && one.nextAttemptAt() != null
                                    && (one.id().equals(message.id()) || !one.holdsConversation())
                                    && !leftTogether.contains(id)
                                    && Objects.equals(ownLine(one), ownLine(message)));
        }

        /** What left before and came back has its line written down; what never left has none while it is the default one. */
        private @Nullable UUID ownLine(StoredMessage message) {
            return message.lineId() == null && defaultLine != null ? defaultLine.id() : message.lineId();
        }

        private void sendTogether(Verdict.Joint joint, LineFacts line, Verdict.Send send) {
            if (!slots.take(line.id(), line.engine())) {
                return; // they stay ready
            }
            var lead = Objects.requireNonNull(locked.get(joint.lead()));
            var all = new Verdict.Send(joint.content(), send.recipient(), joint.notAfter(), send.onOtherLine());
            var handing = Objects.requireNonNull(handing(line, all), "an occasion always has words")
                    .carriedBy(null);
            var change = MessageChange.handed(lead, handing, now, now.plus(settings.lease()));
            changes.add(change);
            leftTogether.add(lead.id());
            handedFirst += lead.attempts() == 0 ? 1 : 0;
            for (var id : joint.companions()) {
                changes.add(MessageChange.carried(
                        Objects.requireNonNull(locked.get(id)), handing.carriedBy(lead.id()), now));
                leftTogether.add(id);
            }
            recipients.add(send.recipient());
            calls.add(new EngineCall.HandOver(lead.command(handing), line.engine(), change.attempts()));
        }

        /** What somebody of the clinic writes always leaves, and counts; so does what was counted when it was handed over. */
        private boolean hasRoom(StoredMessage message, Verdict.Send send) {
            return message.attempts() > 0
                    || send.content() instanceof Verdict.Content.ByHand
                    || Objects.requireNonNull(today).hasRoomBeside(handedFirst);
        }

        /**
         * A line that works instead of one that has been down for a while, if the message may change it. Nothing of it has
         * left: only what waits is looked at here. Lines whose provider wants an approved template need one for it.
         */
        private @Nullable LineFacts otherLine(StoredMessage message, Verdict.Send send) {
            if (!send.onOtherLine() || now.isBefore(message.dueAt().plus(LINE_PATIENCE))) {
                return null;
            }
            return known.values().stream()
                    .filter(LineFacts::linked)
                    .sorted(Comparator.comparing(LineFacts::isDefault)
                            .reversed()
                            .thenComparing(LineFacts::name))
                    .filter(line -> stopped(line, message, send) == null)
                    .filter(line -> {
                        var handing = handing(line, send);
                        return handing != null && (!line.takesTemplates() || handing.content() != null);
                    })
                    .findFirst()
                    .orElse(null);
        }

        /** Why the line's provider does not let it leave; null when it does. What a campaign says opens a conversation. */
        private @Nullable String stopped(LineFacts line, StoredMessage message, Verdict.Send send) {
            var words = Objects.requireNonNull(wording);
            return switch (send.content()) {
                case Verdict.Content.ByHand byHand -> null;
                case Verdict.Content.OfOccasion said -> words.blocked(line, said.kind(), said.language());
                case Verdict.Content.OfTemplate said ->
                    words.blocked(
                            line,
                            said.templateId(),
                            said.language(),
                            message.kind().equals(StoredMessage.CAMPAIGN));
            };
        }

        /** Null when the template it was to be worded from has no text for it. */
        private MessageChange.@Nullable Handing handing(LineFacts line, Verdict.Send send) {
            var words = Objects.requireNonNull(wording);
            return switch (send.content()) {
                case Verdict.Content.ByHand(var text, String language) ->
                    new MessageChange.Handing(
                            line.id(),
                            ProviderMessageIds.next(),
                            send.recipient(),
                            text,
                            language,
                            null,
                            null,
                            null,
                            send.notAfter());
                case Verdict.Content.OfOccasion said ->
                    worded(line, send, words.word(line, said.kind(), said.language(), said.fields(), said.asks()));
                case Verdict.Content.OfTemplate said ->
                    words.word(line, said.templateId(), said.language(), said.fields())
                            .map(worded -> worded(line, send, worded))
                            .orElse(null);
            };
        }

        private MessageChange.Handing worded(LineFacts line, Verdict.Send send, Wording worded) {
            return new MessageChange.Handing(
                    line.id(),
                    ProviderMessageIds.next(),
                    send.recipient(),
                    worded.text(),
                    worded.language(),
                    worded.payload() instanceof Payload.Text ? null : worded.payload(),
                    worded.version(),
                    worded.asks(),
                    send.notAfter(),
                    null,
                    false,
                    worded.answersAll());
        }
    }
}
