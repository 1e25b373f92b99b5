package app.recado.integrations;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** What an endpoint can be told of. Names are part of the API; a publishable event with another name fails the build. */
enum WebhookEventType {
    @JsonProperty("appointment.booked")
    APPOINTMENT_BOOKED("appointment.booked", "A visit was booked, or a visit that was asked for was accepted"),
    @JsonProperty("appointment.rescheduled")
    APPOINTMENT_RESCHEDULED("appointment.rescheduled", "A visit has another time or practitioner"),
    @JsonProperty("appointment.cancelled")
    APPOINTMENT_CANCELLED("appointment.cancelled", "A visit was cancelled, by staff or by the patient"),
    @JsonProperty("appointment.reinstated")
    APPOINTMENT_REINSTATED("appointment.reinstated", "A cancellation was taken back"),
    @JsonProperty("appointment.answered")
    APPOINTMENT_ANSWERED("appointment.answered", "The patient confirmed, declined or took that back"),
    @JsonProperty("appointment.status_changed")
    APPOINTMENT_STATUS_CHANGED("appointment.status_changed", "The patient arrived, was seen, or did not come"),
    @JsonProperty("appointment.changed")
    APPOINTMENT_CHANGED("appointment.changed", "Something else of a visit changed: data.what says what"),
    @JsonProperty("patient.consent_changed")
    PATIENT_CONSENT_CHANGED("patient.consent_changed", "A patient may, or may no longer, be written to"),
    @JsonProperty("patient.merged")
    PATIENT_MERGED("patient.merged", "Two records were one person: data.replacedId is no patient any more"),
    @JsonProperty("patient.merge_undone")
    PATIENT_MERGE_UNDONE("patient.merge_undone", "A merge was taken back: data.restoredId is a patient again"),
    @JsonProperty("patient.erased")
    PATIENT_ERASED("patient.erased", "A person was taken out of the clinic's records: forget them, too"),
    @JsonProperty("message.changed")
    MESSAGE_CHANGED("message.changed", "A message came further, or will not be sent: data.state says how far"),
    @JsonProperty("conversation.message_received")
    CONVERSATION_MESSAGE_RECEIVED(
            "conversation.message_received",
            "Somebody wrote, or the clinic did on its own phone: data.messageId is the entry, data.from says who"),
    @JsonProperty("conversation.state_changed")
    CONVERSATION_STATE_CHANGED(
            "conversation.state_changed", "A conversation began, ended or was put aside: data.state says which"),
    @JsonProperty("ticket.opened")
    TICKET_OPENED("ticket.opened", "Somebody wants something: data.category says what it is about"),
    @JsonProperty("ticket.changed")
    TICKET_CHANGED("ticket.changed", "A ticket came further or was sorted anew: data.state says how far"),
    /** Sent when somebody asks for it, to that endpoint alone. */
    @JsonProperty("webhook.test")
    TEST("webhook.test", "Somebody tried the endpoint");

    private final String wireName;
    private final String meaning;

    WebhookEventType(String wireName, String meaning) {
        this.wireName = wireName;
        this.meaning = meaning;
    }

    /** As it stands in payloads, in the API and in rows. */
    String wireName() {
        return wireName;
    }

    /** For the API's description. */
    String meaning() {
        return meaning;
    }

    static WebhookEventType of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst()
                .orElseThrow();
    }
}
