package app.recado.kernel.live;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.security.Scope;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells every open console of the current organization that a record changed. The hint is part of the transaction: it
 * travels at commit and never for work that was rolled back. It holds a kind and an id; consoles read the record itself
 * with their own rights.
 */
@Component
public class LiveHints {

    static final String CHANNEL = "recado_live";

    /** What a hint is about; the names are part of the API. */
    public enum Kind {
        ORGANIZATION,
        PATIENT(Scope.PATIENTS_READ),
        PRACTITIONER(Scope.DIRECTORY_READ),
        HEALTHCARE_SERVICE(Scope.DIRECTORY_READ),
        LOCATION(Scope.DIRECTORY_READ),
        ROOM(Scope.DIRECTORY_READ),
        INSURANCE(Scope.DIRECTORY_READ),
        SCHEDULE(Scope.DIRECTORY_READ),
        APPOINTMENT(Scope.APPOINTMENTS_READ),
        WAITLIST_ENTRY(Scope.WAITLIST_READ),
        SLOT_HOLD(Scope.APPOINTMENTS_READ),
        PRIVACY_REQUEST,
        MESSAGE_TEMPLATE,
        NOTIFICATION_RULE,
        MESSAGE(Scope.MESSAGES_READ),
        CAMPAIGN,
        INBOUND_MESSAGE,
        CONVERSATION,
        CONVERSATION_TYPING,
        CANNED_REPLY,
        TICKET,
        FLOW,
        WHATSAPP_LINE;

        private final @Nullable Scope readWith;

        Kind() {
            this.readWith = null;
        }

        Kind(Scope readWith) {
            this.readWith = readWith;
        }

        /** The names of the kinds that an API client with these scopes may read, and so may hear of. */
        static Set<String> readableWith(Set<Scope> scopes) {
            return Arrays.stream(values())
                    .filter(kind -> kind.readWith != null && scopes.contains(kind.readWith))
                    .map(Kind::wireName)
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** As it is written in the stream, for example {@code inbound-message}. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final JdbcClient jdbc;

    LiveHints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Needs an open transaction; the hints of one transaction travel together when it commits, each once. */
    public void changed(Kind kind, UUID id) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("A hint is part of a transaction");
        }
        var pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        pending.hints.add(CurrentOrganization.id() + " " + kind.wireName() + " " + id);
    }

    /** The hints of one transaction: one statement for all, because a batch of messages changes hundreds of records. */
    private final class Pending implements TransactionSynchronization {

        private final Set<String> hints = new LinkedHashSet<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            jdbc.sql("select pg_notify(?, hint) from unnest(?) as hint")
                    .params(CHANNEL, hints.toArray(String[]::new))
                    .query((row, n) -> n)
                    .list();
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(LiveHints.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(LiveHints.this, this);
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResourceIfPossible(LiveHints.this);
        }
    }
}
