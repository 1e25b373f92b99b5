package app.recado.messaging;

import app.recado.kernel.work.Backoff;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.LineEngine.HandOffAnswer;
import app.recado.whatsapp.MessageStatusReported;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Merges what engines say into what is known of a message, whatever the order in which it is heard. The only one that does,
 * for all engines.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MessageStatusMerger {

    private static final Logger LOG = LoggerFactory.getLogger(MessageStatusMerger.class);

    /** Steps worth keeping in the history of a message even when a later one was heard first. */
    private static final Set<MessageState> EVIDENCE =
            EnumSet.of(MessageState.SENT, MessageState.DELIVERED, MessageState.READ);

    /** What a provider takes money for. */
    private static final Set<CommandState> DELIVERED = EnumSet.of(CommandState.DELIVERED, CommandState.READ);

    /** What an engine says of a message that waited in its queue until the end. */
    private static final Set<MessageState> NEVER_LEFT = EnumSet.of(MessageState.EXPIRED, MessageState.WITHDRAWN);

    /** From these a message may be sent again when its provider says that it was not delivered. */
    private static final Set<MessageState> MAY_LEAVE_AGAIN =
            EnumSet.of(MessageState.HANDED, MessageState.UNKNOWN, MessageState.SENT);

    /** Why a message is taken back that carries what must not be said any more; part of the API as a message's reason. */
    static final String COMPANION_CHANGED = "companion-changed";

    /** The one refusal by which a provider says what the patient wants; no other stops anything. */
    private static final String MARKETING_STOPPED = "marketing-opted-out";

    /** The one refusal by which it is certain that nobody has WhatsApp there. */
    private static final String NOT_ON_WHATSAPP = "not-on-whatsapp";

    /** A message that came is proof that its number has WhatsApp. */
    private static final Set<MessageState> CAME = EnumSet.of(MessageState.DELIVERED, MessageState.READ);

    private final Messages messages;
    private final PatientContacts contacts;
    private final Contacts numbers;
    private final MessageCosts costs;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;

    MessageStatusMerger(
            Messages messages,
            PatientContacts contacts,
            Contacts numbers,
            MessageCosts costs,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics) {
        this.messages = messages;
        this.contacts = contacts;
        this.numbers = numbers;
        this.costs = costs;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    @EventListener
    public void reported(MessageStatusReported report) {
        var message = find(report);
        if (message.isEmpty()) {
            // Lines also send what is no patient's message, such as a test; and statuses may come before the answer.
            LOG.debug("Nothing of the outbox is reported on: {}", report.messageId());
            return;
        }
        told(message.get(), report);
    }

    private Optional<StoredMessage> find(MessageStatusReported report) {
        return report.messageId() == null
                ? messages.lockKnownAs(report.lineId(), report.providerMessageId())
                : messages.lock(report.messageId());
    }

    /** Merges a report into a locked message. */
    public void told(StoredMessage message, MessageStatusReported report) {
        var knownAs = message.engineMessageId();
        var id = report.providerMessageId();
        if (knownAs != null && !knownAs.equals(id)) {
            return; // of an attempt that was given up and followed by another
        }
        boolean itsOwnId = !id.equals(message.providerMessageId());
        if (report.state() == CommandState.FAILED && report.again() instanceof MessageStatusReported.Again again) {
            if (MAY_LEAVE_AGAIN.contains(message.state())) {
                leaveAgain(message, report.reason(), again);
            }
            return;
        }
        if (itsOwnId && knownAs == null) {
            messages.knownAs(message, id);
        }
        merge(message, report.state(), report.reason(), report.at());
        if (report.charge() instanceof MessageStatusReported.Charge charge && DELIVERED.contains(report.state())) {
            costs.charged(message, charge, report.at());
        }
    }

    /** The provider took it and could not deliver it. That is certain, so what may be tried again is. */
    private void leaveAgain(StoredMessage message, @Nullable String reason, MessageStatusReported.Again again) {
        var now = messages.now();
        if (message.mustBeWithdrawn()) {
            withdrawn(message);
            return;
        }
        var next = now.plus(again.after() == null ? Backoff.after(Math.max(1, message.attempts())) : again.after());
        if (message.supersededAt() != null || !next.isBefore(message.usefulUntil())) {
            messages.settle(message, MessageState.FAILED, reason, now);
            return;
        }
        messages.knownAs(message, null);
        messages.write(List.of(MessageChange.tryAgain(message, MessageState.QUEUED, reason, now, next)));
        messages.wake();
    }

    /** Merges an engine's answer into a locked message. */
    public void taken(StoredMessage message, HandOffAnswer.Taken taken, Instant at) {
        if (message.state().isWaiting()) {
            return; // it was put back meanwhile, because its provider said that it was not delivered
        }
        if (taken.engineMessageId() != null && message.engineMessageId() == null) {
            messages.knownAs(message, taken.engineMessageId());
        }
        merge(message, taken.state(), taken.reason(), at);
    }

    /** The message must be locked. */
    public void merge(StoredMessage message, CommandState reported, @Nullable String reason, Instant at) {
        var to = MessageState.of(reported);
        if (RestoreHold.holds(message) && NEVER_LEFT.contains(to)) {
            // Said of a queue that may have been emptied after the backup was made: it proves nothing.
            return;
        }
        if (!yields(message, to)) {
            if (EVIDENCE.contains(to) && !messages.hasStep(message.id(), to)) {
                messages.step(message.id(), to, reason, at);
                messages.carriedBy(message).forEach(carried -> messages.step(carried.id(), to, reason, at));
            }
            return;
        }
        // A message that must be taken back stays in the worker's hands until that question is answered.
        messages.write(List.of(
                message.mustBeWithdrawn()
                        ? new MessageChange(message, to, reason, at, messages.now(), 0, true, null, null)
                        : MessageChange.settled(message, to, reason, at)));
        if (to == MessageState.UNKNOWN) {
            countUnknown(message);
        }
        if (to == MessageState.FAILED && MARKETING_STOPPED.equals(reason) && message.phone() != null) {
            contacts.marketing(message.phone(), false, at);
        }
        if (message.phone() != null && CAME.contains(to)) {
            numbers.foundOut(message.phone(), true, at);
        }
        if (message.phone() != null && to == MessageState.FAILED && NOT_ON_WHATSAPP.equals(reason)) {
            numbers.foundOut(message.phone(), false, at);
        }
        if (to == MessageState.EXPIRED) {
            planAgainIfStillUseful(message);
        }
    }

    /** WhatsApp's server had it and yet the patient will not get it; only a person's word yields to the server's. */
    private static boolean yields(StoredMessage message, MessageState to) {
        if (message.state() == MessageState.SENT && to == MessageState.FAILED) {
            return true;
        }
        if (message.state() == MessageState.FAILED && to == MessageState.SENT) {
            return MessageService.SETTLED_BY_STAFF.equals(message.reason());
        }
        return message.state().yieldsTo(to);
    }

    void countUnknown(StoredMessage message) {
        metrics.counter("recado.messages.unknown").increment();
        LOG.warn("It is not known whether message {} was sent: a receipt or a person will settle it", message.id());
    }

    /**
     * The gateway gives a message up when its hour has passed, for example because quiet hours began while the line was
     * away. It was certainly not sent, so while it is still of use it is planned anew and its eligibility read again.
     */
    private void planAgainIfStillUseful(StoredMessage message) {
        if (message.usefulUntil().isAfter(messages.now())
                && message.supersededAt() == null
                && !message.mustBeWithdrawn()
                && !message.isWritten()
                && message.retriedBy() == null) {
            messages.insertAgain(message);
        }
    }

    /** Taking a locked message back is settled: it will not be sent. */
    public void withdrawn(StoredMessage message) {
        boolean gaveUp = EngineCalls.GAVE_UP.equals(message.withdrawReason());
        var to = gaveUp ? MessageState.FAILED : MessageState.WITHDRAWN;
        boolean back = message.state().isWaiting() || message.state().yieldsTo(to);
        if (back) {
            messages.settle(message, to, message.withdrawReason(), messages.now());
        }
        messages.settleWithdrawal(message);
        if (back
                && COMPANION_CHANGED.equals(message.withdrawReason())
                && message.supersededAt() == null
                && message.usefulUntil().isAfter(messages.now())) {
            // Under an id of its own: the engine knows the former with other words.
            messages.insertAgain(message);
        }
    }

    /** Taking a locked message back is settled: it came too late, and this is how far the message got. */
    public void withdrawalLost(StoredMessage message, CommandState state, @Nullable String reason) {
        merge(message, state, reason, messages.now());
        lost(messages.lock(message.id()).orElseThrow());
    }

    /** The message is past taking back; the message must be locked. */
    public void lost(StoredMessage message) {
        messages.settleWithdrawal(message);
        if (!message.state().isOut()) {
            return;
        }
        metrics.counter("recado.messages.withdrawals.lost").increment();
        LOG.info("Message {} was on its way before it could be taken back", message.id());
        if (PlannedOutbox.SUPERSEDED.equals(message.withdrawReason())
                || COMPANION_CHANGED.equals(message.withdrawReason()) && message.supersededAt() != null) {
            publisher.publishEvent(new WithdrawLost(message.id(), message.subjectId(), message.subjectVersion()));
        }
    }
}
