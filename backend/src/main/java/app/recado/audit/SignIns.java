package app.recado.audit;

import app.recado.kernel.Auditable.Change;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.keycloak.OrganizationDirectory;
import app.recado.kernel.keycloak.OrganizationDirectory.SignInEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what people do at the identity server, in the trail of every clinic to which they belong: they sign in, fail to,
 * sign out, change a password or a second factor. The events are read every minute, a little more than once, and each is
 * written once: its id says so.
 */
@Component
class SignIns {

    /** An event may be seen later than the one after it, and clocks differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** What is read at the first time, and at most after a long while: the identity server keeps its own for ninety days. */
    private static final Duration FURTHEST = Duration.ofDays(1);

    private final OrganizationDirectory identity;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;

    SignIns(
            OrganizationDirectory identity,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            Clock clock) {
        this.identity = identity;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /** Takes over what happened since the last time. While the identity server is away nothing is lost: it is read later. */
    void read() {
        var now = clock.instant();
        var since = since(now);
        var byAccount = identity.signIns(since.minus(OVERLAP), now.plus(OVERLAP)).stream()
                .collect(Collectors.groupingBy(SignInEvent::account, LinkedHashMap::new, Collectors.toList()));
        byAccount.forEach(this::write);
        readUntil(now);
    }

    private Instant since(Instant now) {
        var furthest = now.minus(FURTHEST);
        return onPlatform(() -> jdbc.sql("select read_until from sign_in_reading where organization_id = ?")
                .param(CurrentOrganization.PLATFORM)
                .query((row, n) -> SqlTime.instant(row, "read_until"))
                .optional()
                .filter(furthest::isBefore)
                .orElse(furthest));
    }

    private void readUntil(Instant now) {
        onPlatform(() -> jdbc.sql("""
                        insert into sign_in_reading (organization_id, read_until) values (?, ?)
                        on conflict (organization_id) do update set read_until = excluded.read_until
                        """)
                .params(CurrentOrganization.PLATFORM, SqlTime.at(now))
                .update());
    }

    /** Whoever has no account any more belongs to no clinic. */
    private void write(UUID account, List<SignInEvent> events) {
        var person = identity.account(account);
        if (person.isEmpty()) {
            return;
        }
        var name = person.get().name();
        for (var clinic : identity.organizationsOf(account)) {
            CurrentOrganization.run(
                    clinic,
                    () -> transaction.executeWithoutResult(
                            status -> events.forEach(event -> write(clinic, event, name))));
        }
    }

    private void write(UUID clinic, SignInEvent event, String name) {
        jdbc.sql("""
                        insert into audit_entry (organization_id, id, at, actor_kind, actor, actor_name, address, action, changes)
                        select o.id, :entry, :at, 'person', :actor, :name, cast(:address as text), :action, cast(:changes as jsonb)
                          from organization o
                         where o.id = :clinic
                           and not exists (select from audit_entry e
                                            where e.organization_id = o.id and e.actor = :actor and e.id = :entry
                                              and e.at > cast(:at as timestamptz) - interval '30 days')
                        """)
                .param("clinic", clinic)
                .param("entry", entryOf(clinic, event))
                .param("at", SqlTime.at(event.at()))
                .param("actor", event.account().toString())
                .param("name", name)
                .param("address", event.address())
                .param("action", event.kind().wireName())
                .param("changes", json.writeValueAsString(changes(event)))
                .update();
    }

    private static Map<String, Change> changes(SignInEvent event) {
        return event.detail() == null ? Map.of() : Map.of("detail", new Change(null, event.detail()));
    }

    /** The same each time the event is read, and for every sign-in of one session: consoles ask again without anybody's doing. */
    private static UUID entryOf(UUID clinic, SignInEvent event) {
        var once = event.kind() == SignInEvent.Kind.SIGNED_IN && event.session() != null ? event.session() : event.id();
        return UUID.nameUUIDFromBytes(
                "%s %s %s".formatted(clinic, event.kind(), once).getBytes(StandardCharsets.UTF_8));
    }

    private <T> T onPlatform(Supplier<T> work) {
        return CurrentOrganization.get(
                CurrentOrganization.PLATFORM, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }
}
