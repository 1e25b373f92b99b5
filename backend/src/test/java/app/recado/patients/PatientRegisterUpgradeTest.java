package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class PatientRegisterUpgradeTest {

    @Autowired
    Clinics clinics;

    @Autowired
    PostgresServer.Database database;

    @Test
    void patients_registered_before_follow_todays_rules_afterwards() throws Exception {
        var clinic = clinics.open();
        var desk = clinic.receptionist();
        var mario = desk.post("/patients", named("Mario", "D'Angelo", "11 2345-6789"));
        desk.post("/patients", named("Eva", "Paz", "011 15-2345-0000"));
        try (var connection = database.connectAsSuperuser()) {
            run(connection, "set search_path = recado");
            run(connection, "delete from patient_search");
            run(
                    connection,
                    "update patient set sort_name = 'd angelo mario', phone = '+541123456789' where id = '%s'"
                            .formatted(mario.id()));
        }
        try (var owner = database.connect("owner")) {
            owner.setAutoCommit(false);
            var upgrade = new PatientRegisterUpgrade();
            upgrade.execute(DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(owner)));
            owner.commit();
            assertThat(upgrade.getConfirmationMessage()).endsWith(" patients follow today's rules");
        }
        var found = desk.post("/patients/search", Map.of("text", "dangelo"));
        assertThat(found.at("/items/0/phone")).isEqualTo("+5491123456789");
        assertThat(found.at("/items/0/version")).isEqualTo("1");
        var other = desk.post("/patients/search", Map.of("text", "2345 0000"));
        assertThat(other.at("/items/0/displayName")).isEqualTo("Eva Paz");
        assertThat(other.at("/items/0/version")).isEqualTo("0");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
