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
 * @param visit what is moved or cancelled, in the version that is said back; null when something is booked
 * @param serviceId what is booked; null otherwise
 * @param serviceName what the patient reads
 * @param time the new time; null when a visit is cancelled
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
        CANCEL;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
