package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What becomes, or became, of a row of a file. */
public enum ImportRowOutcome {
    @JsonProperty("created")
    CREATED,
    @JsonProperty("updated")
    UPDATED,
    /** The clinic has this record, or an earlier row of the file is the same; nothing changes. */
    @JsonProperty("already-there")
    ALREADY_THERE,
    /** Something in it is wrong; nothing of it is taken. */
    @JsonProperty("refused")
    REFUSED,
    /** It was created, and removed when the import was undone. */
    @JsonProperty("removed")
    REMOVED,
    /** It was created, and stayed when the import was undone: something refers to it, or somebody changed it. */
    @JsonProperty("kept")
    KEPT;

    /** As it stands in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for a name that is none */
    public static ImportRowOutcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
