package app.recado.messaging;

import app.recado.whatsapp.Command;
import app.recado.whatsapp.LineEngineKind;
import java.util.UUID;

/** What is to be asked of an engine, decided and committed before it is asked. */
sealed interface EngineCall {

    UUID lineId();

    LineEngineKind engine();

    UUID messageId();

    /** The number of this attempt; an answer to an earlier one changes nothing. */
    int attempt();

    /** The message is {@code handed}. */
    record HandOver(Command command, LineEngineKind engine, int attempt) implements EngineCall {
        @Override
        public UUID lineId() {
            return command.lineId();
        }

        @Override
        public UUID messageId() {
            return command.messageId();
        }
    }

    record TakeBack(UUID lineId, LineEngineKind engine, UUID messageId, int attempt) implements EngineCall {}
}
