package app.recado.engines.twilio;

import app.recado.engines.provider.SendOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What each of Twilio's error codes means for a message, in answers to calls and in status callbacks. */
final class TwilioErrors {

    private TwilioErrors() {}

    /** Null for codes that say nothing certain. */
    static @Nullable SendOutcome of(int code) {
        return switch (code) {
            case 20429, 63018, 63032 -> new SendOutcome.Retry("rate-limited", null);
            case 63049 -> new SendOutcome.Retry("deferred-by-network", Duration.ofDays(1));
            case 63038 -> new SendOutcome.PauseLine("sender-paused", Duration.ofHours(1));
            case 63016 -> new SendOutcome.Failed("window-closed");
            case 63024, 21211, 63003 -> new SendOutcome.Failed("undeliverable");
            case 63033 -> new SendOutcome.Failed("marketing-opted-out");
            case 21608, 63015 -> new SendOutcome.Failed("recipient-not-allowed");
            case 21610 -> new SendOutcome.Failed("recipient-opted-out");
            case 63021, 63027, 63028, 63040, 63041, 63042 -> new SendOutcome.Failed("template-refused");
            case 63005, 63019, 11200, 12300 -> new SendOutcome.Failed("media-refused");
            case 20003, 20403 -> new SendOutcome.HaltLine("authorization-failed");
            case 21212, 21606, 63007 -> new SendOutcome.HaltLine("number-unknown");
            case 63001, 63002 -> new SendOutcome.HaltLine("authorization-failed");
            case 63013, 63020 -> new SendOutcome.Failed("rejected-by-network");
            default -> null;
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
        return httpStatus >= 500
                ? new SendOutcome.Unknown("no-acknowledgement")
                : new SendOutcome.Failed("rejected-by-network");
    }
}
