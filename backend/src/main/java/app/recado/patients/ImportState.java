package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How far an import is. */
public enum ImportState {
    /** The file is there; nobody said yet what its columns hold. */
    @JsonProperty("uploaded")
    UPLOADED,
    /** Every row is being tried; nothing is written. */
    @JsonProperty("checking")
    CHECKING,
    /** What would happen is known. */
    @JsonProperty("checked")
    CHECKED,
    @JsonProperty("importing")
    IMPORTING,
    @JsonProperty("imported")
    IMPORTED,
    /** The records it made are being removed. */
    @JsonProperty("undoing")
    UNDOING,
    @JsonProperty("undone")
    UNDONE,
    /** The file cannot be read to its end; nothing was written. */
    @JsonProperty("failed")
    FAILED;

    /** As it stands in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ImportState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
