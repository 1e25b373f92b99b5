package app.recado.scheduling.waitlist;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who comes first, by the codes of FHIR R4 (request-priority) that a desk tells apart; stored by their order. */
enum WaitlistPriority {
    @JsonProperty("urgent")
    URGENT,
    @JsonProperty("routine")
    ROUTINE
}
