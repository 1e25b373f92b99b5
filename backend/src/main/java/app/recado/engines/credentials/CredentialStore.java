package app.recado.engines.credentials;

import app.recado.engines.EngineSettings;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.LineEngineKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps lines' credentials, sealed, and the addresses at which providers reach their lines. */
@Component
@Transactional
public class CredentialStore {

    private static final int SHOWN = 4;

    /** Shorter secrets would be given away by their end. */
    private static final int SHORTEST_SHOWN = 12;

    private final JdbcClient jdbc;
    private final SecretVault vault;
    private final EngineSettings settings;
    private final Clock clock;

    CredentialStore(JdbcClient jdbc, SecretVault vault, EngineSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What may be shown of them.
     *
     * @param last4 the end of the main secret; empty for a short one
     * @param setBy the subject who set them
     */
    public record Known(String last4, Instant setAt, String setBy) {}

    /** Stores credentials in place of earlier ones, and gives the line an address for webhooks when it has none. */
    public Known put(UUID lineId, LineCredentials credentials, String by) {
        var organization = CurrentOrganization.id();
        var secret = credentials.mainSecret();
        var last4 = secret.length() < SHORTEST_SHOWN ? "" : secret.substring(secret.length() - SHOWN);
        var now = clock.instant();
        jdbc.sql("""
                insert into whatsapp_line_credentials (organization_id, line_id, sealed, last4, set_at, set_by)
                values (?, ?, ?, ?, ?, ?)
                on conflict (organization_id, line_id) do update
                   set sealed = excluded.sealed, last4 = excluded.last4, set_at = excluded.set_at, set_by = excluded.set_by
                """)
                .params(
                        organization,
                        lineId,
                        vault.seal(EngineSecrets.OF_A_LINE, organization, lineId, credentials.json()),
                        last4,
                        SqlTime.at(now),
                        by)
                .update();
        // Random, not time-ordered: whoever knows one line's address can guess nothing of another's.
        jdbc.sql("""
                insert into webhook_address (id, organization_id, line_id) values (?, ?, ?)
                on conflict (organization_id, line_id) do nothing
                """).params(UUID.randomUUID(), organization, lineId).update();
        return new Known(last4, now, by);
    }

    /** Empty when none were given yet. */
    @Transactional(readOnly = true)
    public Optional<Known> known(UUID lineId) {
        return jdbc.sql("""
                        select last4, set_at, set_by from whatsapp_line_credentials
                         where organization_id = ? and line_id = ?
                        """)
                .params(CurrentOrganization.id(), lineId)
                .query((row, n) ->
                        new Known(row.getString("last4"), SqlTime.instant(row, "set_at"), row.getString("set_by")))
                .optional();
    }

    /** Opens a line's credentials and seals them anew when their key is to be given up.
     *
     * @return empty when none were given
     * @throws SecretVault.Unreadable when they cannot be opened: that line alone must stop */
    @Transactional(noRollbackFor = SecretVault.Unreadable.class)
    public Optional<LineCredentials> open(UUID lineId, LineEngineKind engine) throws SecretVault.Unreadable {
        var organization = CurrentOrganization.id();
        var found =
                jdbc.sql("""
                        select sealed from whatsapp_line_credentials where organization_id = ? and line_id = ?
                        """).params(organization, lineId).query(String.class).optional();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var plain = vault.open(EngineSecrets.OF_A_LINE, organization, lineId, found.get());
        if (!vault.isCurrent(found.get())) {
            jdbc.sql("""
                    update whatsapp_line_credentials set sealed = ?
                     where organization_id = ? and line_id = ? and sealed = ?
                    """)
                    .params(
                            vault.seal(EngineSecrets.OF_A_LINE, organization, lineId, plain),
                            organization,
                            lineId,
                            found.get())
                    .update();
        }
        try {
            return Optional.of(LineCredentials.read(engine, plain));
        } catch (IllegalArgumentException e) {
            throw new SecretVault.Unreadable("of another engine");
        }
    }

    public void forget(UUID lineId) {
        jdbc.sql("delete from whatsapp_line_credentials where organization_id = ? and line_id = ?")
                .params(CurrentOrganization.id(), lineId)
                .update();
    }

    /** Whose webhook an address is. */
    public record Owner(UUID organizationId, UUID lineId) {}

    /** Looked up before anybody is known: the address itself tells whose it is. */
    @Transactional(readOnly = true)
    public Optional<Owner> ownerOf(UUID address) {
        return jdbc.sql("select organization_id, line_id from webhook_address where id = ?")
                .param(address)
                .query((row, n) ->
                        new Owner(row.getObject("organization_id", UUID.class), row.getObject("line_id", UUID.class)))
                .optional();
    }

    /** Where the provider shall call for this line; empty before it has credentials, and when nobody can reach us.
     *
     * @param path behind the line's own part, empty or beginning with a slash or question mark */
    @Transactional(readOnly = true)
    public Optional<String> webhook(UUID lineId, LineEngineKind engine, String path) {
        var publicUrl = settings.publicUrl();
        if (publicUrl == null) {
            return Optional.empty();
        }
        var base = publicUrl.toString().replaceFirst("/+$", "");
        return jdbc.sql("select id from webhook_address where organization_id = ? and line_id = ?")
                .params(CurrentOrganization.id(), lineId)
                .query(UUID.class)
                .optional()
                .map(id -> base + "/webhooks/v1/" + engine.wireName() + "/" + id + path);
    }
}
