package app.recado.organizations;

import app.recado.kernel.Auditable.Change;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.MemberAccess;
import app.recado.kernel.security.Permission;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What clinics decide about their people beside roles, and which of their tokens count. Each process remembers how somebody
 * stands for {@value #REMEMBERED_SECONDS} seconds: a person's requests come in bursts, and asking at each of them would cost a
 * query more. What this process itself changes counts at once.
 */
@Service
class MemberRules implements MemberAccess {

    /** For so long another replica may go on with what was taken away. */
    static final int REMEMBERED_SECONDS = 2;

    /** The name of the jobs that see to it that everybody of a clinic has a second factor. */
    static final String SECOND_FACTOR_JOB = "second-factor";

    private static final int MOST_REMEMBERED = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Jobs jobs;
    private final Clock clock;
    private final Cache<Key, Standing> standings;

    MemberRules(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Jobs jobs,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.jobs = jobs;
        this.clock = clock;
        this.standings = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(Duration.ofSeconds(REMEMBERED_SECONDS))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    private record Key(UUID organization, String account) {}

    /**
     * What a clinic decided about a permission.
     *
     * @param roles who holds it, beside owners, each once
     * @param granted accounts that hold it whatever their role says, as far as their role may hold it
     * @param withheld accounts that do not, owners excepted
     */
    record Decision(Permission permission, List<MemberRole> roles, List<UUID> granted, List<UUID> withheld) {

        Decision {
            roles = List.copyOf(roles);
            granted = List.copyOf(granted);
            withheld = List.copyOf(withheld);
        }

        /** For the audit trail: roles and accounts, no names. */
        private String inWords() {
            return "%s +%s -%s".formatted(sorted(roles), sorted(granted), sorted(withheld));
        }

        private static String sorted(Collection<?> values) {
            return values.stream()
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /**
     * What a clinic decided about its people.
     *
     * @param items of each permission
     * @param secondFactor whether everybody needs more than a password
     */
    record Decisions(List<Decision> items, boolean secondFactor, long version) {}

    @Override
    public Standing of(UUID organizationId, String account) {
        var key = new Key(organizationId, account);
        var known = standings.getIfPresent(key);
        if (known != null) {
            return known;
        }
        var standing = CurrentOrganization.get(
                organizationId,
                () -> Objects.requireNonNull(transaction.execute(status -> read(organizationId, account))));
        standings.put(key, standing);
        return standing;
    }

    private record Line(
            @Nullable Instant tokensFrom,
            @Nullable Permission permission,
            Set<Allow> roles,
            @Nullable Boolean exception) {}

    /** One row at least, also of a clinic that never decided anything. */
    private Standing read(UUID organizationId, String account) {
        var lines = jdbc.sql("""
                        select (select a.tokens_from from member_access a
                                 where a.organization_id = :org and a.account_id = :account) as tokens_from,
                               p.permission, p.roles, e.granted
                          from (values (cast(:org as uuid))) as o (id)
                          left join member_permission p on p.organization_id = o.id
                          left join member_permission_exception e
                                 on e.organization_id = p.organization_id and e.permission = p.permission
                                and e.account_id = :account
                        """)
                .param("org", organizationId)
                .param("account", account)
                .query((row, n) -> line(row))
                .list();
        var rules = new EnumMap<Permission, Rule>(Permission.class);
        for (var line : lines) {
            if (line.permission() != null) {
                rules.put(line.permission(), new Rule(line.roles(), line.exception()));
            }
        }
        return new Standing(lines.getFirst().tokensFrom(), rules);
    }

    private static Line line(ResultSet row) throws SQLException {
        var name = row.getString("permission");
        return new Line(
                SqlTime.instantOrNull(row, "tokens_from"),
                name == null ? null : Permission.of(name).orElse(null),
                name == null
                        ? Set.of()
                        : roles(row).stream().map(MemberRules::allowed).collect(Collectors.toSet()),
                row.getObject("granted", Boolean.class));
    }

    /** What the current clinic decided; of what it said nothing, how it is then. */
    Decisions decisions() {
        return Objects.requireNonNull(transaction.execute(status -> decisionsNow()));
    }

    /**
     * Decides anew about all permissions; of those that are left out it is as if nobody had ever said anything.
     *
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code invalid-fields} for a role that may never hold it, a
     *     permission named twice or somebody who is given and refused the same
     */
    Decisions decide(ExpectedVersion expected, List<Decision> wanted, boolean secondFactor) {
        check(wanted);
        var organization = CurrentOrganization.id();
        var decided = Objects.requireNonNull(transaction.execute(status -> {
            var before = decisionsNow();
            claim(expected, secondFactor);
            jdbc.sql("delete from member_permission where organization_id = ?")
                    .param(organization)
                    .update();
            wanted.forEach(this::write);
            var after = decisionsNow();
            events.publishEvent(new MemberPermissionsChanged(organization, changes(before, after)));
            if (secondFactor) {
                jobs.reschedule(SECOND_FACTOR_JOB, JobId.of(organization), clock.instant());
            }
            return after;
        }));
        forget(organization);
        return decided;
    }

    /** Has tokens of an account that were signed until now count no more in a clinic. */
    void refuseTokensSignedSoFar(UUID organization, String account) {
        // Tokens tell the second in which they were signed: all of this one go.
        var from = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        CurrentOrganization.run(
                organization,
                () -> transaction.executeWithoutResult(status -> jdbc.sql("""
                                insert into member_access (organization_id, account_id, tokens_from) values (?, ?, ?)
                                on conflict (organization_id, account_id)
                                do update set tokens_from = greatest(member_access.tokens_from, excluded.tokens_from)
                                """)
                        .params(organization, account, SqlTime.at(from))
                        .update()));
        forget(organization);
    }

    /** Whether everybody of the current clinic needs more than a password. */
    boolean requiresSecondFactor() {
        return Objects.requireNonNull(
                transaction.execute(status -> decisionsNow().secondFactor()));
    }

    /** Somebody joined: where a second factor is required, whether they have one is looked at now. */
    void joined(UUID organization) {
        CurrentOrganization.run(organization, () -> {
            if (requiresSecondFactor()) {
                transaction.executeWithoutResult(
                        status -> jobs.reschedule(SECOND_FACTOR_JOB, JobId.of(organization), clock.instant()));
            }
        });
    }

    private void forget(UUID organization) {
        standings.asMap().keySet().removeIf(key -> key.organization().equals(organization));
    }

    private List<Decision> all() {
        record Stored(String permission, List<MemberRole> roles) {}
        record Excepted(String permission, UUID account, boolean granted) {}
        var stored = jdbc
                .sql("select permission, roles from member_permission where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> new Stored(row.getString("permission"), roles(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Stored::permission, Stored::roles));
        var exceptions = jdbc.sql("""
                        select permission, account_id, granted from member_permission_exception
                         where organization_id = ? order by account_id
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Excepted(
                        row.getString("permission"),
                        UUID.fromString(row.getString("account_id")),
                        row.getBoolean("granted")))
                .list();
        return Arrays.stream(Permission.values())
                .map(permission -> new Decision(
                        permission,
                        stored.getOrDefault(permission.wireName(), usual(permission)),
                        exceptions.stream()
                                .filter(one -> one.permission().equals(permission.wireName()) && one.granted())
                                .map(Excepted::account)
                                .toList(),
                        exceptions.stream()
                                .filter(one -> one.permission().equals(permission.wireName()) && !one.granted())
                                .map(Excepted::account)
                                .toList()))
                .toList();
    }

    private Decisions decisionsNow() {
        var items = all();
        return jdbc.sql("select second_factor, version from member_permissions where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> new Decisions(items, row.getBoolean("second_factor"), row.getLong("version")))
                .optional()
                .orElseGet(() -> new Decisions(items, false, 0));
    }

    /** Locks what the clinic decided for the rest of the transaction; who comes second finds it changed. */
    private void claim(ExpectedVersion expected, boolean secondFactor) {
        jdbc.sql("""
                        insert into member_permissions (organization_id, second_factor, version) values (?, false, 0)
                        on conflict do nothing
                        """).param(CurrentOrganization.id()).update();
        long now = jdbc.sql("select version from member_permissions where organization_id = ? for update")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
        expected.mustBe(now);
        jdbc.sql("update member_permissions set second_factor = ?, version = version + 1 where organization_id = ?")
                .params(secondFactor, CurrentOrganization.id())
                .update();
    }

    private void write(Decision decision) {
        jdbc.sql("insert into member_permission (organization_id, permission, roles) values (?, ?, ?)")
                .params(
                        CurrentOrganization.id(),
                        decision.permission().wireName(),
                        decision.roles().stream()
                                .map(MemberRole::wireName)
                                .sorted()
                                .toArray(String[]::new))
                .update();
        decision.granted().forEach(account -> write(decision.permission(), account, true));
        decision.withheld().forEach(account -> write(decision.permission(), account, false));
    }

    private void write(Permission permission, UUID account, boolean granted) {
        jdbc.sql("""
                        insert into member_permission_exception (organization_id, permission, account_id, granted)
                        values (?, ?, ?, ?)
                        """)
                .params(CurrentOrganization.id(), permission.wireName(), account.toString(), granted)
                .update();
    }

    private static void check(List<Decision> wanted) {
        var named = EnumSet.noneOf(Permission.class);
        for (int i = 0; i < wanted.size(); i++) {
            var decision = wanted.get(i);
            var at = "/items/" + i;
            if (!named.add(decision.permission())) {
                throw Problem.INVALID_FIELDS.at(at + "/permission", "already-used", "Say each permission once");
            }
            for (var role : decision.roles()) {
                if (!decision.permission().eligible().contains(allowed(role))) {
                    throw Problem.INVALID_FIELDS.at(
                            at + "/roles", "unknown-value", "No " + role.wireName() + " may ever hold it");
                }
            }
            if (decision.withheld().stream().anyMatch(decision.granted()::contains)) {
                throw Problem.INVALID_FIELDS.at(
                        at + "/withheldFrom", "already-used", "Somebody is given and refused the same");
            }
        }
    }

    private static Map<String, Change> changes(Decisions before, Decisions after) {
        var changes = new TreeMap<String, Change>();
        for (int i = 0; i < after.items().size(); i++) {
            var now = after.items().get(i);
            Change.add(
                    changes, now.permission().wireName(), before.items().get(i).inWords(), now.inWords());
        }
        Change.add(changes, "secondFactorRequired", before.secondFactor(), after.secondFactor());
        return changes;
    }

    private static List<MemberRole> usual(Permission permission) {
        return Arrays.stream(MemberRole.values())
                .filter(role -> role != MemberRole.OWNER && permission.usual().contains(allowed(role)))
                .toList();
    }

    private static Allow allowed(MemberRole role) {
        return Allow.valueOf(role.name());
    }

    /** What a later version knew besides is nothing that this one could allow. */
    private static List<MemberRole> roles(ResultSet row) throws SQLException {
        var names = List.of((String[]) row.getArray("roles").getArray());
        return Arrays.stream(MemberRole.values())
                .filter(role -> names.contains(role.wireName()))
                .toList();
    }
}
