package app.recado.whatsapp;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages to a WhatsApp line. Calls go over the network: never make them inside a transaction. Whether a call that
 * was not answered may be repeated is the engine's property: {@link LineEngineKind#mayRepeatCalls()}.
 */
public interface LineEngine {

    /** Hands a message over.
     *
     * @throws EngineUnavailable when there was no answer: see {@link EngineUnavailable#notTaken()} */
    HandOffAnswer submit(Command command) throws EngineUnavailable;

    /** Takes a message back unless it is on its way already. One that the engine never saw will be refused if it comes.
     * May be repeated any number of times.
     *
     * @throws EngineUnavailable when there was no answer: ask again */
    WithdrawAnswer withdraw(UUID lineId, UUID messageId) throws EngineUnavailable;

    /** What the engine says to a message handed over. */
    sealed interface HandOffAnswer {

        /**
         * It has the message, and this is how far it came: {@code accepted} at first at an engine with a queue of its own,
         * whatever became of it on repetitions, {@code unknown} where nobody can tell.
         *
         * @param engineMessageId the id by which the engine will speak of it; null when that is the one we chose
         */
        record Taken(
                CommandState state,
                @Nullable String reason,
                @Nullable String engineMessageId) implements HandOffAnswer {

            public Taken(CommandState state, @Nullable String reason) {
                this(state, reason, null);
            }
        }

        /**
         * It has certainly not taken it and may be asked again.
         *
         * @param reason a code
         * @param after not before; null for the usual back-off
         */
        record NotTaken(String reason, @Nullable Duration after) implements HandOffAnswer {}

        /** It has no such line, so it has not got the message either. */
        record LineUnknown() implements HandOffAnswer {}

        /** It answers with an error that it does not explain; other messages may fare better. */
        record Failing() implements HandOffAnswer {}

        /** It has another message under this id; which one was sent cannot be told from here. */
        record Differs() implements HandOffAnswer {}

        /** It will never take this message. */
        record Refused(String code) implements HandOffAnswer {}
    }

    /** What the engine says to a message taken back. */
    sealed interface WithdrawAnswer {

        /** It will not be sent. */
        record Withdrawn() implements WithdrawAnswer {}

        /** Too late: this is what became of it. */
        record TooLate(CommandState state, @Nullable String reason) implements WithdrawAnswer {}

        /** It has no such line, so it has not got the message either. */
        record LineUnknown() implements WithdrawAnswer {}
    }
}
