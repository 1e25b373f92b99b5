package app.recado.organizations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a member may be within one clinic. */
enum MemberRole {
    OWNER,
    RECEPTIONIST,
    PRACTITIONER;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
