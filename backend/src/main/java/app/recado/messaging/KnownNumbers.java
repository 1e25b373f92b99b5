package app.recado.messaging;

import app.recado.patients.WhatsAppKnowledge;
import app.recado.whatsapp.Contacts;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Hands on what lines found out, which stands with the contact of each number. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class KnownNumbers implements WhatsAppKnowledge {

    private final Contacts contacts;

    KnownNumbers(Contacts contacts) {
        this.contacts = contacts;
    }

    @Override
    public Map<String, Known> of(Collection<String> phones) {
        return contacts.onWhatsApp(phones).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> new Known(one.getValue().has(), one.getValue().at())));
    }
}
