package app.recado.conversations;

import app.recado.kernel.security.Caller;
import java.util.Objects;

/**
 * Somebody of the clinic.
 *
 * @param account their id in the identity server
 * @param name as they are called
 */
record Staff(String account, String name) {

    /** Whoever asks now. */
    static Staff current() {
        var caller = Caller.current();
        return new Staff(caller.subject(), Objects.requireNonNullElse(caller.name(), caller.subject()));
    }
}
