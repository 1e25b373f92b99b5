package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the live catalogue says about every table, view and function of the backend's schema. */
@RecadoTest
class FencesTest {

    /** Reviewed: hold ids, hashes, times, public facts or Liquibase's own bookkeeping, and no data of an organization. */
    private static final Set<String> EXEMPT_TABLES = Set.of(
            "databasechangelog",
            "databasechangeloglock",
            "webhook_address",
            "scheduled_task",
            "public_holiday",
            "holiday_region",
            "message_price",
            "request_quota",
            "maintenance_notice");

    /** Reviewed: the register itself. Its policy compares {@code id}, and platform work may see it. */
    private static final Set<String> FENCED_BY_OWN_POLICY = Set.of("organization");

    /** Reviewed: restrictive policies, which allow nothing and take away what the table's own policy allows. */
    private static final Set<String> NARROWING = Set.of(
            "patient_read.kept_half_a_year",
            "audit_entry.kept_half_a_year",
            "audit_entry.chained_once",
            "appointment_event.goes_with_its_clinic",
            "assistant_settings.goes_with_its_clinic",
            "audit_batch.goes_with_its_clinic",
            "call_attempt.goes_with_its_clinic",
            "campaign.goes_with_its_clinic",
            "custom_field.goes_with_its_clinic",
            "custom_template.goes_with_its_clinic",
            "flow.goes_with_its_clinic",
            "flow_version.goes_with_its_clinic",
            "message_template_version.goes_with_its_clinic",
            "migrated_record.goes_with_its_clinic",
            "organization.goes_with_its_clinic",
            "organization_limits.goes_with_its_clinic",
            "phone_consent.goes_with_its_clinic",
            "privacy_request.goes_with_its_clinic",
            "template_submission.goes_with_its_clinic");

    /** Reviewed: make and drop months of the audit trail, within the bounds of its policies; they read and write no row. */
    private static final Set<String> WITH_OWNERS_RIGHTS = Set.of("make_audit_months", "drop_audit_month");

    /** Reviewed: all functions of ours. None reads a table with the rights of its owner. */
    private static final Set<String> FUNCTIONS = Set.of(
            "current_organization",
            "platform_work",
            "fence",
            "occupy_actors",
            "audit_text",
            "audit_hash",
            "make_audit_months",
            "drop_audit_month",
            "deletion_due");

    @Autowired
    PostgresServer.Database database;

    @Autowired
    Clinics clinics;

    @Test
    void every_table_forces_row_level_security() throws SQLException {
        var open = strings("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'recado' and c.relkind in ('r', 'p')
                   and not (c.relrowsecurity and c.relforcerowsecurity
                            and exists (select from pg_policy p where p.polrelid = c.oid))
                """);
        open.removeAll(EXEMPT_TABLES);
        assertThat(open).isEmpty();
    }

    @Test
    void every_policy_compares_the_bound_organization_for_reading_and_for_writing() throws SQLException {
        var wrong = strings("""
                select c.relname || '.' || p.polname
                  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'recado'
                   and (pg_get_expr(p.polqual, p.polrelid) is distinct from '(organization_id = current_organization())'
                        or pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '(organization_id = current_organization())'
                        or p.polcmd <> '*' or not p.polpermissive or p.polroles <> '{0}')
                """);
        FENCED_BY_OWN_POLICY.forEach(table -> wrong.removeIf(name -> name.startsWith(table + ".")));
        wrong.removeAll(NARROWING);
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_policy_beside_the_tables_own_only_takes_away() throws SQLException {
        assertThat(strings("""
                        select c.relname || '.' || p.polname
                          from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and not p.polpermissive
                        """)).containsExactlyInAnyOrderElementsOf(NARROWING);
    }

    @Test
    void every_table_names_its_organization_first_in_its_primary_key() throws SQLException {
        var wrong = strings("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  left join pg_index i on i.indrelid = c.oid and i.indisprimary
                  left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                 where n.nspname = 'recado' and c.relkind in ('r', 'p') and a.attname is distinct from 'organization_id'
                """);
        wrong.removeAll(EXEMPT_TABLES);
        wrong.removeAll(FENCED_BY_OWN_POLICY);
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_foreign_unique_and_exclusion_key_includes_the_organization() throws SQLException {
        var wrong = strings("""
                select con.conrelid::regclass || ' ' || con.conname
                  from pg_constraint con join pg_namespace n on n.oid = con.connamespace
                 where n.nspname = 'recado' and con.contype in ('f', 'u', 'x')
                   and not exists (select from unnest(con.conkey) k join pg_attribute a
                                     on a.attrelid = con.conrelid and a.attnum = k where a.attname = 'organization_id')
                union
                select i.indrelid::regclass || ' ' || i.indexrelid::regclass
                  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'recado' and i.indisunique
                   and not exists (select from unnest(i.indkey::int2[]) k join pg_attribute a
                                     on a.attrelid = i.indrelid and a.attnum = k where a.attname = 'organization_id')
                """);
        wrong.removeIf(name -> EXEMPT_TABLES.stream().anyMatch(name::startsWith));
        wrong.removeIf(name -> FENCED_BY_OWN_POLICY.stream().anyMatch(table -> name.startsWith(table + " ")));
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_view_lends_its_owners_eyes_and_none_is_materialized() throws SQLException {
        assertThat(strings("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and (c.relkind = 'm' or c.relkind = 'v'
                           and not coalesce('security_invoker=true' = any (c.reloptions), false))
                        """)).isEmpty();
    }

    @Test
    void every_function_is_known_and_two_alone_run_with_their_owners_rights_in_a_schema_that_is_named()
            throws SQLException {
        var ours = new TreeSet<>(strings("""
                select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                 where n.nspname = 'recado'
                   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
                """));
        assertThat(ours).isEqualTo(new TreeSet<>(FUNCTIONS));
        assertThat(strings("""
                        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                         where n.nspname = 'recado' and p.prosecdef and 'search_path=recado, pg_temp' = any (p.proconfig)
                        """)).containsExactlyInAnyOrderElementsOf(WITH_OWNERS_RIGHTS);
        assertThat(strings("""
                        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                         where n.nspname = 'recado' and p.prosecdef
                        """)).containsExactlyInAnyOrderElementsOf(WITH_OWNERS_RIGHTS);
    }

    @Test
    void the_roles_of_running_processes_own_nothing_and_only_the_worker_bypasses_fences() throws SQLException {
        assertThat(strings("""
                        select r.rolname from pg_class c join pg_roles r on r.oid = c.relowner
                         where r.rolname in ('recado_app', 'recado_worker')
                        """)).isEmpty();
        assertThat(strings("select rolname from pg_roles where rolname like 'recado%' and (rolbypassrls or rolsuper)"))
                .containsExactlyInAnyOrder("recado_worker", "recado_migrator");
    }

    /** A list of what is granted, not of what must not be: a grant that nobody thought of stands out in its difference. */
    @Test
    void every_right_on_the_schema_stands_in_the_reviewed_list() throws Exception {
        var rights = strings("""
                with whole as ( -- parts of a table have rights of nobody's, which another test sees to
                    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'recado' and not c.relispartition
                ), given as (
                    select grantee, 'table ' || table_name as object, string_agg(lower(privilege_type), ',' order by privilege_type) as rights
                      from information_schema.role_table_grants where table_schema = 'recado' and table_name in (select relname from whole) group by 1, 2
                    union all
                    select grantee, 'columns ' || table_name || '(' || string_agg(column_name, ',' order by column_name) || ')', lower(privilege_type)
                      from information_schema.column_privileges c where table_schema = 'recado' and table_name in (select relname from whole)
                       and not exists (select from information_schema.role_table_grants t
                             where t.table_schema = 'recado' and t.table_name = c.table_name and t.grantee = c.grantee
                               and t.privilege_type = c.privilege_type)
                     group by grantee, table_name, privilege_type
                    union all
                    select coalesce(r.rolname, 'PUBLIC'), 'function ' || p.proname, lower(a.privilege_type)
                      from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
                           aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                      left join pg_roles r on r.oid = a.grantee
                     where n.nspname = 'recado'
                       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
                    union all
                    select coalesce(r.rolname, 'PUBLIC'), 'schema ' || n.nspname, lower(a.privilege_type)
                      from pg_namespace n, aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
                     where n.nspname = 'recado'
                    union all
                    select coalesce(r.rolname, 'PUBLIC'), 'sequence ' || c.relname, lower(a.privilege_type)
                      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
                      left join pg_roles r on r.oid = a.grantee
                     where n.nspname = 'recado' and c.relkind = 'S'
                )
                select grantee || ': ' || object || ' ' || rights from given
                 where grantee <> 'recado_owner'
                 order by 1
                """);
        ReviewedFile.assertReviewed("docs/api/database-rights.txt", String.join("\n", rights) + "\n");
    }

    /** Whoever asked a part itself would meet none of its table's narrower policies. */
    @Test
    void nobody_who_serves_may_ask_a_part_of_a_table() throws SQLException {
        assertThat(strings("select relname from pg_class where relispartition and relkind = 'r'"))
                .hasSizeGreaterThan(2);
        assertThat(strings("""
                        select c.relname || ' ' || r.rolname from pg_class c join pg_namespace n on n.oid = c.relnamespace,
                               pg_roles r
                         where n.nspname = 'recado' and c.relispartition and c.relkind = 'r'
                           and r.rolname in ('recado_app', 'recado_worker')
                           and has_any_column_privilege(r.oid, c.oid, 'select, insert, update')
                        union all
                        select c.relname || ' ' || r.rolname from pg_class c join pg_namespace n on n.oid = c.relnamespace,
                               pg_roles r
                         where n.nspname = 'recado' and c.relispartition and c.relkind = 'r'
                           and r.rolname in ('recado_app', 'recado_worker') and has_table_privilege(r.oid, c.oid, 'delete, truncate')
                        """)).isEmpty();
    }

    @Test
    void the_worker_is_granted_single_columns_and_none_that_says_who_or_what() throws SQLException {
        assertThat(strings("""
                        select distinct table_name from information_schema.table_privileges
                         where table_schema = 'recado' and grantee = 'recado_worker'
                        """)).isEmpty();
        assertThat(strings("""
                        select distinct column_name from information_schema.column_privileges
                         where table_schema = 'recado' and grantee = 'recado_worker'
                           and column_name ~ '(name|phone|text|body|note|email|reason|hash|payload)'
                           -- why a message waits: a code of ours, in no case what somebody wrote
                           and (table_name, column_name) <> ('message', 'reason')
                        """)).isEmpty();
    }

    @Test
    void without_a_bound_organization_the_app_sees_no_row_and_can_write_none() throws SQLException {
        clinics.open();
        try (var app = database.connect("app")) {
            assertThat(strings(app, "select id::text from recado.organization")).isEmpty();
            assertThatThrownBy(() -> app.createStatement().execute("""
                            insert into recado.stored_answer (organization_id, subject, route, key, request_hash, status, created_at)
                            values (gen_random_uuid(), 's', 'r', 'k', 'h', 200, now())
                            """))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void a_bound_organization_ends_with_its_transaction() throws SQLException {
        var clinic = clinics.open();
        try (var app = database.connect("app")) {
            app.setAutoCommit(false);
            strings(app, "select set_config('app.organization_id', '" + clinic.id() + "', true)");
            assertThat(strings(app, "select id::text from recado.organization"))
                    .containsExactly(clinic.id().toString());
            app.commit();
            assertThat(strings(app, "select id::text from recado.organization")).isEmpty();
        }
    }

    private List<String> strings(String sql) throws SQLException {
        try (var connection = database.connectAsSuperuser()) {
            connection.createStatement().execute("set search_path = recado");
            return strings(connection, sql);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (var rows = connection.createStatement().executeQuery(sql)) {
            var result = new ArrayList<String>();
            while (rows.next()) {
                result.add(rows.getString(1));
            }
            return result;
        }
    }
}
