package app.recado.messaging;

import app.recado.kernel.Failpoints;
import app.recado.templates.MessageTemplates;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.GatewayAway;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.LineEngine.HandOffAnswer;
import app.recado.whatsapp.LineEngine.WithdrawAnswer;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.ProviderMessageIds;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings one message one step further: decides in one transaction, calls the engine outside any, records its answer in
 * another. A crash between any two of them is repaired by doing the same again.
 */
@Component
class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** How often a message that waits for the line is looked at, should nobody report that the line is back. */
    private static final Duration LINE_PATIENCE = Duration.ofMinutes(10);

    private static final Duration CONVERSATION_PATIENCE = Duration.ofSeconds(2);

    private final Messages messages;
    private final Settling settling;
    private final Eligibility eligibility;
    private final ManualMessages manual;
    private final MessageTemplates templates;
    private final WhatsAppLines lines;
    private final LineEngine engine;
    private final TransactionTemplate transaction;

    Delivery(
            Messages messages,
            Settling settling,
            Eligibility eligibility,
            ManualMessages manual,
            MessageTemplates templates,
            WhatsAppLines lines,
            LineEngine engine,
            TransactionTemplate transaction) {
        this.messages = messages;
        this.settling = settling;
        this.eligibility = eligibility;
        this.manual = manual;
        this.templates = templates;
        this.lines = lines;
        this.engine = engine;
        this.transaction = transaction;
    }

    /** What is to be asked of the engine. */
    private sealed interface Task {
        record HandOver(Command command) implements Task {}

        record TakeBack(UUID lineId, UUID messageId) implements Task {}

        record Nothing() implements Task {}
    }

    /** The current organization's due messages, in the order in which to work them. */
    List<UUID> due(int limit) {
        return Objects.requireNonNull(transaction.execute(status -> messages.due(limit)));
    }

    /** Leaves a message for later, whatever is wrong with it. */
    void stepAside(UUID messageId, Duration pause) {
        transaction.executeWithoutResult(status -> messages.lock(messageId)
                .filter(message -> message.nextAttemptAt() != null)
                .ifPresent(message -> messages.postpone(message, messages.now().plus(pause))));
    }

    /** Works one due message of the current organization.
     *
     * @throws GatewayAway when the engine did not answer; the message keeps its state and is worked again */
    void work(UUID messageId) throws GatewayAway {
        var task = transaction.execute(status -> prepare(messageId));
        switch (Objects.requireNonNull(task)) {
            case Task.HandOver chosen -> handOver(chosen.command());
            case Task.TakeBack chosen -> takeBack(chosen.lineId(), chosen.messageId());
            case Task.Nothing nothing -> {}
        }
    }

    private Task prepare(UUID messageId) {
        var found = messages.find(messageId);
        if (found.isEmpty()) {
            return new Task.Nothing();
        }
        var message = found.get();
        if (message.mustBeWithdrawn()) {
            return prepareTakingBack(messageId);
        }
        if (message.state() == MessageState.HANDED) {
            return new Task.HandOver(message.command());
        }
        if (!message.state().isWaiting()) {
            messages.lock(messageId).filter(Delivery::hasNothingLeftToDo).ifPresent(messages::settleWithdrawal);
            return new Task.Nothing();
        }
        // First the subject's lock, then the message's: whoever moves the subject locks in that order.
        var verdict = message.isManual() ? manual.check(message) : eligibility.check(message.due());
        var locked = messages.lock(messageId).filter(Delivery::isStillDue);
        return locked.isEmpty() ? new Task.Nothing() : apply(locked.get(), verdict);
    }

    private static boolean isStillDue(StoredMessage message) {
        return message.state().isWaiting() && message.nextAttemptAt() != null;
    }

    private static boolean hasNothingLeftToDo(StoredMessage message) {
        return !message.state().isWaiting() && message.state() != MessageState.HANDED && !message.mustBeWithdrawn();
    }

    private Task prepareTakingBack(UUID messageId) {
        var message = messages.lock(messageId).orElseThrow();
        if (!message.mustBeWithdrawn()) {
            return new Task.Nothing();
        }
        if (message.state().isAtGateway()) {
            return new Task.TakeBack(Objects.requireNonNull(message.lineId()), messageId);
        }
        settling.lost(message);
        return new Task.Nothing();
    }

    private Task apply(StoredMessage message, Verdict verdict) {
        var now = messages.now();
        switch (verdict) {
            case Verdict.Send send -> {
                return sendOrWait(message, send);
            }
            case Verdict.Suppress suppress ->
                messages.change(message, MessageState.SUPPRESSED, suppress.reason(), now, null);
            case Verdict.Superseded superseded -> messages.change(message, MessageState.SUPERSEDED, null, now, null);
            case Verdict.Expired expired -> messages.change(message, MessageState.EXPIRED, "too-late", now, null);
            case Verdict.Later later -> {
                if (later.at().isBefore(message.usefulUntil())) {
                    messages.change(message, MessageState.QUEUED, later.reason(), now, later.at());
                } else {
                    messages.change(message, MessageState.EXPIRED, later.reason(), now, null);
                }
            }
        }
        return new Task.Nothing();
    }

    private Task sendOrWait(StoredMessage message, Verdict.Send send) {
        var now = messages.now();
        var chosen = message.lineId() == null ? lines.defaultLine() : lines.find(message.lineId());
        var line = chosen.filter(LineFacts::linked);
        if (line.isEmpty()) {
            var again = now.plus(LINE_PATIENCE);
            var atTheLatest = again.isBefore(message.usefulUntil()) ? again : message.usefulUntil();
            messages.change(message, MessageState.QUEUED, "line-down", now, atTheLatest);
            return new Task.Nothing();
        }
        if (messages.conversationIsBusy(message.id(), send.phone())) {
            messages.postpone(message, now.plus(CONVERSATION_PATIENCE));
            return new Task.Nothing();
        }
        messages.hand(message, handing(line.get(), send));
        Failpoints.reach("claim-before-commit");
        return new Task.HandOver(messages.find(message.id()).orElseThrow().command());
    }

    private Messages.Handing handing(LineFacts line, Verdict.Send send) {
        var id = ProviderMessageIds.next();
        return switch (send.content()) {
            case Verdict.Content.ByHand(var text, String language) ->
                new Messages.Handing(line.id(), id, send.phone(), text, language, null, send.notAfter());
            case Verdict.Content.OfOccasion said -> {
                var worded = templates.word(line, said.kind(), said.language(), said.fields());
                var more = worded.payload() instanceof Payload.Text ? null : worded.payload();
                yield new Messages.Handing(
                        line.id(), id, send.phone(), worded.text(), worded.language(), more, send.notAfter());
            }
        };
    }

    private void handOver(Command command) throws GatewayAway {
        Failpoints.reach("handed-committed");
        var answer = engine.submit(command);
        Failpoints.reach("put-answered");
        boolean lineIsMissing = Boolean.TRUE.equals(transaction.execute(status -> record(command, answer)));
        if (lineIsMissing) {
            throw new GatewayAway("It does not know line " + command.lineId());
        }
    }

    /** True when the message could not be handed over because the gateway has no such line. */
    private boolean record(Command command, HandOffAnswer answer) {
        var message = messages.lock(command.messageId()).orElseThrow();
        var now = messages.now();
        switch (answer) {
            case HandOffAnswer.Taken taken -> settling.merge(message, taken.state(), taken.reason(), now);
            case HandOffAnswer.LineUnknown unknown -> {
                if (message.state() == MessageState.HANDED && !now.isBefore(message.usefulUntil())) {
                    messages.change(message, MessageState.EXPIRED, "too-late", now, null);
                    return false;
                }
                return message.state() == MessageState.HANDED;
            }
            case HandOffAnswer.Differs differs -> {
                LOG.error("The gateway holds another message under the id {}", command.messageId());
                changeIfHanded(message, MessageState.UNKNOWN, "command-differs");
            }
            case HandOffAnswer.Refused refused -> {
                LOG.error("The gateway refuses message {}: {}", command.messageId(), refused.code());
                changeIfHanded(message, MessageState.FAILED, "refused-by-gateway");
            }
        }
        return false;
    }

    private void changeIfHanded(StoredMessage message, MessageState to, String reason) {
        if (message.state() == MessageState.HANDED) {
            messages.change(message, to, reason, messages.now(), null);
        }
    }

    private void takeBack(UUID lineId, UUID messageId) throws GatewayAway {
        var answer = engine.withdraw(lineId, messageId);
        transaction.executeWithoutResult(status -> {
            switch (answer) {
                case WithdrawAnswer.Withdrawn withdrawn -> settling.withdrawn(messageId);
                case WithdrawAnswer.LineUnknown unknown -> settling.withdrawn(messageId);
                case WithdrawAnswer.TooLate late -> settling.withdrawalLost(messageId, late.state(), late.reason());
            }
        });
    }
}
