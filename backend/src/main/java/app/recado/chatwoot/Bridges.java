package app.recado.chatwoot;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.WhatsAppLines;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current organization's lines that stand in an inbox of Chatwoot, too. */
@Service
@Transactional
class Bridges {

    /** What secrets are sealed for. */
    private static final String TOKEN = "chatwoot-token";

    private static final String SIGNATURE = "chatwoot-signature";

    private static final String COLUMNS = """
            select b.*, (select count(*) from chatwoot_item i
                          where i.organization_id = b.organization_id and i.bridge_id = b.id and i.state = 'pending') as waiting
              from chatwoot_bridge b where b.organization_id = ?
            """;

    private final JdbcClient jdbc;
    private final SecretVault vault;
    private final ChatwootApi api;
    private final WhatsAppLines lines;
    private final Clock clock;

    Bridges(JdbcClient jdbc, SecretVault vault, ChatwootApi api, WhatsAppLines lines, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.api = api;
        this.lines = lines;
        this.clock = clock;
    }

    /** What people say of one. @param apiToken null to keep the one that is known @param webhookSecret likewise */
    record Details(
            UUID lineId,
            String baseUrl,
            long accountId,
            long inboxId,
            @Nullable String apiToken,
            @Nullable String webhookSecret,
            boolean active) {
        @Override
        public String toString() {
            return "Details[lineId=" + lineId + "]";
        }
    }

    /**
     * A bridge.
     *
     * @param deliveredAt the last genuine delivery, to the minute; null for none
     * @param refusedAt the last one whose signature did not fit; null for none
     * @param lastCause why what waits was not taken at the last attempt; null when it was
     * @param waiting how much waits to be told
     */
    record Bridge(
            UUID id,
            UUID lineId,
            String baseUrl,
            long accountId,
            long inboxId,
            boolean active,
            @Nullable Instant deliveredAt,
            @Nullable Instant refusedAt,
            @Nullable String lastCause,
            long waiting,
            Instant createdAt,
            long version) {}

    /** The oldest first. */
    @Transactional(readOnly = true)
    public List<Bridge> all() {
        return jdbc.sql(COLUMNS + " order by b.created_at, b.id")
                .param(CurrentOrganization.id())
                .query(Bridges::row)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Bridge get(UUID id) {
        return find(id).orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such bridge"));
    }

    @Transactional(readOnly = true)
    public Optional<Bridge> find(UUID id) {
        return jdbc.sql(COLUMNS + " and b.id = ?")
                .params(CurrentOrganization.id(), id)
                .query(Bridges::row)
                .optional();
    }

    /** Whether the clinic has an active one at all. */
    @Transactional(readOnly = true)
    public boolean any() {
        return jdbc.sql("select exists (select from chatwoot_bridge where organization_id = ? and active)")
                .param(CurrentOrganization.id())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** The active bridge of a line. */
    @Transactional(readOnly = true)
    public Optional<UUID> of(UUID lineId) {
        return jdbc.sql("select id from chatwoot_bridge where organization_id = ? and line_id = ? and active")
                .params(CurrentOrganization.id(), lineId)
                .query(UUID.class)
                .optional();
    }

    /**
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for addresses that are not called, unknown lines, lines
     *     that have one and missing secrets; {@code credentials-not-kept}
     */
    public Bridge create(Details details) {
        mustKeepSecrets();
        var id = Ids.next();
        int made = jdbc.sql("""
                        insert into chatwoot_bridge (organization_id, id, line_id, base_url, account_id, inbox_id, api_token,
                                                     webhook_secret, active, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (organization_id, line_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        line(details.lineId()),
                        checked(details.baseUrl()),
                        details.accountId(),
                        details.inboxId(),
                        seal(TOKEN, id, required(details.apiToken(), "/apiToken")),
                        seal(SIGNATURE, id, required(details.webhookSecret(), "/webhookSecret")),
                        details.active(),
                        SqlTime.at(clock.instant()))
                .update();
        if (made == 0) {
            throw Problem.INVALID_FIELDS.at("/lineId", "line-taken", "This line has a bridge: change that one");
        }
        return get(id);
    }

    /** What waits to be told is forgotten when it is switched off, or leads to another inbox.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} */
    public Bridge change(UUID id, ExpectedVersion expected, Details details) {
        var before = hold(id, expected);
        var baseUrl = checked(details.baseUrl());
        if (!before.lineId().equals(details.lineId())) {
            throw Problem.INVALID_FIELDS.at("/lineId", "unknown-value", "Take it away and add one for the other line");
        }
        boolean elsewhere = !before.baseUrl().equals(baseUrl)
                || before.accountId() != details.accountId()
                || before.inboxId() != details.inboxId();
        if (elsewhere && details.apiToken() == null) {
            // A token is shown to nobody but whom it was given for.
            throw Problem.INVALID_FIELDS.at("/apiToken", "required", "Give the token for the other inbox, too");
        }
        if (details.apiToken() != null || details.webhookSecret() != null) {
            mustKeepSecrets();
        }
        jdbc.sql("""
                        update chatwoot_bridge
                           set base_url = ?, account_id = ?, inbox_id = ?, active = ?,
                               api_token = coalesce(cast(? as text), api_token),
                               webhook_secret = coalesce(cast(? as text), webhook_secret), last_cause = null,
                               version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .param(baseUrl)
                .param(details.accountId())
                .param(details.inboxId())
                .param(details.active())
                .param(details.apiToken() == null ? null : seal(TOKEN, id, details.apiToken()))
                .param(details.webhookSecret() == null ? null : seal(SIGNATURE, id, details.webhookSecret()))
                .param(CurrentOrganization.id())
                .param(id)
                .update();
        if (elsewhere) {
            forget(id, "chatwoot_thread");
            forget(id, "chatwoot_message");
        }
        if (elsewhere || !details.active()) {
            forget(id, "chatwoot_item");
        }
        return get(id);
    }

    private void forget(UUID id, String table) {
        jdbc.sql("delete from %s where organization_id = ? and bridge_id = ?".formatted(table))
                .params(CurrentOrganization.id(), id)
                .update();
    }

    /** Takes one away; what stands in Chatwoot stays there. @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public void remove(UUID id, ExpectedVersion expected) {
        hold(id, expected);
        jdbc.sql("delete from chatwoot_bridge where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
    }

    private Bridge hold(UUID id, ExpectedVersion expected) {
        jdbc.sql("select id from chatwoot_bridge where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(UUID.class)
                .list();
        var bridge = get(id);
        expected.mustBe(bridge.version());
        return bridge;
    }

    /** Where it leads and as whom. @throws SecretVault.Unreadable when the key that sealed its token is not configured */
    @Transactional(readOnly = true)
    public ChatwootApi.Inbox inbox(Bridge bridge) throws SecretVault.Unreadable {
        return new ChatwootApi.Inbox(
                bridge.baseUrl(),
                bridge.accountId(),
                bridge.inboxId(),
                vault.open(TOKEN, CurrentOrganization.id(), bridge.id(), sealed(bridge.id(), "api_token")));
    }

    /** What signs its deliveries. @throws SecretVault.Unreadable when the key that sealed it is not configured */
    @Transactional(readOnly = true)
    public String webhookSecret(UUID id) throws SecretVault.Unreadable {
        return vault.open(SIGNATURE, CurrentOrganization.id(), id, sealed(id, "webhook_secret"));
    }

    private String sealed(UUID id, String column) {
        return jdbc.sql("select %s from chatwoot_bridge where organization_id = ? and id = ?".formatted(column))
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** A delivery came. Written once a minute at most. @param genuine whether its signature fitted */
    public void delivered(UUID id, boolean genuine) {
        jdbc.sql("""
                        update chatwoot_bridge set %1$s = :now
                         where organization_id = :org and id = :id
                           and (%1$s is null or %1$s < cast(:now as timestamptz) - interval '1 minute' or %1$s < %2$s)
                        """.formatted(genuine ? "delivered_at" : "refused_at", genuine ? "refused_at" : "delivered_at"))
                .param("now", SqlTime.at(clock.instant()))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
    }

    /** How the last call ended. @param cause a code; null when it was taken */
    public void called(UUID id, @Nullable String cause) {
        jdbc.sql("""
                        update chatwoot_bridge set last_cause = cast(:cause as text)
                         where organization_id = :org and id = :id and last_cause is distinct from cast(:cause as text)
                        """)
                .param("cause", cause)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
    }

    private UUID line(UUID id) {
        return lines.find(id)
                .map(line -> id)
                .orElseThrow(
                        () -> Problem.INVALID_FIELDS.at("/lineId", "unknown-value", "This clinic has no such line"));
    }

    private String checked(String typed) {
        try {
            return api.checked(typed);
        } catch (AddressGuard.Refused e) {
            throw Problem.INVALID_FIELDS.at("/baseUrl", e.code(), "This address cannot be called: " + e.code());
        }
    }

    private static String required(@Nullable String secret, String pointer) {
        if (secret == null) {
            throw Problem.INVALID_FIELDS.at(pointer, "required", "It is not known yet");
        }
        return secret;
    }

    private void mustKeepSecrets() {
        if (!vault.keeps()) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("Set RECADO_CREDENTIALS_KEY and start Recado again");
        }
    }

    private String seal(String purpose, UUID id, String secret) {
        return vault.seal(purpose, CurrentOrganization.id(), id, secret.strip());
    }

    private static Bridge row(ResultSet row, int n) throws SQLException {
        return new Bridge(
                row.getObject("id", UUID.class),
                row.getObject("line_id", UUID.class),
                row.getString("base_url"),
                row.getLong("account_id"),
                row.getLong("inbox_id"),
                row.getBoolean("active"),
                SqlTime.instantOrNull(row, "delivered_at"),
                SqlTime.instantOrNull(row, "refused_at"),
                row.getString("last_cause"),
                row.getLong("waiting"),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"));
    }
}
