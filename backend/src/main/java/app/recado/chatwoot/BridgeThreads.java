package app.recado.chatwoot;

import static app.recado.chatwoot.Outcome.mustBeOk;

import app.recado.chatwoot.Outcome.Later;
import app.recado.chatwoot.Outcome.Refused;
import app.recado.chatwoot.Outcome.Unexpected;
import app.recado.conversations.BridgedConversations;
import app.recado.kernel.outgoing.OutgoingHttp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Whom a conversation is with, in Chatwoot: its contact and its conversation there, found or begun. No transaction is open
 * while it is called.
 */
@Component
class BridgeThreads {

    /** The state of a conversation that goes on, here and there. */
    static final String OPEN = "open";

    private final BridgeQueue queue;
    private final BridgeMessages messages;
    private final BridgedConversations conversations;
    private final ChatwootApi api;
    private final TransactionTemplate transaction;

    BridgeThreads(
            BridgeQueue queue,
            BridgeMessages messages,
            BridgedConversations conversations,
            ChatwootApi api,
            TransactionTemplate transaction) {
        this.queue = queue;
        this.messages = messages;
        this.conversations = conversations;
        this.api = api;
        this.transaction = transaction;
    }

    /** The conversation there, which begins now when there is none. Each step finds what the one before it made. */
    BridgeMessages.Thread with(ChatwootApi.Inbox inbox, BridgeQueue.Item item, UUID conversationId)
            throws OutgoingHttp.Failed, Unexpected {
        var known = inside(() -> messages.thread(item.bridgeId(), conversationId));
        if (known.isPresent() && known.get().remoteConversation() != 0) {
            return known.get();
        }
        var with = inside(() -> conversations.thread(conversationId))
                .orElseThrow(() -> new Unexpected(new Refused("conversation-gone")));
        var key = ChatwootEvent.OURS + with.contactId();
        long contact = contact(inbox, with, key);
        long conversation = conversation(inbox, contact, key);
        var thread = new BridgeMessages.Thread(item.bridgeId(), conversationId, contact, conversation, OPEN);
        within(() -> {
            messages.know(thread);
            if (!with.state().equals(OPEN)) {
                queue.add(item.bridgeId(), BridgeQueue.Kind.STATE, conversationId, conversationId);
            }
        });
        return thread;
    }

    private long contact(ChatwootApi.Inbox inbox, BridgedConversations.Thread with, String key)
            throws OutgoingHttp.Failed, Unexpected {
        var body = new HashMap<String, Object>();
        body.put("inbox_id", inbox.inboxId());
        body.put("source_id", key);
        body.put("identifier", key);
        body.put("name", with.name() == null ? nameless(with) : with.name());
        if (with.phone() != null) {
            body.put("phone_number", with.phone());
        }
        var made = api.send(inbox, "POST", "/contacts", body);
        if (made.status() != 422) {
            return must(mustBeOk(made).body().at("/payload/contact/id"));
        }
        // Somebody is known there by this name or number: it is the same person.
        long contact = filter(inbox, "identifier", key);
        if (contact == 0 && with.phone() != null) {
            contact = filter(inbox, "phone_number", with.phone());
        }
        if (contact == 0) {
            throw new Unexpected(new Refused("answered-422"));
        }
        var joined = api.send(
                inbox,
                "POST",
                "/contacts/" + contact + "/contact_inboxes",
                Map.of("inbox_id", inbox.inboxId(), "source_id", key));
        if (joined.status() != 422) { // 422: it is in this inbox already
            mustBeOk(joined);
        }
        return contact;
    }

    private static String nameless(BridgedConversations.Thread with) {
        return with.phone() == null ? "WhatsApp" : with.phone();
    }

    /** With POST: names and numbers stand in no address. @return 0 for nobody */
    private long filter(ChatwootApi.Inbox inbox, String attribute, String value)
            throws OutgoingHttp.Failed, Unexpected {
        var body = Map.of(
                "payload",
                List.of(Map.of("attribute_key", attribute, "filter_operator", "equal_to", "values", List.of(value))));
        return ChatwootEvent.number(mustBeOk(api.send(inbox, "POST", "/contacts/filter", body))
                .body()
                .at("/payload/0/id"));
    }

    /** The latest of this inbox, whoever began it: agents may have, and so may an attempt of ours that nobody heard of. */
    private long conversation(ChatwootApi.Inbox inbox, long contact, String key)
            throws OutgoingHttp.Failed, Unexpected {
        long there = mustBeOk(api.get(inbox, "/contacts/" + contact + "/conversations"))
                .body()
                .path("payload")
                .valueStream()
                .filter(one -> ChatwootEvent.number(one.path("inbox_id")) == inbox.inboxId())
                .mapToLong(one -> ChatwootEvent.number(one.path("id")))
                .max()
                .orElse(0);
        return there != 0
                ? there
                : must(mustBeOk(api.send(
                                inbox,
                                "POST",
                                "/conversations",
                                Map.of(
                                        "inbox_id",
                                        inbox.inboxId(),
                                        "contact_id",
                                        contact,
                                        "source_id",
                                        key,
                                        "status",
                                        OPEN)))
                        .body()
                        .path("id"));
    }

    private static long must(JsonNode id) throws Unexpected {
        long number = ChatwootEvent.number(id);
        if (number == 0) {
            throw new Unexpected(new Later("answer-unreadable", null));
        }
        return number;
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private void within(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }
}
