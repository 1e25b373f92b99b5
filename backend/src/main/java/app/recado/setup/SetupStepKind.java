package app.recado.setup;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a clinic needs before its patients hear from it, in the order in which one thing asks for the other. */
enum SetupStepKind {
    /** The clinic itself is there, with its first owner. */
    @JsonProperty("clinic")
    CLINIC,
    /** Patients can be told where to come: a place in use has an address. */
    @JsonProperty("location")
    LOCATION,
    /** Somebody sees patients. */
    @JsonProperty("practitioners")
    PRACTITIONERS,
    /** There is something to come for. */
    @JsonProperty("services")
    SERVICES,
    /** It is said when: of the clinic or of one practitioner. */
    @JsonProperty("hours")
    HOURS,
    /** A phone or a provider's number was linked. One that is down later has been linked all the same. */
    @JsonProperty("line")
    LINE,
    /** A message left: to a patient, or to the phone on which a line was tried. */
    @JsonProperty("first-message")
    FIRST_MESSAGE
}
