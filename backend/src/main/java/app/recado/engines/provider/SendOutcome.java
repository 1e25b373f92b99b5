package app.recado.engines.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to send. Exactly one of them is true; what is in doubt is {@link Unknown}, never a retry. */
public sealed interface SendOutcome {

    /** The provider has it. @param providerId the id under which it will speak of it */
    record Sent(String providerId) implements SendOutcome {}

    /** It was certainly not taken and may be tried again. @param after not before; null for the usual back-off */
    record Retry(String reason, @Nullable Duration after) implements SendOutcome {}

    /** The network throttles the whole number: nothing leaves this line for a while. */
    record PauseLine(String reason, Duration length) implements SendOutcome {}

    /** It will never be taken. */
    record Failed(String reason) implements SendOutcome {}

    /** It may have been taken. A receipt or a person settles it. */
    record Unknown(String reason) implements SendOutcome {}

    /** The provider does not accept us at all: the line stops until somebody acts. The message was not taken and waits. */
    record HaltLine(String cause) implements SendOutcome {}
}
