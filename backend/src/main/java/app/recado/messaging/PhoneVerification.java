package app.recado.messaging;

import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Addresses codes to the contact behind a phone, never to a patient: nothing differs between those who are one and others. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PhoneVerification implements VerificationMessages {

    private final WhatsAppLines lines;
    private final Contacts contacts;
    private final Messages messages;

    PhoneVerification(WhatsAppLines lines, Contacts contacts, Messages messages) {
        this.lines = lines;
        this.contacts = contacts;
        this.messages = messages;
    }

    @Override
    public boolean possible() {
        return line().isPresent();
    }

    private Optional<LineFacts> line() {
        return lines.defaultLine().filter(LineFacts::linked).filter(line -> !line.window24h());
    }

    @Override
    public boolean send(String e164, String text, Instant usefulUntil) {
        var line = line();
        if (line.isEmpty()) {
            return false;
        }
        var contact = contacts.seen(line.get().id(), ContactIds.phone(e164), null)
                .orElseThrow(() -> new IllegalStateException("A phone names somebody"));
        messages.insertWritten(
                StoredMessage.VERIFICATION,
                Addressee.contact(contact.id()),
                line.get().id(),
                new Payload.Text(text),
                usefulUntil,
                null);
        return true;
    }
}
