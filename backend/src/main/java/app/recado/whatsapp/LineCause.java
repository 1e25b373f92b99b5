package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a line is in its state: the words that answers of the API may carry. The last six are of lines that are no linked phone. */
enum LineCause {
    @JsonProperty("none")
    NONE,
    @JsonProperty("never-started")
    NEVER_STARTED,
    @JsonProperty("stopped-here")
    STOPPED_HERE,
    @JsonProperty("logged-out-here")
    LOGGED_OUT_HERE,
    @JsonProperty("logged-out-on-phone")
    LOGGED_OUT_ON_PHONE,
    @JsonProperty("device-removed")
    DEVICE_REMOVED,
    @JsonProperty("qr-expired")
    QR_EXPIRED,
    @JsonProperty("network")
    NETWORK,
    @JsonProperty("server-restart")
    SERVER_RESTART,
    @JsonProperty("server-unavailable")
    SERVER_UNAVAILABLE,
    @JsonProperty("timed-out")
    TIMED_OUT,
    @JsonProperty("opened-elsewhere")
    OPENED_ELSEWHERE,
    @JsonProperty("banned")
    BANNED,
    @JsonProperty("client-outdated")
    CLIENT_OUTDATED,
    @JsonProperty("credentials-unreadable")
    CREDENTIALS_UNREADABLE,
    @JsonProperty("network-mismatch")
    NETWORK_MISMATCH,
    @JsonProperty("wrong-number")
    WRONG_NUMBER,
    @JsonProperty("gateway-away")
    GATEWAY_AWAY,
    @JsonProperty("authorization-failed")
    AUTHORIZATION_FAILED,
    @JsonProperty("not-configured")
    NOT_CONFIGURED,
    @JsonProperty("sender-paused")
    SENDER_PAUSED,
    @JsonProperty("number-unknown")
    NUMBER_UNKNOWN,
    @JsonProperty("instance-unknown")
    INSTANCE_UNKNOWN,
    @JsonProperty("address-refused")
    ADDRESS_REFUSED
}
