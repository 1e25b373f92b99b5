package app.recado.conversations;

import app.recado.messaging.LiveNotification;
import app.recado.messaging.LiveNotifications;
import app.recado.messaging.SubjectAnswers;
import app.recado.messaging.SubjectAnswers.Answer;
import app.recado.messaging.SurveyAnswers;
import app.recado.whatsapp.InboundReceived;
import java.util.Objects;
import java.util.Optional;
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

    private final ConsentWords consents;
    private final LiveNotifications notifications;
    private final SubjectAnswers answers;
    private final SurveyAnswers surveys;
    private final OwnPhoneWords ownPhone;

    InboundReader(
            ConsentWords consents,
            LiveNotifications notifications,
            SubjectAnswers answers,
            SurveyAnswers surveys,
            OwnPhoneWords ownPhone) {
        this.consents = consents;
        this.notifications = notifications;
        this.answers = answers;
        this.surveys = surveys;
        this.ownPhone = ownPhone;
    }

    /** What words or a reaction of somebody in a direct chat lead to. */
    Decision decide(InboundReceived message, Person person) {
        var phone = person.phone();
        if (message.kind().equals("reaction")) {
            return phone == null ? Decision.ignored("unsupported-kind") : decideReaction(message, phone);
        }
        return decideText(message, person);
    }

    /** What words alone, or on a button, say. */
    Understanding.Meaning meaning(@Nullable String text, @Nullable String choiceId) {
        return Understanding.of(text, choiceId);
    }

    /** Whether the words, or the reaction, say yes or no. */
    boolean isAnswer(InboundReceived message) {
        var meaning = meaning(message.text(), null);
        return meaning == Understanding.Meaning.ACCEPT || meaning == Understanding.Meaning.DECLINE;
    }

    private Decision decideText(InboundReceived message, Person person) {
        var choice = message.content().choice();
        var meaning = meaning(message.text(), choice == null ? null : choice.id());
        if (meaning == Understanding.Meaning.STOP) {
            return consents.stop(message, person);
        }
        if (meaning == Understanding.Meaning.START
                && consents.start(message, person).orElse(null) instanceof Decision decided) {
            return decided;
        }
        var phone = person.phone();
        if (phone == null) {
            return Decision.forStaff("unknown-sender"); // whose number nobody knows was told of no visit
        }
        if (rated(message, phone).orElse(null) instanceof Decision rated) {
            return rated;
        }
        return switch (meaning) {
            case ACCEPT -> act(message, phone, true);
            case DECLINE -> act(message, phone, false);
            default -> aboutTheOnlyOne(Decision.forStaff("not-understood"), message, phone);
        };
    }

    /**
     * A number to who was asked last how a visit was. A low one is for a person, and so is whatever says more than the number:
     * it may be a question.
     */
    private Optional<Decision> rated(InboundReceived message, String phone) {
        var text = message.text();
        if (text == null) {
            return Optional.empty();
        }
        var quoted = message.quotedProviderMessageId();
        return surveys.asked(message.lineId(), phone, quoted, message.sentAt())
                .filter(survey -> quoted != null
                        || !ownPhone.between(message.lineId(), phone, survey.askedAt(), message.sentAt()))
                .flatMap(survey -> surveys.rate(survey, text, message.sentAt())
                        .map(rating -> (rating.low()
                                        ? Decision.forStaff("low-rating")
                                        : rating.withWords()
                                                ? Decision.forStaff("survey-comment")
                                                : Decision.of(Outcome.RATED, null))
                                .about(survey.patientId(), survey.appointmentId(), survey.messageId())));
    }

    /** A thumb on a notification is an answer that quotes it; on anything else it says nothing. */
    private Decision decideReaction(InboundReceived message, String phone) {
        var meaning = meaning(message.text(), null);
        var target = message.targetProviderMessageId();
        if (target == null) {
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
