package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import app.recado.devstack.PostgresServer;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.testing.RecadoTest;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What Citus asks of a schema whose tables are distributed by organization, beside what {@link FencesTest} asks of its keys;
 * docs/scale.md tells the way there.
 */
@RecadoTest
class DistributionTest {

    /** Reviewed: distributed by {@code id}, which is the organization. */
    private static final String REGISTER = "organization";

    /** Reviewed: the same on every node. */
    private static final Set<String> REFERENCE =
            Set.of("public_holiday", "holiday_region", "message_price", "maintenance_notice");

    /** Reviewed: stay on the coordinator. Small, and asked before any organization is known or across all. */
    private static final Set<String> LOCAL =
            Set.of("databasechangelog", "databasechangeloglock", "webhook_address", "scheduled_task", "request_quota");

    /** Reviewed: write rows of the same organization alone, which is what {@code citus.enable_unsafe_triggers} means. */
    private static final Set<String> TRIGGERS =
            Set.of("appointment.appointment_occupies", "appointment.appointment_occupies_elsewhere");

    private static final Pattern NAMED = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Autowired
    PostgresServer.Database database;

    @Test
    void every_table_is_distributed_by_its_organization_or_is_known_not_to_be() throws SQLException {
        var others = strings("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'recado' and c.relkind in ('r', 'p')
                   and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id'
                                      and a.attnotnull and a.atttypid = 'uuid'::regtype)
                """);
        others.removeAll(REFERENCE);
        others.removeAll(LOCAL);
        assertThat(others).containsExactly(REGISTER);
    }

    /** On both sides in the same place: else rows that belong together lie on different nodes. */
    @Test
    void every_foreign_key_compares_the_organization_with_the_organization() throws SQLException {
        var wrong = strings("""
                select k.conrelid::regclass || ' ' || k.conname || ' to ' || k.confrelid::regclass
                  from pg_constraint k join pg_namespace n on n.oid = k.connamespace
                 where n.nspname = 'recado' and k.contype = 'f'
                   and not exists (select from unnest(k.conkey, k.confkey) as pair (here, there)
                                     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = here
                                     join pg_attribute b on b.attrelid = k.confrelid and b.attnum = there
                                    where a.attname = 'organization_id'
                                      and b.attname = case k.confrelid::regclass::text
                                          when 'recado.organization' then 'id' else 'organization_id' end)
                """);
        wrong.removeIf(key -> REFERENCE.stream().anyMatch(table -> key.contains("recado." + table)));
        wrong.removeIf(key -> LOCAL.stream().anyMatch(table -> key.startsWith("recado." + table + " ")));
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_deletion_sets_the_organization_of_another_row() throws SQLException {
        assertThat(strings("""
                        select k.conname from pg_constraint k join pg_namespace n on n.oid = k.connamespace
                         where n.nspname = 'recado' and k.contype = 'f' and k.confdeltype in ('n', 'd')
                           and (k.confdelsetcols is null or exists (select from unnest(k.confdelsetcols) c
                                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c
                                 where a.attname = 'organization_id'))
                        """)).isEmpty();
    }

    @Test
    void nothing_is_used_that_cannot_be_distributed() throws SQLException {
        assertThat(new TreeSet<>(strings("""
                        select c.relname || '.' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
                          join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and not t.tgisinternal
                        """))).as("triggers").isEqualTo(new TreeSet<>(TRIGGERS));
        assertThat(strings("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and (c.relpersistence <> 'p' or c.relkind = 'f'
                               -- tables in parts by range are distributed with all of their parts
                               or c.relhassubclass and c.relkind not in ('p', 'I')
                               or exists (select from pg_inherits i where i.inhrelid = c.oid) and not c.relispartition)
                        """)).as("unlogged, foreign or inherited").isEmpty();
        assertThat(strings("""
                        select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                          join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and c.relkind = 'r' and a.attidentity <> '' and a.atttypid <> 'bigint'::regtype
                        """)).as("identity columns that are no bigint").isEmpty();
        assertThat(strings("""
                        select c.relname || ' ' || d.relname from pg_depend p
                          join pg_class c on c.oid = p.objid and c.relkind = 'S'
                          join pg_attrdef f on f.oid = p.refobjid join pg_class d on d.oid = f.adrelid
                          join pg_namespace n on n.oid = d.relnamespace where n.nspname = 'recado'
                        """)).as("defaults from sequences").isEmpty();
    }

    /**
     * A request and a job stay within one organization, because the policies let nothing else through. Across all of them
     * asks the worker alone, and docs/scale.md names every class that does.
     */
    @Test
    void every_class_that_asks_across_organizations_is_in_the_guide() throws Exception {
        var asking = new TreeSet<String>();
        try (var sources = Files.walk(Folders.root().resolve("backend/src/main/java"))) {
            for (var source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (Files.readString(source).contains("import " + WorkerDatabase.class.getName() + ";")) {
                    asking.add(source.getFileName().toString().replace(".java", ""));
                }
            }
        }
        var guide = Files.readString(Folders.root().resolve("docs/scale.md"));
        var part = guide.substring(guide.indexOf("## What asks across clinics"), guide.indexOf("## One machine"));
        var named = NAMED.matcher(part)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asking).isEqualTo(named).hasSizeGreaterThan(8);
    }

    private List<String> strings(String sql) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (found.next()) {
                all.add(found.getString(1));
            }
            return all;
        }
    }
}
