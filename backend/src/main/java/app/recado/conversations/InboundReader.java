package app.recado.conversations;

import app.recado.messaging.Acknowledgement;
import app.recado.messaging.LiveNotification;
import app.recado.messaging.LiveNotifications;
import app.recado.messaging.Outbox;
import app.recado.messaging.SubjectAnswers;
import app.recado.messaging.SubjectAnswers.Answer;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.InboundReceived;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what a person says in a direct chat, in the transaction that stores it. An answer acts on the agenda only when it is
 * about exactly one message that still counts: the one that is quoted or whose button was tapped, else the last thing that
 * was said to that number on that line. Everything else is kept for staff with the reason; reactions that say nothing are
 * kept without asking anybody to look.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class InboundReader {

    private final PatientContacts contacts;
    private final LiveNotifications notifications;
    private final SubjectAnswers answers;
    private final Outbox outbox;
    private final OwnPhoneWords ownPhone;

    InboundReader(
            PatientContacts contacts,
            LiveNotifications notifications,
            SubjectAnswers answers,
            Outbox outbox,
            OwnPhoneWords ownPhone) {
        this.contacts = contacts;
        this.notifications = notifications;
        this.answers = answers;
        this.outbox = outbox;
        this.ownPhone = ownPhone;
    }

    /**
     * What words or a reaction in a direct chat lead to.
     *
     * @param phone whose they are
     * @param people everybody reached at that number
     */
    Decision decide(InboundReceived message, String phone, List<PatientContact> people) {
        return message.kind().equals("reaction") ? decideReaction(message, phone) : decideText(message, phone, people);
    }

    /** What words alone, or on a button, say. */
    Understanding.Meaning meaning(@Nullable String text, @Nullable String choiceId) {
        return Understanding.of(text, choiceId);
    }

    private Decision decideText(InboundReceived message, String phone, List<PatientContact> people) {
        var choice = message.content().choice();
        return switch (meaning(message.text(), choice == null ? null : choice.id())) {
            case STOP -> stop(message, phone, people);
            case START -> start(message, phone, people);
            case ACCEPT -> act(message, phone, true);
            case DECLINE -> act(message, phone, false);
            case NOT_UNDERSTOOD -> aboutTheOnlyOne(Decision.forStaff("not-understood"), message, phone);
        };
    }

    private Decision stop(InboundReceived message, String phone, List<PatientContact> people) {
        boolean changed = contacts.optOut(phone, message.sentAt());
        var reached = contacts.byPhone(phone);
        if (!reached.isEmpty() && reached.stream().noneMatch(PatientContact::optedOut)) {
            return Decision.ignored("older-answer"); // they wanted messages again later than this
        }
        outbox.withdrawAllTo(phone);
        if (changed && !people.isEmpty()) {
            outbox.acknowledge(Acknowledgement.OPT_OUT, people.getFirst(), message.lineId());
        }
        return Decision.of(Outcome.OPTED_OUT, null);
    }

    private Decision start(InboundReceived message, String phone, List<PatientContact> people) {
        if (!contacts.optIn(phone, message.sentAt())) {
            return aboutTheOnlyOne(Decision.forStaff("not-understood"), message, phone);
        }
        if (!people.isEmpty()) {
            outbox.acknowledge(Acknowledgement.OPT_IN, people.getFirst(), message.lineId());
        }
        return Decision.of(Outcome.OPTED_IN, null);
    }

    /** A thumb on a notification is an answer that quotes it; on anything else, and any other reaction, it says nothing. */
    private Decision decideReaction(InboundReceived message, String phone) {
        var meaning = meaning(message.text(), null);
        var target = message.targetProviderMessageId();
        boolean answer = meaning == Understanding.Meaning.ACCEPT || meaning == Understanding.Meaning.DECLINE;
        if (!answer || target == null) {
            return Decision.ignored("unsupported-kind");
        }
        return notifications
                .quoted(message.lineId(), phone, target, message.sentAt())
                .map(notification -> actIfLive(message, notification, meaning == Understanding.Meaning.ACCEPT))
                .orElseGet(() -> Decision.ignored("unsupported-kind"));
    }

    private Decision act(InboundReceived message, String phone, boolean accepts) {
        var quotedId = message.quotedProviderMessageId();
        if (quotedId != null) {
            return notifications
                    .quoted(message.lineId(), phone, quotedId, message.sentAt())
                    .map(notification -> actIfLive(message, notification, accepts))
                    .orElseGet(() -> Decision.forStaff("no-live-notification"));
        }
        var live = notifications.at(message.lineId(), phone, message.sentAt());
        return switch (live.size()) {
            case 0 -> Decision.forStaff("no-live-notification");
            case 1 ->
                isLastSaid(live.getFirst(), message, phone)
                        ? act(message, live.getFirst(), accepts)
                        : about(Decision.forStaff(OwnPhoneWords.SAID_SINCE), live.getFirst());
            default -> Decision.forStaff("ambiguous");
        };
    }

    /** Bare words answer what was said last, whoever of the clinic said it and whatever it was. */
    private boolean isLastSaid(LiveNotification notification, InboundReceived message, String phone) {
        return notification.last()
                && !ownPhone.between(message.lineId(), phone, notification.saidAt(), message.sentAt());
    }

    private Decision actIfLive(InboundReceived message, LiveNotification notification, boolean accepts) {
        return notification.live()
                ? act(message, notification, accepts)
                : about(Decision.forStaff("superseded"), notification);
    }

    private Decision act(InboundReceived message, LiveNotification notification, boolean accepts) {
        var answer = new Answer(
                notification.subjectId(),
                notification.version(),
                notification.says(),
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
        var live = notifications.at(message.lineId(), phone, message.sentAt());
        return live.size() == 1 ? about(decision, live.getFirst()) : decision;
    }

    private static Decision about(Decision decision, LiveNotification notification) {
        UUID patient = notification.patientId();
        return decision.about(patient, notification.subjectId(), notification.messageId());
    }
}
