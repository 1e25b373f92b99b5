package app.recado.conversations;

import app.recado.messaging.Acknowledgement;
import app.recado.messaging.CampaignMessages;
import app.recado.messaging.Outbox;
import app.recado.patients.ContactConsents;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.InboundReceived;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records that somebody wants no more messages, or wants them again, and tells them so once: a patient in their language,
 * anybody else in the clinic's. It holds for their number; for somebody whose number is not known, for them alone.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ConsentWords {

    private final PatientContacts patients;
    private final ContactConsents contacts;
    private final Outbox outbox;
    private final CampaignMessages campaigns;

    ConsentWords(PatientContacts patients, ContactConsents contacts, Outbox outbox, CampaignMessages campaigns) {
        this.patients = patients;
        this.contacts = contacts;
        this.outbox = outbox;
        this.campaigns = campaigns;
    }

    Decision stop(InboundReceived message, Person person) {
        var phone = person.phone();
        if (phone != null
                && campaigns.isAnswer(message.lineId(), phone, message.quotedProviderMessageId(), message.sentAt())) {
            return stopMarketing(message, person, phone);
        }
        boolean changed;
        if (phone == null) {
            var contact = person.contact();
            changed = contacts.optOut(contact, message.sentAt());
            if (!contacts.optedOut(contact, null)) {
                return Decision.ignored("older-answer");
            }
            outbox.withdrawAllTo(contact);
        } else {
            changed = patients.optOut(phone, message.sentAt());
            var reached = patients.answering(phone);
            if (!reached.isEmpty() && reached.stream().noneMatch(PatientContact::optedOut)) {
                return Decision.ignored("older-answer"); // they wanted messages again later than this
            }
            outbox.withdrawAllTo(phone);
        }
        if (changed) {
            acknowledge(Acknowledgement.OPT_OUT, person, message.lineId());
        }
        return Decision.of(Outcome.OPTED_OUT, null);
    }

    /** A stop that answers a campaign is about campaigns: reminders of visits go on, and the answer says how to stop those. */
    private Decision stopMarketing(InboundReceived message, Person person, String phone) {
        if (patients.stopMarketing(phone, Objects.requireNonNullElse(message.text(), ""), message.sentAt())) {
            acknowledge(Acknowledgement.MARKETING_OPT_OUT, person, message.lineId());
        }
        return Decision.of(Outcome.OPTED_OUT, "marketing");
    }

    /** Empty when they had stopped nothing, or did so later than this: then the word means something else. */
    Optional<Decision> start(InboundReceived message, Person person) {
        var phone = person.phone();
        boolean changed = phone == null
                ? contacts.optIn(person.contact(), message.sentAt())
                : patients.optIn(phone, message.sentAt());
        if (!changed) {
            return Optional.empty();
        }
        acknowledge(Acknowledgement.OPT_IN, person, message.lineId());
        return Optional.of(Decision.of(Outcome.OPTED_IN, null));
    }

    private void acknowledge(Acknowledgement what, Person person, UUID lineId) {
        if (!person.patients().isEmpty()) {
            outbox.acknowledge(what, person.patients().getFirst(), lineId);
        } else if (person.contactId() != null) {
            outbox.acknowledge(what, Objects.requireNonNull(person.contactId()), lineId);
        }
    }
}
