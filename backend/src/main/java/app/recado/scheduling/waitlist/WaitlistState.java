package app.recado.scheduling.waitlist;

import app.recado.kernel.Problem;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where an entry stands. An active one may be offered an hour, booked, or withdrawn; an offer ends in a booking, a
 * withdrawal, or back in the list. Only withdrawn ones come back.
 */
enum WaitlistState {
    /** Waits. */
    @JsonProperty("active")
    ACTIVE,
    /** An hour is offered to the patient, who has not answered yet. */
    @JsonProperty("offered")
    OFFERED,
    /** Has a visit. */
    @JsonProperty("booked")
    BOOKED,
    /** Does not wait any more. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Waited until its last day was over; never stored, because it follows from that day. */
    @JsonProperty("expired")
    EXPIRED;

    /** @throws app.recado.kernel.ProblemException {@code invalid-parameter} for a word outside the set */
    static WaitlistState parameter(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_PARAMETER.because("There is no such state"));
    }

    static WaitlistState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** As it is written in the API, for example {@code active}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
