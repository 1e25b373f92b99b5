package app.recado.kernel.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an API client may do in its organization, each apart from the others. Names are part of the API and stand in rows: they
 * never change. A client holds no role, and an operation that names no scope is for people alone ({@link Access}).
 */
@Schema(name = "ApiClientScope")
public enum Scope {
    /** Visits and who comes, without ways to reach them. */
    @JsonProperty("appointments:read")
    APPOINTMENTS_READ("appointments:read"),
    /** Book, move, cancel, answer and mark visits. */
    @JsonProperty("appointments:write")
    APPOINTMENTS_WRITE("appointments:write"),
    /** Patients, without ways to reach them. */
    @JsonProperty("patients:read")
    PATIENTS_READ("patients:read"),
    /** Phones and e-mail addresses, wherever a patient is shown. */
    @JsonProperty("patients:read-contact")
    PATIENTS_READ_CONTACT("patients:read-contact"),
    /** Register and change patients. */
    @JsonProperty("patients:write")
    PATIENTS_WRITE("patients:write"),
    /** Practitioners, services, locations, rooms, insurances, the clinic's own fields, hours and free times. */
    @JsonProperty("directory:read")
    DIRECTORY_READ("directory:read"),
    /** Change them. */
    @JsonProperty("directory:write")
    DIRECTORY_WRITE("directory:write"),
    /** Who waits for an hour. */
    @JsonProperty("waitlist:read")
    WAITLIST_READ("waitlist:read"),
    /** Have somebody wait, or no longer. */
    @JsonProperty("waitlist:write")
    WAITLIST_WRITE("waitlist:write"),
    /** What patients were told, and whether it arrived. */
    @JsonProperty("messages:read")
    MESSAGES_READ("messages:read"),
    /** Write to patients in the clinic's name. */
    @JsonProperty("messages:send")
    MESSAGES_SEND("messages:send"),
    /** Figures without a patient. */
    @JsonProperty("reports:read")
    REPORTS_READ("reports:read");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in the API, in its document and in rows, for example {@code patients:read}. */
    public String wireName() {
        return wireName;
    }

    /** Whether it reads and does nothing else, and tells no way to reach a patient. */
    boolean readsWithoutContact() {
        return wireName.endsWith(":read");
    }

    /** The scope of that name; empty for one that this version does not know. */
    public static Optional<Scope> of(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName.equals(wireName))
                .findFirst();
    }
}
