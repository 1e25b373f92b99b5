package app.recado.messaging;

import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.MessageStatusReported;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Merges what the engine says into what is known of a message, whatever the order in which it is heard. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    /** Steps worth keeping in the story of a message even when a later one was heard first. */
    private static final Set<MessageState> EVIDENCE =
            EnumSet.of(MessageState.SENT, MessageState.DELIVERED, MessageState.READ);

    /** What an engine says of a message that waited in its queue until the end. */
    private static final Set<MessageState> NEVER_LEFT = EnumSet.of(MessageState.EXPIRED, MessageState.WITHDRAWN);

    private final Messages messages;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;

    Settling(Messages messages, ApplicationEventPublisher publisher, MeterRegistry metrics) {
        this.messages = messages;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    @EventListener
    public void reported(MessageStatusReported report) {
        var message = messages.lock(report.messageId());
        if (message.isEmpty()) {
            // Lines also send what is no patient's message, such as a test.
            LOG.debug("Message {} is not of the outbox", report.messageId());
            return;
        }
        merge(message.get(), report.state(), report.reason(), report.at());
    }

    /** The message must be locked. */
    public void merge(StoredMessage message, CommandState reported, @Nullable String reason, Instant at) {
        var to = MessageState.of(reported);
        if (RestoreHold.holds(message) && NEVER_LEFT.contains(to)) {
            // Said of a queue that may have been emptied after the backup was made: it proves nothing.
            return;
        }
        if (!message.state().yieldsTo(to)) {
            if (EVIDENCE.contains(to) && !messages.hasStep(message.id(), to)) {
                messages.step(message.id(), to, reason, at);
            }
            return;
        }
        // A message that must be taken back stays in the worker's hands until that question is answered.
        var next = message.mustBeWithdrawn() ? messages.now() : null;
        messages.change(message, to, reason, at, next);
        if (to == MessageState.UNKNOWN) {
            metrics.counter("recado.messages.unknown").increment();
            LOG.warn("It is not known whether message {} was sent: a receipt or a person will settle it", message.id());
        }
        if (to == MessageState.EXPIRED) {
            planAgainIfStillUseful(message);
        }
    }

    /**
     * The gateway gives a message up when its hour has passed, for example because quiet hours began while the line was
     * away. It was certainly not sent, so while it is still of use it is planned anew and its eligibility read again.
     */
    private void planAgainIfStillUseful(StoredMessage message) {
        if (message.usefulUntil().isAfter(messages.now())
                && message.supersededAt() == null
                && !message.mustBeWithdrawn()
                && !message.isManual()
                && message.retriedBy() == null) {
            messages.insertAgain(message);
        }
    }

    /** Taking it back is settled: it will not be sent. */
    public void withdrawn(UUID messageId) {
        messages.lock(messageId).ifPresent(message -> {
            if (message.state().yieldsTo(MessageState.WITHDRAWN)) {
                messages.change(message, MessageState.WITHDRAWN, message.withdrawReason(), messages.now(), null);
            }
            messages.settleWithdrawal(message);
        });
    }

    /** Taking it back is settled: it came too late, and this is how far the message got. */
    public void withdrawalLost(UUID messageId, CommandState state, @Nullable String reason) {
        messages.lock(messageId).ifPresent(message -> {
            merge(message, state, reason, messages.now());
            lost(messages.lock(messageId).orElseThrow());
        });
    }

    /** The message is past taking back; the message must be locked. */
    public void lost(StoredMessage message) {
        messages.settleWithdrawal(message);
        if (!message.state().isOut()) {
            return;
        }
        metrics.counter("recado.messages.withdrawals.lost").increment();
        LOG.info("Message {} was on its way before it could be taken back", message.id());
        if (PlannedOutbox.SUPERSEDED.equals(message.withdrawReason())) {
            publisher.publishEvent(
                    new WithdrawLost(message.id(), message.subjectId(), message.subjectVersion(), message.patientId()));
        }
    }
}
