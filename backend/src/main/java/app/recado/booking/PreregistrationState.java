package app.recado.booking;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What has become of a link by which a patient completes their card. */
enum PreregistrationState {
    /** It counts. */
    @JsonProperty("open")
    OPEN,
    /** Nobody used it in time. */
    @JsonProperty("expired")
    EXPIRED,
    /** The patient answered; it counts no more. */
    @JsonProperty("completed")
    COMPLETED,
    /** Staff took it back, or made another one. */
    @JsonProperty("revoked")
    REVOKED
}
