package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who is expected to say or do something next. */
enum ConversationTurn {
    /** The patient waits for an answer of the clinic. */
    CLINIC,
    /** The clinic answered and waits for the patient. */
    PATIENT,
    /** Recado carries on; nobody has to do anything. */
    RECADO;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
