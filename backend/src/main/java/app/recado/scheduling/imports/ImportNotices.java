package app.recado.scheduling.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What patients are told of imported visits that are still to come. Of past ones they are told nothing. */
enum ImportNotices {
    @JsonProperty("none")
    NONE,
    /** No confirmation, but the reminders that any visit has. */
    @JsonProperty("reminders")
    REMINDERS,
    /** As if each had been booked now. */
    @JsonProperty("all")
    ALL;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ImportNotices of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
