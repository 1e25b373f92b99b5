package app.recado.inbox;

import app.recado.messaging.LiveNotification;
import app.recado.messaging.LiveNotifications;
import app.recado.messaging.Outbox;
import app.recado.messaging.SubjectAnswers;
import app.recado.messaging.SubjectAnswers.Answer;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.MediaFetched;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what arrives, in the transaction that stores it. An answer acts on the agenda only when it was written in a direct
 * chat, not by the clinic itself, and is about exactly one message that still counts (a quoted one wins). Everything else
 * is kept for staff with the reason; what the clinic itself wrote, status posts and reactions that say nothing are kept
 * without asking anybody to look.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class InboundReader {

    private static final String DIRECT = "direct";
    private static final String GROUP = "group";
    private static final String TEXT = "text";
    private static final String REACTION = "reaction";

    private final InboundMessages inbound;
    private final PatientContacts contacts;
    private final LiveNotifications notifications;
    private final SubjectAnswers answers;
    private final Outbox outbox;
    private final ReadReceipts receipts;

    InboundReader(
            InboundMessages inbound,
            PatientContacts contacts,
            LiveNotifications notifications,
            SubjectAnswers answers,
            Outbox outbox,
            ReadReceipts receipts) {
        this.inbound = inbound;
        this.contacts = contacts;
        this.notifications = notifications;
        this.answers = answers;
        this.outbox = outbox;
        this.receipts = receipts;
    }

    @EventListener
    public void received(InboundReceived message) {
        var phone = phoneOf(message);
        var stored = inbound.store(message, phone);
        if (stored.isEmpty()) {
            return; // known already: the network or the gateway repeated it
        }
        var people = phone == null ? List.<PatientContact>of() : contacts.byPhone(phone);
        var only = people.size() == 1 ? people.getFirst().id() : null;
        var decision = decide(message, phone, people);
        inbound.decide(stored.get(), decision.from(only));
        if (decision.outcome() != Outcome.FOR_STAFF && decision.outcome() != Outcome.IGNORED) {
            receipts.read(stored.get());
        }
    }

    @EventListener
    public void fetched(MediaFetched media) {
        inbound.fetched(media);
    }

    private static @Nullable String phoneOf(InboundReceived message) {
        var other = message.chat().kind().equals(DIRECT) ? message.chat().phone() : null;
        return other != null || message.fromMe() ? other : message.sender().phone();
    }

    private Decision decide(InboundReceived message, @Nullable String phone, List<PatientContact> people) {
        if (message.fromMe()) {
            return Decision.ignored("own-message");
        }
        if (message.chat().kind().equals(GROUP)) {
            return Decision.forStaff("group");
        }
        if (!message.chat().kind().equals(DIRECT)) {
            return Decision.ignored("unsupported-chat");
        }
        if (phone == null) {
            return Decision.forStaff("unknown-sender");
        }
        return switch (message.kind()) {
            case TEXT -> decideText(message, phone, people);
            case REACTION -> decideReaction(message, phone);
            default -> Decision.forStaff("unsupported-kind");
        };
    }

    private Decision decideText(InboundReceived message, String phone, List<PatientContact> people) {
        var choice = message.extras().choice();
        return switch (Understanding.of(message.text(), choice == null ? null : choice.id())) {
            case STOP -> {
                if (people.isEmpty()) {
                    yield Decision.forStaff("unknown-sender");
                }
                contacts.optOut(phone, message.sentAt());
                outbox.withdrawAllTo(phone);
                yield Decision.of(Outcome.OPTED_OUT, null);
            }
            case ACCEPT -> act(message, phone, true);
            case DECLINE -> act(message, phone, false);
            case NOT_UNDERSTOOD -> aboutTheOnlyOne(Decision.forStaff("not-understood"), message, phone);
        };
    }

    /** A thumb on a message of ours is an answer that quotes it; any other reaction says nothing. */
    private Decision decideReaction(InboundReceived message, String phone) {
        var meaning = Understanding.of(message.text());
        boolean answer = meaning == Understanding.Meaning.ACCEPT || meaning == Understanding.Meaning.DECLINE;
        if (!answer || message.quotedProviderMessageId() == null) {
            return Decision.ignored("unsupported-kind");
        }
        return act(message, phone, meaning == Understanding.Meaning.ACCEPT);
    }

    private Decision act(InboundReceived message, String phone, boolean accepts) {
        var quotedId = message.quotedProviderMessageId();
        if (quotedId != null) {
            var quoted = notifications.quoted(message.lineId(), phone, quotedId, message.sentAt());
            if (quoted.isEmpty()) {
                return Decision.forStaff("no-live-notification");
            }
            return quoted.get().live()
                    ? act(message, quoted.get(), accepts)
                    : about(Decision.forStaff("superseded"), quoted.get());
        }
        var live = notifications.at(phone, message.sentAt());
        return switch (live.size()) {
            case 0 -> Decision.forStaff("no-live-notification");
            case 1 -> act(message, live.getFirst(), accepts);
            default -> Decision.forStaff("ambiguous");
        };
    }

    private Decision act(InboundReceived message, LiveNotification notification, boolean accepts) {
        var answer = new Answer(
                notification.subjectId(),
                notification.version(),
                accepts,
                Objects.requireNonNullElse(message.text(), ""),
                message.sentAt());
        var decision = switch (answers.answered(answer)) {
            case ACCEPTED -> Decision.of(Outcome.ACCEPTED, null);
            case CANCELLED -> Decision.of(Outcome.CANCELLED, null);
            case DECLINED_FOR_STAFF -> Decision.forStaff("ask-staff");
            case SUPERSEDED -> Decision.forStaff("superseded");
            case OUTDATED -> Decision.ignored("older-answer");
            case NOT_AWAITED -> Decision.forStaff("not-awaited");
        };
        return about(decision, notification);
    }

    private Decision aboutTheOnlyOne(Decision decision, InboundReceived message, String phone) {
        var live = notifications.at(phone, message.sentAt());
        return live.size() == 1 ? about(decision, live.getFirst()) : decision;
    }

    private static Decision about(Decision decision, LiveNotification notification) {
        UUID patient = notification.patientId();
        return decision.about(patient, notification.subjectId(), notification.messageId());
    }
}
