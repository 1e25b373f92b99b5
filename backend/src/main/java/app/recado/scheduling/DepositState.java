package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What became of the deposit that was asked for with a visit. */
public enum DepositState {
    /** Asked for; the visit is released when it is not paid in time. */
    @JsonProperty("due")
    DUE,
    /** Staff or the clinic's payment system say that it was paid. */
    @JsonProperty("paid")
    PAID,
    /** Staff want none for this visit. */
    @JsonProperty("waived")
    WAIVED,
    /** It was not paid in time, and the visit was released. */
    @JsonProperty("lapsed")
    LAPSED;

    static DepositState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
