package app.recado.organizations;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a clinic's plan may limit. */
public enum Limit {
    /** WhatsApp lines, linked or not. */
    @JsonProperty("lines")
    LINES,
    /** Messages that were handed over on one day of the clinic. */
    @JsonProperty("messages-per-day")
    MESSAGES_PER_DAY,
    /** People of the clinic; who is invited counts once they accept. */
    @JsonProperty("members")
    MEMBERS,
    /** Files that the clinic's people uploaded, in megabytes of 1,048,576 bytes. */
    @JsonProperty("storage-megabytes")
    STORAGE_MEGABYTES;

    /** As it stands in the API, for example {@code messages-per-day}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
