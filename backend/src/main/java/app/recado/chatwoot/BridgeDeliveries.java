package app.recado.chatwoot;

import app.recado.conversations.BridgedConversations;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.SecretVault;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes what an inbox of Chatwoot delivers: whose it is, then whether Chatwoot sent it, only then what it says. Chatwoot waits
 * five seconds and marks an agent's message as failed when it is not answered, so an answer is stored here and sent by a job.
 */
@Component
class BridgeDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeDeliveries.class);

    private final Bridges bridges;
    private final BridgeMessages messages;
    private final BridgeQueue queue;
    private final BridgedConversations conversations;
    private final Jobs jobs;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BridgeDeliveries(
            Bridges bridges,
            BridgeMessages messages,
            BridgeQueue queue,
            BridgedConversations conversations,
            Jobs jobs,
            JsonMapper json,
            TransactionTemplate transaction,
            Clock clock) {
        this.bridges = bridges;
        this.messages = messages;
        this.queue = queue;
        this.conversations = conversations;
        this.jobs = jobs;
        this.json = json;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code unauthenticated}, {@code invalid-json} */
    void take(UUID organizationId, UUID bridgeId, @Nullable String signature, @Nullable String time, byte[] body) {
        CurrentOrganization.run(organizationId, () -> take(bridgeId, signature, time, body));
    }

    private void take(UUID bridgeId, @Nullable String signature, @Nullable String time, byte[] body) {
        var bridge = bridges.find(bridgeId)
                .filter(Bridges.Bridge::active)
                .orElseThrow(() -> Problem.NOT_FOUND.because("This is not about a bridge of ours"));
        boolean genuine = ChatwootSignature.fits(secret(bridgeId), signature, time, body, clock.instant());
        bridges.delivered(bridgeId, genuine);
        if (!genuine) {
            throw Problem.UNAUTHENTICATED.because("The signature does not fit");
        }
        try {
            var event = ChatwootEvent.read(json, body, bridge.accountId(), bridge.inboxId());
            transaction.executeWithoutResult(status -> act(bridge, event));
        } catch (ChatwootEvent.NotOurs e) {
            LOG.warn("A delivery to bridge {} is about another account or inbox", bridgeId);
        } catch (JacksonException e) {
            throw Problem.INVALID_JSON.because("The delivery cannot be read");
        }
    }

    private String secret(UUID bridgeId) {
        try {
            return bridges.webhookSecret(bridgeId);
        } catch (SecretVault.Unreadable e) {
            LOG.error("The secret of bridge {} cannot be opened: {}", bridgeId, e.getMessage());
            throw Problem.CREDENTIALS_NOT_KEPT.because("The key that sealed this secret is not configured any more");
        }
    }

    private void act(Bridges.Bridge bridge, ChatwootEvent event) {
        switch (event) {
            case ChatwootEvent.AgentWrote wrote -> wrote(bridge, wrote);
            case ChatwootEvent.AgentDeleted deleted -> messages.deleted(bridge.id(), deleted.messageId());
            case ChatwootEvent.StatusChanged changed -> changed(bridge, changed);
            case ChatwootEvent.Nothing nothing -> {}
        }
    }

    private void wrote(Bridges.Bridge bridge, ChatwootEvent.AgentWrote wrote) {
        if (wrote.messageId() == 0 || wrote.text() == null && wrote.files().isEmpty()) {
            return;
        }
        var conversation = conversationOf(bridge, wrote);
        if (conversation.isEmpty()) {
            messages.refused(bridge.id(), wrote, "no-recipient")
                    .ifPresent(id -> queue.add(bridge.id(), BridgeQueue.Kind.DELIVERY, id, bridge.id()));
            return;
        }
        var id = conversation.get();
        messages.arrived(bridge.id(), id, wrote)
                .ifPresent(news -> jobs.lookAt(BridgeReceiver.JOB, id, clock.instant()));
    }

    /** By what both sides know; else by how we named the contact; else by the number that Chatwoot knows. */
    private Optional<UUID> conversationOf(Bridges.Bridge bridge, ChatwootEvent.AgentWrote wrote) {
        var known = messages.remote(bridge.id(), wrote.conversation()).map(BridgeMessages.Thread::conversationId);
        if (known.isPresent()) {
            return known;
        }
        var contact = ChatwootEvent.contactOf(wrote.contactKey());
        var found = Optional.ofNullable(contact)
                .flatMap(id -> conversations.threadOf(id, bridge.lineId()))
                .or(() -> Optional.ofNullable(wrote.phone())
                        .filter(phone -> phone.matches("\\+[1-9]\\d{6,14}"))
                        .flatMap(phone -> conversations.threadWith(phone, bridge.lineId())));
        found.ifPresent(thread ->
                messages.know(new BridgeMessages.Thread(bridge.id(), thread.id(), 0, wrote.conversation(), null)));
        return found.map(BridgedConversations.Thread::id);
    }

    /** What we told comes back, too, and changes nothing: it is the state that we know. */
    private void changed(Bridges.Bridge bridge, ChatwootEvent.StatusChanged changed) {
        var found = messages.remote(bridge.id(), changed.conversation());
        if (found.isEmpty() || changed.status().equals(found.get().status())) {
            return;
        }
        var thread = found.get();
        messages.know(new BridgeMessages.Thread(bridge.id(), thread.conversationId(), 0, 0, changed.status()));
        var by = new BridgedConversations.Outsider(
                "chatwoot", Objects.requireNonNullElse(changed.agentName(), "Chatwoot"));
        switch (changed.status()) {
            case "resolved" -> conversations.resolve(thread.conversationId(), by);
            case "open" -> conversations.reopen(thread.conversationId(), by);
            default -> {} // snoozed and pending are between an agent and Chatwoot
        }
    }
}
