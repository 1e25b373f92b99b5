package app.recado.messaging;

import app.recado.whatsapp.CommandState;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * How far a message came, in the order in which one truth overrides another. Reports arrive in any order and again, so
 * the state is the highest of all that was reported: evidence that it reached the phone beats everything else.
 */
public enum MessageState {
    /** Due later. */
    @JsonProperty("planned")
    PLANNED,
    /** Due, and waits: for the line, for the end of quiet hours. */
    @JsonProperty("queued")
    QUEUED,
    /** Given to the gateway, whose answer is not known yet. */
    @JsonProperty("handed")
    HANDED,
    /** The gateway has it. */
    @JsonProperty("accepted")
    ACCEPTED,
    @JsonProperty("sending")
    SENDING,
    /** It may have left or not. Settled by a receipt or by a person, never sent again by itself. */
    @JsonProperty("unknown")
    UNKNOWN,
    /** It became too late to be useful and was not sent. */
    @JsonProperty("expired")
    EXPIRED,
    /** Taken back before it was sent. */
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** Its subject moved on before it was handed over. */
    @JsonProperty("superseded")
    SUPERSEDED,
    /** It was not eligible at the moment of sending. */
    @JsonProperty("suppressed")
    SUPPRESSED,
    /** It was certainly not delivered. */
    @JsonProperty("failed")
    FAILED,
    /** WhatsApp has it. */
    @JsonProperty("sent")
    SENT,
    /** The patient's phone has it. */
    @JsonProperty("delivered")
    DELIVERED,
    @JsonProperty("read")
    READ;

    private static final Set<MessageState> WAITING = EnumSet.of(PLANNED, QUEUED);
    private static final Set<MessageState> AT_GATEWAY = EnumSet.of(HANDED, ACCEPTED);
    private static final Set<MessageState> OUT = EnumSet.of(SENDING, UNKNOWN, SENT, DELIVERED, READ);

    /** True until it is handed over: it can be superseded by one statement. */
    boolean isWaiting() {
        return WAITING.contains(this);
    }

    /** True while it can only be taken back by asking the gateway. */
    boolean isAtGateway() {
        return AT_GATEWAY.contains(this);
    }

    /** True when the patient may have seen it. */
    public boolean isOut() {
        return OUT.contains(this);
    }

    /** Whether a report of {@code other} changes a message in this state. */
    boolean yieldsTo(MessageState other) {
        return other.compareTo(this) > 0;
    }

    /** As it is written in the API and stored. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MessageState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    static MessageState of(CommandState reported) {
        return valueOf(reported.name());
    }
}
