package app.recado.conversations;

import app.recado.patients.PatientContacts;
import app.recado.whatsapp.MarketingPreferenceReported;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what people told the platform about marketing. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MarketingPreferences {

    private final PatientContacts contacts;

    MarketingPreferences(PatientContacts contacts) {
        this.contacts = contacts;
    }

    @EventListener
    public void reported(MarketingPreferenceReported preference) {
        contacts.marketing(preference.phone(), preference.allowed(), preference.at());
    }
}
