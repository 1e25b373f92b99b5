package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A search stays a range of an index behind row-level security. */
@RecadoTest
class PatientSearchPlanTest {

    private static final int PATIENTS = 20_000;

    @Autowired
    Clinics clinics;

    @Autowired
    PostgresServer.Database database;

    @Autowired
    PatientDirectory directory;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_search_reads_index_ranges_only() throws SQLException {
        var clinic = clinics.open();
        fill(clinic.id());
        try (var app = database.connect("app")) {
            app.setAutoCommit(false);
            run(app, "select set_config('app.organization_id', '" + clinic.id() + "', true)");
            run(app, "set local plan_cache_mode = force_custom_plan");
            var search = PatientDirectory.sql(2, false, 50)
                    .replace(":org", "$1")
                    .replace(":word0", "$2")
                    .replace(":word1", "$3");
            run(app, "prepare search (uuid, text, text) as " + search);
            var plan =
                    text(app, "explain (costs off) execute search('%s', 'family123', 'given')".formatted(clinic.id()));
            assertThat(plan)
                    .containsPattern("Index Cond: .*token >= 'family123'.*token < 'family124'")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void a_search_is_always_planned_with_its_words() {
        clinics.open()
                .inside(() -> transaction.executeWithoutResult(status -> {
                    directory.search("ana", 50, null);
                    assertThat(jdbc.sql("show plan_cache_mode")
                                    .query(String.class)
                                    .single())
                            .isEqualTo("force_custom_plan");
                }));
    }

    /** As the superuser, who is not fenced: only the reading is under test. */
    private void fill(UUID organization) throws SQLException {
        try (var connection = database.connectAsSuperuser()) {
            run(connection, "set search_path = recado");
            run(connection, """
                    insert into patient (organization_id, id, given_name, family_name, sort_name, language, messaging,
                                         created_at, created_by, updated_at, updated_by, version)
                    select '%s', gen_random_uuid(), 'Given' || n, 'Family' || n, 'family' || n || ' given' || n,
                           'es', 'allowed', now(), 'test', now(), 'test', 0
                      from generate_series(1, %d) n
                    """.formatted(organization, PATIENTS));
            run(connection, """
                    insert into patient_search (organization_id, token, patient_id)
                    select organization_id, unnest(string_to_array(sort_name, ' ')), id from patient
                     where organization_id = '%s'
                    """.formatted(organization));
            run(connection, "analyze patient");
            run(connection, "analyze patient_search");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines.stream().collect(Collectors.joining("\n"));
        }
    }
}
