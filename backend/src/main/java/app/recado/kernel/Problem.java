package app.recado.kernel;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The catalogue of refusals. Code and status are part of the public API and are decided here alone; the title is a
 * sentence a clinic can act on. The console translates every code (a test compares the two lists).
 */
public enum Problem {
    INVALID_JSON(400, "The request body is not the JSON this operation expects"),
    INVALID_PARAMETER(400, "A parameter of the address is missing or malformed"),
    ADDRESS_MALFORMED(400, "This address is spelled in a way that this server does not accept"),
    INVALID_CURSOR(400, "The cursor does not belong to this list"),
    IDEMPOTENCY_KEY_REQUIRED(400, "Send an Idempotency-Key header so that a repetition cannot do the work twice"),
    UNAUTHENTICATED(401, "Sign in first"),
    FORBIDDEN(403, "Your role does not allow this"),
    NOT_MEMBER(403, "You are not a member of this organization"),
    ORGANIZATION_SUSPENDED(403, "This clinic is suspended"),
    ACCOUNT_PROTECTED(403, "This account can only be changed by its owner or by the platform"),
    NOT_YOUR_APPOINTMENT(403, "The appointment is a colleague's"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This address does not answer to that method"),
    NOT_ACCEPTABLE(406, "This operation cannot answer in the requested format"),
    REQUEST_TOO_SLOW(408, "The request took too long to arrive"),
    CONFLICT(409, "The record changed while you were working on it"),
    SLOT_TAKEN(409, "This time was just booked"),
    SERIES_NOT_FREE(409, "Some visits of the series have no place"),
    OUTSIDE_HOURS(409, "This time is outside the practitioner's hours"),
    APPOINTMENT_NOT_IN_THAT_STATE(409, "The appointment is not in a state that allows this"),
    WAITLIST_ENTRY_NOT_IN_THAT_STATE(409, "The waitlist entry is not in a state that allows this"),
    TOO_LATE_TO_UNDO(409, "This was done too long ago to be undone"),
    MESSAGE_NOT_IN_THAT_STATE(409, "The message is not in a state that allows this"),
    CONVERSATION_NOT_IN_THAT_STATE(409, "The conversation is not in a state that allows this"),
    ANSWERED_MEANWHILE(409, "A colleague answered while you were writing"),
    TICKET_OPEN(409, "The conversation has an open ticket"),
    TICKET_NOT_IN_THAT_STATE(409, "The ticket is not in a state that allows this"),
    TEAM_NAME_TAKEN(409, "Another team of this clinic has this name"),
    SHORTCUT_TAKEN(409, "Another saved reply has this shortcut"),
    LINE_NAME_TAKEN(409, "Another line of this clinic has this name"),
    LINE_NOT_IN_THAT_STATE(409, "The line is not in a state that allows this"),
    WINDOW_CLOSED(409, "This patient last wrote more than 24 hours ago, so this line takes only an approved template"),
    LINE_CREDENTIALS_MISSING(409, "Give the line its provider's credentials first"),
    PUBLIC_ADDRESS_MISSING(409, "This installation cannot be reached from outside yet, which this kind of line needs"),
    TEMPLATES_NOT_SUPPORTED(409, "Messages leave on this line without approved templates"),
    TEMPLATE_EXISTS(409, "There is already such a template"),
    TEMPLATE_NOT_IN_THAT_STATE(409, "The template is not in a state that allows this"),
    FLOW_HAS_FAULTS(409, "The flow has faults that would leave somebody without an answer"),
    FLOW_NOT_IN_THAT_STATE(409, "The flow is not in a state that allows this"),
    CAMPAIGN_NOT_IN_THAT_STATE(409, "The campaign is not in a state that allows this"),
    CAMPAIGN_NOT_CONFIRMED(409, "A campaign for many people is started by whoever says how many they are"),
    ORGANIZATION_NOT_IN_THAT_STATE(409, "The clinic is not in a state that allows this"),
    ALIAS_TAKEN(409, "Another organization already uses this short name"),
    LAST_OWNER(409, "A clinic needs at least one owner"),
    MEMBER_EXISTS(409, "This person already belongs to the clinic"),
    IDENTIFIER_TAKEN(409, "Another patient of this clinic has this identifier"),
    IMPORT_NOT_IN_THAT_STATE(409, "The import is not in a state that allows this"),
    RULE_WRITES_TO_MANY(409, "This rule would write to many people at once"),
    HOUR_NOT_OFFERED(409, "This hour cannot be offered to anybody now"),
    LIMIT_REACHED(409, "The clinic's plan does not include more of this"),
    TOO_MANY_RULES(409, "This clinic has as many rules as it may"),
    TOO_MANY_CUSTOM_FIELDS(409, "This clinic has as many fields in use as it may"),
    LEGAL_HOLD(409, "The clinic's records are held for a legal matter"),
    PATIENT_NOT_ERASABLE(409, "This patient cannot be erased right now"),
    PRIVACY_REQUEST_NOT_CARRIED_OUT(409, "Do what was asked first: that answers the request"),
    PATIENT_RESTRICTED(409, "The processing of this patient's data is restricted"),
    PREREGISTRATION_CLOSED(409, "This link was used or taken back"),
    PRIVACY_REQUEST_CLOSED(409, "This request was answered already"),
    WEBHOOK_ENDPOINT_PAUSED(409, "This endpoint is paused"),
    API_CLIENTS_NOT_SET_UP(409, "This installation cannot issue keys for API clients yet"),
    REQUEST_IN_PROGRESS(409, "The same request is still being worked on"),
    MERGE_NOT_UNDOABLE(409, "This merge can no longer be undone"),
    PATIENT_REPLACED(410, "This patient was merged into another one"),
    STALE(412, "Somebody changed this record after you opened it"),
    BODY_TOO_LARGE(413, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Send JSON"),
    HOST_NOT_SERVED(421, "This server does not answer under that name"),
    MEDIA_TYPE_REFUSED(415, "Only pictures (JPEG, PNG, GIF, WebP) and PDF can be sent"),
    INVALID_FIELDS(422, "Some fields need attention"),
    IMPORT_FILE_REFUSED(422, "This file cannot be read as a table"),
    IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used for a different request"),
    PATIENT_UNKNOWN(422, "There is no such patient in this clinic"),
    LINE_UNKNOWN(422, "There is no such line in this clinic"),
    PRACTITIONER_UNKNOWN(422, "There is no such practitioner in this clinic"),
    HEALTHCARE_SERVICE_UNKNOWN(422, "There is no such service in this clinic"),
    TEMPLATE_FIELD_UNKNOWN(422, "The template uses a field that does not exist"),
    TEMPLATE_NOT_SUBMITTABLE(422, "No provider would approve this text"),
    IF_MATCH_REQUIRED(428, "Send If-Match with the version you are changing"),
    TOO_MANY_REQUESTS(429, "Too many requests, wait a moment"),
    TOO_MANY_STREAMS(429, "This account already has as many live connections open as it may"),
    INTERNAL(500, "Something went wrong on our side"),
    IDENTITY_UNAVAILABLE(503, "The sign-in service does not answer, try again in a moment"),
    CREDENTIALS_NOT_KEPT(503, "This installation keeps no credentials, so only phones can be linked"),
    GATEWAY_UNAVAILABLE(503, "The WhatsApp service does not answer, messages wait until it does"),
    MEDIA_UNAVAILABLE(503, "Pictures and documents cannot be reached, try again in a moment"),
    LINE_DOWN(503, "The clinic's WhatsApp line is not connected"),
    NOT_SENT_IN_TIME(504, "It waits to leave: WhatsApp did not confirm it in time");

    private final HttpStatus status;
    private final String title;

    Problem(int status, String title) {
        this.status = HttpStatus.valueOf(status);
        this.title = title;
    }

    /** The stable code of the API, for example {@code slot-taken}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The refusal itself, with the reason in one sentence that holds no patient data. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }

    /** A refusal of one field, named by its JSON pointer. */
    public ProblemException at(String pointer, String fieldCode, String detail) {
        return new ProblemException(this, detail, java.util.List.of(new FieldProblem(pointer, fieldCode, detail)));
    }
}
