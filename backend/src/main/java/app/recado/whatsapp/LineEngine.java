package app.recado.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages to a WhatsApp line. Calls go over the network: never make them inside a transaction. Both may be
 * repeated any number of times with the same effect as once.
 */
public interface LineEngine {

    /** Hands a message over. The engine answers as soon as it has stored it, not when it was sent.
     *
     * @throws GatewayAway when there was no answer: the message may or may not have been taken, so ask again */
    HandOffAnswer submit(Command command) throws GatewayAway;

    /** Takes a message back unless it is on its way already. One that the engine never saw will be refused if it comes.
     *
     * @throws GatewayAway when there was no answer: ask again */
    WithdrawAnswer withdraw(UUID lineId, UUID messageId) throws GatewayAway;

    /** What the engine says to a message handed over. */
    sealed interface HandOffAnswer {

        /** It has the message; the state is {@code accepted} at first and whatever became of it on repetitions. */
        record Taken(CommandState state, @Nullable String reason) implements HandOffAnswer {}

        /** It has no such line, so it has not got the message either. */
        record LineUnknown() implements HandOffAnswer {}

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
