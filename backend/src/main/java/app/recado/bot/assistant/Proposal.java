package app.recado.bot.assistant;

import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Visit;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that is asked back before it is made. It was checked against the agenda when it was made and is checked again when
 * it is carried out.
 *
 * @param visit what is confirmed, moved or cancelled, in the version that is said back; null for something new
 * @param serviceId what is booked or waited for; null otherwise
 * @param serviceName what the patient reads
 * @param time the new time; null where there is none
 */
public record Proposal(
        Kind kind,
        @Nullable Visit visit,
        @Nullable UUID serviceId,
        String serviceName,
        @Nullable Free time) {

    /** What would change. */
    public enum Kind {
        BOOK,
        MOVE,
        CANCEL,
        CONFIRM,
        /** To be told when an hour becomes free. */
        WAIT;

        /** Whether it is about a visit that is there already. */
        public boolean ofVisit() {
            return this == MOVE || this == CANCEL || this == CONFIRM;
        }

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
