package app.recado.bot;

import app.recado.conversations.AutomaticTurns;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who answers what nobody else understood: a flow that was asked something or that a keyword begins, then the assistant where
 * a clinic has it on, then whatever flow begins.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class BotTurns implements AutomaticTurns {

    private final FlowTurns flows;
    private final AssistantTurns assistant;

    BotTurns(FlowTurns flows, AssistantTurns assistant) {
        this.flows = flows;
        this.assistant = assistant;
    }

    /** What a question of a flow may be answered with. */
    private static final Set<String> ANSWERS = Set.of("text", "image", "document");

    @Override
    public boolean takes(Offered message) {
        boolean mayAnswer = ANSWERS.contains(message.kind());
        if (!assistant.listens(message)) {
            return mayAnswer && flows.takes(message);
        }
        return mayAnswer && flows.takesByName(message) || assistant.takes(message);
    }

    @Override
    public boolean asks(UUID contactId, UUID lineId) {
        return flows.asks(contactId, lineId) || assistant.asks(contactId, lineId);
    }
}
