package app.recado.messaging;

import app.recado.patients.PatientErasing;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes back what waits for somebody who asked to be erased. What an engine has already stands in the way of it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ErasedPatientsMessages {

    /** Part of the API as a message's reason. */
    private static final String GONE = "patient-gone";

    private final Messages messages;

    ErasedPatientsMessages(Messages messages) {
        this.messages = messages;
    }

    /** Visits are locked before their messages: after those who call these off. */
    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    public void erasing(PatientErasing event) {
        messages.lockWaitingOf(event.cards())
                .forEach(message -> messages.settle(message, MessageState.WITHDRAWN, GONE, messages.now()));
    }
}
