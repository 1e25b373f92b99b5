package app.recado.chatwoot;

import app.recado.conversations.BridgedConversations;
import app.recado.conversations.ConversationTurned;
import app.recado.conversations.MessageHeard;
import app.recado.conversations.ReactionHeard;
import app.recado.messaging.MessageChanged;
import app.recado.messaging.MessageState;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hears what is said and done here and has Chatwoot told. What an agent wrote there comes back as a message of ours whose
 * state is told; it is never told as a message. A clinic without a bridge pays one look at an empty table.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class BridgeListener {

    /** As far as a message must come before agents are shown it. */
    private static final Set<MessageState> LEFT =
            EnumSet.of(MessageState.SENT, MessageState.DELIVERED, MessageState.READ);

    /** What an agent's message can come to besides. */
    private static final Set<MessageState> NOT_SENT = EnumSet.of(
            MessageState.FAILED,
            MessageState.EXPIRED,
            MessageState.WITHDRAWN,
            MessageState.SUPERSEDED,
            MessageState.SUPPRESSED);

    /** Reminders alone begin no conversation there; what people and flows say does. */
    private static final Set<String> BEGINS = Set.of("manual", "hand-over", "flow");

    private final Bridges bridges;
    private final BridgeMessages messages;
    private final BridgeQueue queue;
    private final BridgedConversations conversations;

    BridgeListener(Bridges bridges, BridgeMessages messages, BridgeQueue queue, BridgedConversations conversations) {
        this.bridges = bridges;
        this.messages = messages;
        this.queue = queue;
        this.conversations = conversations;
    }

    @EventListener
    public void heard(MessageHeard said) {
        bridges.of(said.lineId())
                .ifPresent(bridge ->
                        queue.add(bridge, BridgeQueue.Kind.RECEIVED, said.messageId(), said.conversationId()));
    }

    /** A sign begins no conversation there. */
    @EventListener
    public void reacted(ReactionHeard reaction) {
        bridges.of(reaction.lineId())
                .filter(bridge ->
                        messages.thread(bridge, reaction.conversationId()).isPresent())
                .ifPresent(bridge ->
                        queue.add(bridge, BridgeQueue.Kind.RECEIVED, reaction.entryId(), reaction.conversationId()));
    }

    @EventListener
    public void changed(MessageChanged message) {
        boolean left = LEFT.contains(message.state());
        if (!left && !NOT_SENT.contains(message.state()) || !bridges.any()) {
            return;
        }
        var known = messages.ofPart(message.messageId());
        if (known.isPresent()) {
            var both = known.get();
            queue.add(
                    both.bridgeId(),
                    BridgeQueue.Kind.DELIVERY,
                    both.id(),
                    both.conversationId() == null ? both.bridgeId() : both.conversationId());
        } else if (left) {
            conversations.sent(message.messageId()).ifPresent(said -> {
                var conversation = conversations.thread(said.conversationId()).orElseThrow();
                bridges.of(conversation.lineId())
                        .filter(bridge -> BEGINS.contains(said.kind())
                                || messages.thread(bridge, conversation.id()).isPresent())
                        .ifPresent(bridge ->
                                queue.add(bridge, BridgeQueue.Kind.SENT, message.messageId(), conversation.id()));
            });
        }
    }

    @EventListener
    public void turned(ConversationTurned conversation) {
        bridges.of(conversation.lineId())
                .filter(bridge ->
                        messages.thread(bridge, conversation.conversationId()).isPresent())
                .ifPresent(bridge -> queue.add(
                        bridge, BridgeQueue.Kind.STATE, conversation.conversationId(), conversation.conversationId()));
    }
}
