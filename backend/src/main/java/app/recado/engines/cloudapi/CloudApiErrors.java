package app.recado.engines.cloudapi;

import app.recado.engines.provider.SendOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What each error of the Cloud API means for a message: try again, wait, stop the line, or give the message up. The same
 * numbers come in answers to calls and, hours later, in status webhooks.
 */
final class CloudApiErrors {

    static final Duration PAIR_RATE = Duration.ofSeconds(10);
    static final Duration SPAM_RATE = Duration.ofHours(1);
    static final Duration A_DAY = Duration.ofDays(1);

    private CloudApiErrors() {}

    /** Of an error with a number, whatever the HTTP status; null for numbers that say nothing certain. */
    static @Nullable SendOutcome of(int code) {
        return switch (code) {
            case 2, 4, 80007, 130429, 131000, 131016, 131057 -> new SendOutcome.Retry("rate-limited", null);
            case 131056 -> new SendOutcome.Retry("pair-rate", PAIR_RATE);
            case 131048 -> new SendOutcome.PauseLine("sender-paused", SPAM_RATE);
            case 131049 -> new SendOutcome.Retry("deferred-by-network", A_DAY);
            case 131047 -> new SendOutcome.Failed("window-closed");
            case 131026 -> new SendOutcome.Failed("undeliverable");
            case 131050 -> new SendOutcome.Failed("marketing-opted-out");
            case 131030 -> new SendOutcome.Failed("recipient-not-allowed");
            case 131051, 131052, 131053 -> new SendOutcome.Failed("media-refused");
            case 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069 ->
                new SendOutcome.Failed("template-refused");
            case 0, 3, 10, 190, 131005 -> new SendOutcome.HaltLine("authorization-failed");
            case 368, 131031 -> new SendOutcome.HaltLine("banned");
            case 100, 131008, 131009, 131021, 133010 -> new SendOutcome.Failed("rejected-by-network");
            default -> code >= 200 && code <= 299 ? new SendOutcome.HaltLine("authorization-failed") : null;
        };
    }

    /** Of a whole answer; {@code code} is null when it carried none. */
    static SendOutcome of(int httpStatus, @Nullable Integer code) {
        if (code != null && of(code) instanceof SendOutcome known) {
            return known;
        }
        if (httpStatus == 401 || httpStatus == 403) {
            return new SendOutcome.HaltLine("authorization-failed");
        }
        if (httpStatus == 429) {
            return new SendOutcome.Retry("rate-limited", null);
        }
        // The platform broke while it had the message in its hands.
        return httpStatus >= 500
                ? new SendOutcome.Unknown("no-acknowledgement")
                : new SendOutcome.Failed("rejected-by-network");
    }
}
