package app.recado.chatwoot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What telling Chatwoot one thing came to. */
sealed interface Outcome {

    record Told() implements Outcome {}

    /** Something of ours is not there yet: nothing failed. */
    record NotYet(Duration pause) implements Outcome {}

    /** @param pause how long it wants to be left alone; null when it does not say */
    record Later(String cause, @Nullable Duration pause) implements Outcome {}

    record Refused(String cause) implements Outcome {}

    /** An answer that ends this try to tell an item; its outcome says whether there is another. */
    final class Unexpected extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // it never leaves this process
        private final Outcome outcome;

        Unexpected(Outcome outcome) {
            super("unexpected");
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    static ChatwootApi.Answer mustBeOk(ChatwootApi.Answer answer) throws Unexpected {
        if (answer.ok()) {
            return answer;
        }
        throw new Unexpected(
                switch (answer.status()) {
                    // The token may be renewed within the day, also where it lost its rights.
                    case 401, 403 -> new Later("token-refused", null);
                    case 408, 425, 429 -> new Later("busy", answer.retryAfter());
                    default ->
                        answer.status() >= 500
                                ? new Later("answered-" + answer.status(), answer.retryAfter())
                                : new Refused("answered-" + answer.status());
                });
    }
}
