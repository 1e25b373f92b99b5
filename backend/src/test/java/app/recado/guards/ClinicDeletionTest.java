package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.testing.AnotherProcess;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeGateway;
import app.recado.testing.RecadoTest;
import app.recado.testing.RecadoTestDatabase;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import app.recado.testing.TestMedia;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/**
 * A clinic with a record of every kind is deleted: whatever the catalogue knows is asked whether it still names it. The other
 * process works all there is in a database, so this one is for this test alone.
 */
@RecadoTest
@ContextConfiguration(initializers = {RecadoTestDatabase.class, ClinicDeletionTest.EmptyIdentityServer.class})
class ClinicDeletionTest {

    /** The only table that may know which clinic it was. */
    private static final String WHAT_IS_LEFT = "deleted_organization";

    /** Knows the organization, and nobody in it; DeletionForRealTest deletes people. */
    static final class EmptyIdentityServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        static final StubProvider SERVER = new StubProvider();

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            SERVER.always(asked -> switch (asked.method()) {
                case "POST" -> StubProvider.Answer.json(200, "{\"access_token\":\"t\",\"expires_in\":300}");
                case "DELETE" -> StubProvider.Answer.json(204, "");
                default -> StubProvider.Answer.json(200, "[]");
            });
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("identity", Map.of("RECADO_KEYCLOAK_URL", SERVER.url())));
        }
    }

    @Autowired
    Clinics clinics;

    @Autowired
    ClinicRecords records;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    ConfigurableEnvironment environment;

    @Autowired
    PostgresServer.Database database;

    @BeforeEach
    void now() {
        // The other process has a clock of its own.
        clock.set(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void no_row_of_any_table_names_a_deleted_clinic_although_its_deletion_was_killed_in_the_middle() throws Exception {
        var clinic = clinics.open();
        var other = clinics.open();
        var filled = records.of(clinic);
        records.of(other);
        var line = filled.idOfField("lineId");
        FakeGateway.shared().line(line);
        var file = clinic.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(file, TestMedia.PNG);
        isToBeDeletedBy(clinic, "31 days");
        var before = rowsNaming(clinic.id());
        var others = rowsNaming(other.id());
        assertThat(before).hasSizeGreaterThan(50);

        try (var victim = AnotherProcess.of(
                environment,
                Map.of(
                        "RECADO_FAILPOINT", "clinic-batch-deleted:60",
                        "recado.housekeeping", "on",
                        "RECADO_KEYCLOAK_URL", EmptyIdentityServer.SERVER.url()))) {
            assertThat(victim.diesBy(Duration.ofMinutes(3))).isEqualTo(AnotherProcess.KILLED);
        }
        var halfway = rowsNaming(clinic.id());
        assertThat(halfway.keySet()).contains("organization", "organization_deletion");
        assertThat(halfway).hasSizeLessThan(before.size());

        // As the scheduler does with what a dead process was at.
        sql("update recado.scheduled_task set picked = false, picked_by = null where picked");
        clock.set(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        jobs.run();

        assertThat(rowsNaming(clinic.id())).containsOnlyKeys(WHAT_IS_LEFT);
        var kept = rowsNaming(other.id());
        others.remove("scheduled_task"); // what was to be done for it was done meanwhile
        assertThat(others)
                .as("its jobs go on meanwhile: it may have more, and nothing is gone")
                .allSatisfy((table, rows) ->
                        assertThat(kept.getOrDefault(table, 0)).as(table).isGreaterThanOrEqualTo(rows));
        assertThat(TestMedia.holds(file)).isFalse();
        assertThat(FakeGateway.shared().knows(line)).isFalse();
        assertThat(EmptyIdentityServer.SERVER.asked())
                .anyMatch(asked ->
                        asked.method().equals("DELETE") && asked.path().endsWith("/organizations/" + clinic.id()));
        var left = strings("select to_jsonb(d) ->> 'deleted_at' from recado.deleted_organization d where records > 60"
                + " and files = 1 and requested_as = 'owner' and id = '" + clinic.id() + "'");
        assertThat(left).hasSize(1).doesNotContainNull();
    }

    @Test
    void the_database_lets_nobody_delete_anything_within_seven_days_of_the_request() throws Exception {
        var clinic = clinics.open();
        records.of(clinic);
        isToBeDeletedBy(clinic, "6 days");
        var before = rowsNaming(clinic.id());

        jobs.run();

        // Jobs that were due are done, and gone.
        before.remove("scheduled_task");
        assertThat(rowsNaming(clinic.id()).keySet()).containsAll(before.keySet());
        try (var app = database.connect("app")) {
            app.setAutoCommit(false);
            strings(app, "select set_config('app.organization_id', '" + clinic.id() + "', true)");
            try (var statement = app.createStatement()) {
                assertThat(statement.executeUpdate("delete from recado.audit_batch"))
                        .isZero();
                assertThat(statement.executeUpdate("delete from recado.audit_entry"))
                        .isZero();
                assertThat(statement.executeUpdate("delete from recado.appointment_event"))
                        .isZero();
                assertThat(statement.executeUpdate("delete from recado.organization where id = '" + clinic.id() + "'"))
                        .isZero();
            }
        }
    }

    /** Asked for so long ago, and due by now. */
    private void isToBeDeletedBy(Clinics.Clinic clinic, String since) throws SQLException {
        var asked = clinic.owner().post("/deletion/request", Map.of("name", "Clínica " + clinic.id()));
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        sql("update recado.organization_deletion set requested_at = now() - interval '" + since
                + "' where organization_id = '" + clinic.id() + "'");
        sql("update recado.organization set deletion_due_at = now() - interval '1 minute' where id = '" + clinic.id()
                + "'");
        sql("update recado.scheduled_task set execution_time = now() - interval '1 minute'"
                + " where task_name = 'clinic-deletion' and task_instance like '" + clinic.id() + "/%'");
    }

    /** By table, how many rows have its id anywhere. */
    private Map<String, Integer> rowsNaming(UUID clinic) throws SQLException {
        var found = new TreeMap<String, Integer>();
        for (var table : strings("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'recado' and c.relkind in ('r', 'p') and not c.relispartition
                """)) {
            var rows =
                    strings("select count(*)::text from recado." + table + " t where t::text like '%" + clinic + "%'");
            if (!rows.equals(List.of("0"))) {
                found.put(table, Integer.valueOf(rows.getFirst()));
            }
        }
        return found;
    }

    private void sql(String statement) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }

    private List<String> strings(String query) throws SQLException {
        try (var connection = database.connectAsSuperuser()) {
            return strings(connection, query);
        }
    }

    private static List<String> strings(java.sql.Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var result = new ArrayList<String>();
            while (rows.next()) {
                result.add(rows.getString(1));
            }
            return result;
        }
    }
}
