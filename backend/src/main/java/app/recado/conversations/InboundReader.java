package app.recado.conversations;

import app.recado.messaging.LiveNotification;
import app.recado.messaging.LiveNotifications;
import app.recado.messaging.SubjectAnswers;
import app.recado.messaging.SubjectAnswers.Answer;
import app.recado.messaging.SurveyAnswers;
import app.recado.whatsapp.InboundReceived;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    /** Why staff look at words about several visits at once: they may say one thing of one and another of the next. */
    static final String SEVERAL = "several-visits";

    private static final Set<String> ONE_DOES = Set.of("si", "sim", "yes");
    private static final Set<String> ANOTHER_DOES_NOT = Set.of("no", "nao", "not");

    private final ConsentWords consents;
    private final LiveNotifications notifications;
    private final SubjectAnswers answers;
    private final SurveyAnswers surveys;
    private final OwnPhoneWords ownPhone;
    private final AutomaticTurns turns;

    InboundReader(
            ConsentWords consents,
            LiveNotifications notifications,
            SubjectAnswers answers,
            SurveyAnswers surveys,
            OwnPhoneWords ownPhone,
            AutomaticTurns turns) {
        this.consents = consents;
        this.notifications = notifications;
        this.answers = answers;
        this.surveys = surveys;
        this.ownPhone = ownPhone;
        this.turns = turns;
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
            case ACCEPT -> act(message, person.contactId(), phone, true);
            case DECLINE -> act(message, person.contactId(), phone, false);
            default -> notUnderstood(message, person, phone);
        };
    }

    /** "Ana sí, Luis no" is for a person, who has both visits before them; what says nothing of who comes may be a question. */
    private Decision notUnderstood(InboundReceived message, Person person, String phone) {
        var live = notifications.at(message.lineId(), phone, message.sentAt());
        return live.size() > 1 && isOfOneMessage(live)
                ? aboutAll(Decision.forStaff(saysWho(message.text(), live, person) ? SEVERAL : "not-understood"), live)
                : live.size() == 1
                        ? about(Decision.forStaff("not-understood"), live.getFirst())
                        : Decision.forStaff("not-understood");
    }

    private static boolean isOfOneMessage(List<LiveNotification> live) {
        return live.stream().map(LiveNotification::jointId).distinct().count() == 1;
    }

    /** One of those whose visits they are is named, or there is a yes and a no in it. */
    private static boolean saysWho(@Nullable String text, List<LiveNotification> told, Person person) {
        var words = AnswerWords.of(Objects.requireNonNullElse(text, ""));
        boolean mixed =
                words.stream().anyMatch(ONE_DOES::contains) && words.stream().anyMatch(ANOTHER_DOES_NOT::contains);
        return mixed
                || person.patients().stream()
                        .filter(patient ->
                                told.stream().anyMatch(one -> one.patientId().equals(patient.id())))
                        .flatMap(patient ->
                                AnswerWords.of(patient.displayName()).stream().limit(1))
                        .anyMatch(words::contains);
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
        var told = notifications.quoted(message.lineId(), phone, target, message.sentAt());
        return told.isEmpty()
                ? Decision.ignored("unsupported-kind")
                : actIfLive(message, told, meaning == Understanding.Meaning.ACCEPT);
    }

    private Decision act(InboundReceived message, @Nullable UUID contactId, String phone, boolean accepts) {
        var quotedId = message.quotedProviderMessageId();
        if (quotedId != null) {
            var told = notifications.quoted(message.lineId(), phone, quotedId, message.sentAt());
            return told.isEmpty() ? Decision.forStaff("no-live-notification") : actIfLive(message, told, accepts);
        }
        var live = notifications.at(message.lineId(), phone, message.sentAt());
        if (live.isEmpty()) {
            return Decision.forStaff("no-live-notification");
        }
        if (!isOfOneMessage(live)) {
            return Decision.forStaff("ambiguous");
        }
        return isLastAsked(live.getFirst(), message, contactId, phone)
                ? act(message, live, accepts)
                : aboutAll(Decision.forStaff(OwnPhoneWords.SAID_SINCE), live);
    }

    /**
     * Bare words answer what was said last, whoever of the clinic said it and whatever it was; but where that asked nothing and
     * a flow or the assistant had asked something before, they answer the question.
     */
    private boolean isLastAsked(
            LiveNotification notification, InboundReceived message, @Nullable UUID contactId, String phone) {
        return notification.last()
                && (notification.asks() || contactId == null || !turns.asks(contactId, message.lineId()))
                && !ownPhone.between(message.lineId(), phone, notification.saidAt(), message.sentAt());
    }

    private Decision actIfLive(InboundReceived message, List<LiveNotification> told, boolean accepts) {
        var live = told.stream().filter(LiveNotification::live).toList();
        return live.isEmpty() ? aboutAll(Decision.forStaff("superseded"), told) : act(message, live, accepts);
    }

    /**
     * A yes to a message that told several visits is one to all of them, if that message said so. A no is not: who of them
     * does not come is for a person to ask.
     */
    private Decision act(InboundReceived message, List<LiveNotification> told, boolean accepts) {
        if (told.size() == 1) {
            return act(message, told.getFirst(), accepts);
        }
        if (!accepts || !told.stream().allMatch(LiveNotification::answersAll)) {
            return aboutAll(Decision.forStaff(SEVERAL), told);
        }
        // In the order in which visits are locked.
        var inOrder = told.stream()
                .sorted(Comparator.comparing(one -> one.subjectId().toString()))
                .toList();
        var decisions = inOrder.stream().map(one -> act(message, one, true)).toList();
        var visits = new ArrayList<Decision.About>();
        for (int i = 0; i < inOrder.size(); i++) {
            var one = inOrder.get(i);
            visits.add(new Decision.About(
                    one.subjectId(),
                    one.messageId(),
                    decisions.get(i).outcome() == Outcome.ACCEPTED ? Outcome.ACCEPTED : null));
        }
        return decisions.stream()
                .filter(Decision::needsStaff)
                .findFirst()
                .or(() -> decisions.stream()
                        .filter(decision -> decision.outcome() == Outcome.ACCEPTED)
                        .findFirst())
                .orElseGet(decisions::getFirst)
                .aboutAll(inOrder.getFirst().jointId(), visits);
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

    private static Decision about(Decision decision, LiveNotification notification) {
        return decision.about(notification.patientId(), notification.subjectId(), notification.messageId());
    }

    /** With every visit that one message told attached. */
    private static Decision aboutAll(Decision decision, List<LiveNotification> told) {
        return told.size() == 1
                ? about(decision, told.getFirst())
                : decision.aboutAll(
                        told.getFirst().jointId(),
                        told.stream()
                                .map(one -> new Decision.About(one.subjectId(), one.messageId(), null))
                                .toList());
    }
}
