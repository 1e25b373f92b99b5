package app.recado.conversations;

import app.recado.patients.ContactConsents;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.ContactKnown;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.MediaFetched;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what arrives, in the transaction that stores it: finds out who it is from, keeps it once, and says what is to be
 * done about it. Only words and reactions of a person in a direct chat are read as answers; everything else of a person is
 * for staff, and what the clinic itself wrote or what was said in groups asks nobody to look. Posts of a status or a
 * newsletter, and what bots say, are not kept at all.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class InboundIntake {

    /** What somebody says of their visit is answered by nobody but the clinic. */
    private static final Set<String> FOR_A_PERSON = Set.of("low-rating", "survey-comment", InboundReader.SEVERAL);

    private static final Set<String> KEPT = Set.of("direct", "group");

    /** What somebody says or shows; whoever speaks by itself knows what of it to go on with. */
    private static final Set<String> OFFERED = Set.of("text", "image", "audio", "video", "document");

    /** Nobody expects an answer within seconds to what is older. */
    private static final Duration STILL_NEW = Duration.ofHours(1);

    private final InboundMessages inbound;
    private final ConversationFlow conversations;
    private final InboundReader reader;
    private final InboundRevisions revisions;
    private final Contacts contacts;
    private final PatientContacts patients;
    private final ContactConsents consents;
    private final ReadReceipts receipts;
    private final OwnPhoneWords ownPhone;
    private final JoinedConversations joined;
    private final AutomaticTurns turns;
    private final MeterRegistry metrics;
    private final Clock clock;

    InboundIntake(
            InboundMessages inbound,
            ConversationFlow conversations,
            InboundReader reader,
            InboundRevisions revisions,
            Contacts contacts,
            PatientContacts patients,
            ContactConsents consents,
            ReadReceipts receipts,
            OwnPhoneWords ownPhone,
            JoinedConversations joined,
            AutomaticTurns turns,
            MeterRegistry metrics,
            Clock clock) {
        this.inbound = inbound;
        this.conversations = conversations;
        this.reader = reader;
        this.revisions = revisions;
        this.contacts = contacts;
        this.patients = patients;
        this.consents = consents;
        this.receipts = receipts;
        this.ownPhone = ownPhone;
        this.joined = joined;
        this.turns = turns;
        this.metrics = metrics;
        this.clock = clock;
    }

    @EventListener
    public void received(InboundReceived message) {
        if (!KEPT.contains(message.chat().kind())) {
            metrics.counter("recado.inbound.not_kept", "chat", message.chat().kind())
                    .increment();
            return;
        }
        var contact = contactOf(message);
        switch (message.kind()) {
            case "edit" -> {
                if (!revisions.edited(message, contact)) {
                    // The message itself never came: what it says now is what was said.
                    keep(message.asFirstSeen(), contact);
                }
            }
            case "delete" -> revisions.revoked(message, contact);
            default -> keep(message, contact);
        }
    }

    private @Nullable Contact contactOf(InboundReceived message) {
        if (!message.chat().isDirect()) {
            return null;
        }
        var name = message.fromMe() ? null : message.sender().name();
        return contacts.seen(message.lineId(), message.other(), name).orElse(null);
    }

    private void keep(InboundReceived message, @Nullable Contact contact) {
        var phone = contact == null ? null : contact.phone();
        if (phone != null) {
            ownPhone.hold(message.lineId(), phone);
        }
        var stored = inbound.store(message, contact);
        if (stored.isEmpty()) {
            return; // known already: the network or the gateway repeated it
        }
        if (message.fromMe()) {
            ownPhone.doubtAnswersTo(stored.get());
        } else if (phone != null) {
            contacts.foundOut(phone, true, message.sentAt());
        }
        var people = phone == null ? List.<PatientContact>of() : patients.byPhone(phone);
        var only = onlyOneWritingFrom(phone);
        var person = contact == null ? null : new Person(phone, contact.id(), people);
        var decision = offered(stored.get(), message, contact, decide(message, contact, person));
        inbound.decide(stored.get(), decision.from(only));
        conversations.kept(stored.get());
        if (decision.outcome() != Outcome.FOR_STAFF && decision.outcome() != Outcome.IGNORED) {
            receipts.read(stored.get());
        }
    }

    /** Whom a number names, whichever of theirs it is; null for nobody and for several. */
    private @Nullable UUID onlyOneWritingFrom(@Nullable String phone) {
        var people = phone == null ? List.<PatientContact>of() : patients.writingFrom(phone);
        return people.size() == 1 ? people.getFirst().id() : null;
    }

    /**
     * What only a person could answer is offered to what speaks by itself, unless they ask for a person or it waited too long
     * on its way to be answered as if it were new.
     */
    private Decision offered(UUID id, InboundReceived message, @Nullable Contact contact, Decision decision) {
        var now = clock.instant();
        if (contact == null
                || !decision.needsStaff()
                || !OFFERED.contains(message.kind())
                || HandOverWords.asks(message.text())
                || FOR_A_PERSON.contains(Objects.requireNonNullElse(decision.reason(), ""))
                || message.sentAt().isBefore(now.minus(STILL_NEW))) {
            return decision;
        }
        boolean about = decision.messageId() != null;
        var choice = message.content().choice();
        boolean taken = turns.takes(new AutomaticTurns.Offered(
                id,
                contact.id(),
                message.lineId(),
                message.kind(),
                message.text(),
                choice == null ? null : choice.id(),
                about,
                about && message.quotedProviderMessageId() != null,
                now));
        return taken
                ? new Decision(
                        Outcome.IN_FLOW,
                        null,
                        decision.patientId(),
                        decision.appointmentId(),
                        decision.messageId(),
                        decision.visits())
                : decision;
    }

    private Decision decide(InboundReceived message, @Nullable Contact contact, @Nullable Person person) {
        if (message.fromMe()) {
            return Decision.ignored("own-message");
        }
        if (!message.chat().isDirect()) {
            return Decision.ignored("group");
        }
        return switch (message.kind()) {
            case "unavailable" -> Decision.forStaff("open-phone");
            case "identity-changed" -> Decision.forStaff("identity-changed");
            case "call" -> {
                var call = message.content().call();
                yield call == null || call.missed() ? Decision.forStaff("missed-call") : Decision.ignored("call-taken");
            }
            case "reaction" -> reaction(message, contact, person);
            case "text" -> read(message, person);
            default -> Decision.forStaff(contact == null ? "unknown-sender" : "unsupported-kind");
        };
    }

    /**
     * The newest reaction of a person to a message is the only one. Another one in the place of a thumb takes the thumb back
     * as removing it does, whatever it says itself.
     */
    private Decision reaction(InboundReceived message, @Nullable Contact contact, @Nullable Person person) {
        if (contact != null && revisions.replaced(message, contact)) {
            return Decision.ignored("older-answer");
        }
        if (reader.isAnswer(message)) {
            return read(message, person);
        }
        return revisions
                .takenBack(message, contact)
                .orElseGet(() -> Decision.ignored(message.text() == null ? "reaction-taken-back" : "unsupported-kind"));
    }

    private Decision read(InboundReceived message, @Nullable Person person) {
        if (person != null) {
            return reader.decide(message, person);
        }
        return message.kind().equals("reaction")
                ? Decision.ignored("unsupported-kind")
                : Decision.forStaff("unknown-sender");
    }

    @EventListener
    public void fetched(MediaFetched media) {
        inbound.fetched(media);
    }

    /** What somebody wrote before their number was known is theirs, and so is what they wished. */
    @EventListener
    public void known(ContactKnown known) {
        var contact = known.contact();
        var phone = contact.phone();
        consents.nowOf(contact.id(), contact.id(), phone);
        known.others().forEach(other -> consents.nowOf(other, contact.id(), phone));
        inbound.nowOf(known, onlyOneWritingFrom(phone));
        joined.nowOf(known);
    }
}
