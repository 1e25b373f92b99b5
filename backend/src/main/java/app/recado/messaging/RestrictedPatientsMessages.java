package app.recado.messaging;

import app.recado.patients.PatientRestrictionChanged;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps back what is on its way to somebody whose data is restricted. Notices that wait are asked again at the moment of
 * sending, so that they leave should it be lifted in time; what was written by hand before is taken back, because nobody
 * was told then.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RestrictedPatientsMessages {

    /** Part of the API as a message's reason. */
    private static final String RESTRICTED = "restricted";

    private final Messages messages;

    RestrictedPatientsMessages(Messages messages) {
        this.messages = messages;
    }

    @EventListener
    public void changed(PatientRestrictionChanged event) {
        if (event.restricted()) {
            messages.lockWaitingOf(List.of(event.patientId())).stream()
                    .filter(StoredMessage::isManual)
                    .forEach(message -> messages.settle(message, MessageState.WITHDRAWN, RESTRICTED, messages.now()));
            messages.lockAtGatewayOf(event.patientId()).forEach(message -> messages.wantBack(message, RESTRICTED));
        }
    }
}
