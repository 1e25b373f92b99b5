package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A day of the agenda stays a range of an index behind row-level security. */
@RecadoTest
class AgendaPlanTest {

    @Autowired
    Clinics clinics;

    @Autowired
    PostgresServer.Database database;

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void a_day_reads_index_ranges_only(String planCacheMode) throws SQLException {
        var clinic = clinics.open();
        fill(clinic.id());
        try (var app = database.connect("app")) {
            app.setAutoCommit(false);
            run(app, "select set_config('app.organization_id', '" + clinic.id() + "', true)");
            run(app, "set local plan_cache_mode = " + planCacheMode);
            var day = Agenda.daysSql(false, false, 50)
                    .replace(":org", "$1")
                    .replace(":earliest", "$2")
                    .replace(":hi", "$3")
                    .replace(":lo", "$4");
            run(app, "prepare day (uuid, timestamptz, timestamptz, timestamptz) as " + day);
            var plan = text(app, """
                    explain (costs off) execute day('%s', '2026-11-23T19:00:00Z', '2026-11-25T03:00:00Z', '2026-11-24T03:00:00Z')
                    """.formatted(clinic.id()));
            assertThat(plan)
                    .containsPattern("Index Scan using appointment_\\w+ on appointment a")
                    .containsPattern("Index Cond: .*starts_at >= .*starts_at < ");
        }
    }

    /** As the superuser, who is not fenced: only the reading is under test. */
    private void fill(UUID organization) throws SQLException {
        try (var connection = database.connectAsSuperuser()) {
            run(connection, "set search_path = recado");
            run(connection, """
                    insert into patient (organization_id, id, given_name, family_name, sort_name, language, messaging,
                                         created_at, created_by, updated_at, updated_by, version)
                    select '%1$s', gen_random_uuid(), 'Ana', 'Paz', 'paz ana', 'es', 'allowed', now(), 't', now(), 't', 0
                      from generate_series(1, 2000);
                    insert into practitioner (organization_id, id, display_name, active, created_at, created_by, version)
                    select '%1$s', gen_random_uuid(), 'Dra. ' || n, true, now(), 't', 0 from generate_series(1, 5) n;
                    insert into healthcare_service (organization_id, id, name, duration_minutes, active, created_at,
                                                    created_by, version)
                    values ('%1$s', gen_random_uuid(), 'Control', 30, true, now(), 't', 0);
                    insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id,
                                             starts_at, ends_at, time_zone, status, participation, schedule_version,
                                             created_at, created_by, version)
                    select '%1$s', gen_random_uuid(), p.id, d.id, s.id,
                           timestamptz '2026-10-01T00:00:00Z' + p.n * interval '1 hour',
                           timestamptz '2026-10-01T00:30:00Z' + p.n * interval '1 hour',
                           'UTC', 'booked', 'needs-action', 1, now(), 't', 0
                      from (select id, row_number() over () as n from patient where organization_id = '%1$s') p
                     cross join (select id from practitioner where organization_id = '%1$s') d
                     cross join (select id from healthcare_service where organization_id = '%1$s') s
                    """.formatted(organization));
            run(connection, "analyze patient, practitioner, healthcare_service, appointment");
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
            return String.join("\n", lines);
        }
    }
}
