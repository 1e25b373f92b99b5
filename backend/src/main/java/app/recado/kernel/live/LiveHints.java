package app.recado.kernel.live;

import app.recado.kernel.CurrentOrganization;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

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
        PATIENT,
        PRACTITIONER,
        HEALTHCARE_SERVICE,
        APPOINTMENT,
        MESSAGE_TEMPLATE,
        MESSAGE,
        INBOUND_MESSAGE,
        WHATSAPP_LINE;

        /** As it is written in the stream, for example {@code inbound-message}. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final JdbcClient jdbc;

    LiveHints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Needs an open transaction; PostgreSQL drops repetitions of the same hint within it. */
    public void changed(Kind kind, UUID id) {
        jdbc.sql("select pg_notify(?, ?)")
                .params(CHANNEL, CurrentOrganization.id() + " " + kind.wireName() + " " + id)
                .query((row, n) -> n)
                .list();
    }
}
