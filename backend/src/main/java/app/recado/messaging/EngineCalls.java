package app.recado.messaging;

import app.recado.kernel.Failpoints;
import app.recado.kernel.work.Backoff;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.EarlyStatuses;
import app.recado.whatsapp.EngineUnavailable;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.LineEngine.HandOffAnswer;
import app.recado.whatsapp.LineEngine.WithdrawAnswer;
import app.recado.whatsapp.MessageStatusReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls engines for messages that were claimed, outside any transaction, and records the answers of many calls in one. A
 * crash between the two leaves a message {@code handed}: whoever finds it after its lease repeats the call where the engine
 * allows that, and says {@code unknown} where it does not.
 */
@Component
class EngineCalls {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCalls.class);

    /** Why a message is taken back that its engine answers with errors again and again. */
    static final String GAVE_UP = "engine-error";

    private static final String NO_ANSWER = "no-acknowledgement";
    private static final String LINE_DOWN = "line-down";
    private static final String LINE_UNKNOWN = "line-unknown";
    private static final Duration LINE_PATIENCE = Duration.ofMinutes(10);

    /** An engine that answers with errors is asked a few times only to give a message back. */
    private static final int WITHDRAWALS_OF_FAILING = 3;

    private final Messages messages;
    private final MessageStatusMerger merger;
    private final LineEngine engine;
    private final EarlyStatuses early;
    private final CallSlots slots;
    private final MessagingSettings settings;
    private final TransactionTemplate transaction;

    EngineCalls(
            Messages messages,
            MessageStatusMerger merger,
            LineEngine engine,
            EarlyStatuses early,
            CallSlots slots,
            MessagingSettings settings,
            TransactionTemplate transaction) {
        this.messages = messages;
        this.merger = merger;
        this.engine = engine;
        this.early = early;
        this.slots = slots;
        this.settings = settings;
        this.transaction = transaction;
    }

    /** What came of a call. */
    sealed interface Outcome {
        record Handed(HandOffAnswer answer) implements Outcome {}

        record Withdrawn(WithdrawAnswer answer) implements Outcome {}

        /** @param notTaken what was asked has certainly not happened */
        record NoAnswer(boolean notTaken) implements Outcome {}
    }

    record Answered(EngineCall call, Outcome outcome) {}

    /** Asks the engine; its place is given back. Never throws. */
    Answered call(EngineCall call) {
        slots.enter(call.lineId(), call.engine());
        try {
            if (slots.rests(call.lineId(), call.engine())) {
                return new Answered(call, new Outcome.NoAnswer(true)); // found out by another call meanwhile
            }
            Failpoints.reach("handed-committed");
            var outcome = ask(call);
            Failpoints.reach("put-answered");
            slots.reached(call.lineId(), call.engine());
            return new Answered(call, outcome);
        } catch (EngineUnavailable e) {
            LOG.warn("The engine of line {} does not answer: {}", call.lineId(), e.getMessage());
            slots.unreachable(call.lineId(), call.engine());
            return new Answered(call, new Outcome.NoAnswer(e.notTaken()));
        } catch (RuntimeException e) {
            // Not the exception itself: it may quote what was to be sent.
            LOG.error(
                    "Message {} could not be handed over: {}",
                    call.messageId(),
                    e.getClass().getName());
            return new Answered(
                    call,
                    call.engine().mayRepeatCalls()
                            ? new Outcome.Handed(new HandOffAnswer.Failing())
                            : new Outcome.NoAnswer(false));
        } finally {
            slots.leave(call.lineId(), call.engine());
            slots.giveBack(call.lineId(), call.engine());
        }
    }

    private Outcome ask(EngineCall call) throws EngineUnavailable {
        return switch (call) {
            case EngineCall.HandOver handOver -> new Outcome.Handed(engine.submit(handOver.command()));
            case EngineCall.TakeBack back -> new Outcome.Withdrawn(engine.withdraw(back.lineId(), back.messageId()));
        };
    }

    /** Records what came of calls for messages of the current organization, in one transaction. */
    void record(List<Answered> answers) {
        transaction.executeWithoutResult(status -> new Recording().all(answers));
    }

    private final class Recording {

        private final Instant now = messages.now();
        private final List<MessageChange> changes = new ArrayList<>();
        private final List<StoredMessage> givenUp = new ArrayList<>();

        private void all(List<Answered> answers) {
            // Before any row: whoever tells a status holds its id first and then the row.
            Map<String, List<MessageStatusReported>> told = early.holdAndRead(answers.stream()
                    .filter(answered -> engineIdOf(answered) != null)
                    .map(answered -> new EarlyStatuses.Sent(
                            answered.call().lineId(), java.util.Objects.requireNonNull(engineIdOf(answered))))
                    .toList());
            var locked = messages.lockAll(answers.stream()
                    .map(answered -> answered.call().messageId())
                    .toList());
            for (var answered : answers) {
                if (locked.get(answered.call().messageId()) instanceof StoredMessage message) {
                    one(message, answered);
                }
            }
            messages.write(changes);
            givenUp.forEach(message -> messages.wantBack(message, GAVE_UP));
            told.values().forEach(statuses -> statuses.forEach(merger::reported));
        }

        private static @Nullable String engineIdOf(Answered answered) {
            return answered.outcome() instanceof Outcome.Handed(HandOffAnswer.Taken taken)
                    ? taken.engineMessageId()
                    : null;
        }

        private void one(StoredMessage message, Answered answered) {
            switch (answered.outcome()) {
                case Outcome.Handed(var answer) -> handed(message, answered.call(), answer);
                case Outcome.Withdrawn(var answer) -> withdrawn(message, answer);
                case Outcome.NoAnswer(boolean notTaken) -> notAnswered(message, answered.call(), notTaken);
            }
        }

        private void handed(StoredMessage message, EngineCall call, HandOffAnswer answer) {
            if (message.state() != MessageState.HANDED || message.attempts() != call.attempt()) {
                // A status was faster than the answer, or we were taken for dead. What was taken is still worth
                // knowing.
                if (answer instanceof HandOffAnswer.Taken taken) {
                    merger.taken(message, taken, now);
                }
                return;
            }
            switch (answer) {
                case HandOffAnswer.Taken taken -> taken(message, taken);
                case HandOffAnswer.NotTaken not -> notTaken(message, not);
                case HandOffAnswer.LineUnknown unknown -> countedAgain(message, MessageState.QUEUED, LINE_UNKNOWN);
                case HandOffAnswer.Failing failing -> countedAgain(message, MessageState.HANDED, GAVE_UP);
                case HandOffAnswer.Differs differs -> {
                    LOG.error("The engine holds another message under the id {}", message.id());
                    changes.add(MessageChange.settled(message, MessageState.UNKNOWN, "command-differs", now));
                    merger.countUnknown(message);
                }
                case HandOffAnswer.Refused refused -> {
                    LOG.error("The engine refuses message {}: {}", message.id(), refused.code());
                    changes.add(MessageChange.settled(message, MessageState.FAILED, "refused-by-gateway", now));
                }
            }
        }

        private void taken(StoredMessage message, HandOffAnswer.Taken taken) {
            if (message.mustBeWithdrawn()
                    || taken.state() == CommandState.EXPIRED
                    || taken.state() == CommandState.UNKNOWN) {
                merger.taken(message, taken, now);
            } else {
                changes.add(MessageChange.settled(message, MessageState.of(taken.state()), taken.reason(), now)
                        .knownAs(taken.engineMessageId()));
            }
        }

        private void notTaken(StoredMessage message, HandOffAnswer.NotTaken not) {
            if (message.mustBeWithdrawn()) {
                merger.withdrawn(message);
                return;
            }
            if (not.reason().equals(LINE_DOWN)) {
                var again = now.plus(not.after() == null ? LINE_PATIENCE : not.after());
                changes.add(
                        MessageChange.later(message, MessageState.QUEUED, LINE_DOWN, now, atTheLatest(message, again)));
                return;
            }
            changes.add(again(message, not.reason(), not.after()));
        }

        private MessageChange again(StoredMessage message, String reason, @Nullable Duration after) {
            if (after != null && now.plus(after).isAfter(message.usefulUntil())) {
                // It would only be given up later: whoever waits for it should know now.
                return MessageChange.settled(message, MessageState.FAILED, reason, now);
            }
            var next = now.plus(after == null ? Backoff.after(message.attempts()) : after);
            return MessageChange.tryAgain(message, MessageState.QUEUED, reason, now, atTheLatest(message, next));
        }

        /** After so many attempts it becomes a dead letter. */
        private void countedAgain(StoredMessage message, MessageState state, String reason) {
            if (message.mustBeWithdrawn() && state == MessageState.QUEUED) {
                merger.withdrawn(message);
            } else if (message.attempts() < settings.attempts() || message.mustBeWithdrawn()) {
                var next = now.plus(Backoff.after(message.attempts()));
                changes.add(MessageChange.tryAgain(
                        message, state, state == MessageState.HANDED ? null : reason, now, next));
            } else if (state == MessageState.HANDED) {
                // It may have been stored before the error: it is given up once it is certain that it does not leave.
                LOG.error("Message {} is given up: its engine answers it with errors", message.id());
                changes.add(MessageChange.tryAgain(message, state, null, now, now));
                givenUp.add(message);
            } else {
                LOG.error("Message {} is given up: {}", message.id(), reason);
                changes.add(MessageChange.settled(message, MessageState.FAILED, reason, now));
            }
        }

        private Instant atTheLatest(StoredMessage message, Instant at) {
            return at.isBefore(message.usefulUntil()) ? at : message.usefulUntil();
        }

        private void notAnswered(StoredMessage message, EngineCall call, boolean notTaken) {
            if (message.attempts() != call.attempt()) {
                return;
            }
            if (call instanceof EngineCall.TakeBack) {
                withdrawalNotAnswered(message);
            } else if (message.state() == MessageState.HANDED) {
                if (!notTaken) {
                    inDoubt(message, call);
                } else if (message.mustBeWithdrawn()) {
                    merger.withdrawn(message);
                } else {
                    // Its line rests, so it is passed over until then; its eligibility is read again.
                    changes.add(MessageChange.tryAgain(message, MessageState.QUEUED, message.reason(), now, now));
                }
            }
        }

        private void inDoubt(StoredMessage message, EngineCall call) {
            boolean useless = !now.isBefore(message.usefulUntil());
            if (call.engine().mayRepeatCalls() && !useless) {
                var next = now.plus(Backoff.after(message.attempts()));
                changes.add(MessageChange.tryAgain(message, MessageState.HANDED, null, now, next));
            } else {
                merger.taken(message, new HandOffAnswer.Taken(CommandState.UNKNOWN, NO_ANSWER, null), now);
            }
        }

        private void withdrawn(StoredMessage message, WithdrawAnswer answer) {
            switch (answer) {
                case WithdrawAnswer.Withdrawn withdrawn -> merger.withdrawn(message);
                case WithdrawAnswer.LineUnknown unknown -> merger.withdrawn(message);
                case WithdrawAnswer.TooLate late -> merger.withdrawalLost(message, late.state(), late.reason());
            }
        }

        private void withdrawalNotAnswered(StoredMessage message) {
            int most = GAVE_UP.equals(message.withdrawReason()) ? WITHDRAWALS_OF_FAILING : settings.attempts();
            boolean mayStillLeave = message.notAfter() == null || now.isBefore(message.notAfter());
            if (message.attempts() < most || mayStillLeave && !GAVE_UP.equals(message.withdrawReason())) {
                var next = now.plus(Backoff.after(message.attempts()));
                changes.add(MessageChange.tryAgain(message, message.state(), message.reason(), now, next));
            } else {
                merger.withdrawalLost(message, CommandState.UNKNOWN, NO_ANSWER);
            }
        }
    }
}
