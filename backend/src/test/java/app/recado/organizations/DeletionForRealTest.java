package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.MailCatcher;
import app.recado.devstack.PostgresServer;
import app.recado.testing.DueJobs;
import app.recado.testing.RealIdentityTest;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of people's accounts when a clinic is deleted, at the real identity server. */
@RealIdentityTest
class DeletionForRealTest extends RealPeople {

    @Autowired
    DueJobs jobs;

    @Autowired
    PostgresServer.Database database;

    @Test
    void accounts_that_work_nowhere_else_go_with_the_clinic_and_others_only_leave_it() throws Exception {
        var owner = person("duena");
        var clinic = onboard(owner);
        var both = person("ambas");
        var elsewhere = onboard(both);
        joins(both, clinic, owner, "receptionist");
        var here = person("sola");
        joins(here, clinic, owner, "practitioner");
        var name = as(owner).get(path(clinic, "")).at("/name");
        var alias = as(owner).get(path(clinic, "")).at("/alias");

        var asked = as(owner).post(path(clinic, "/deletion/request"), Map.of("name", name));
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        jobs.run();
        assertThat(MailCatcher.shared().mailsTo(owner))
                .extracting(MailCatcher.Mail::subject)
                .containsOnlyOnce(name + " se va a eliminar de Recado");
        isDue(clinic);
        jobs.run();

        assertThat(keycloak.directory().findUser(owner)).isNull();
        assertThat(keycloak.directory().findUser(here)).isNull();
        var organizations = as(both).get("/api/v1/me").json().path("organizations");
        assertThat(organizations).hasSize(1);
        assertThat(organizations.path(0).path("id").asString()).isEqualTo(elsewhere.toString());
        assertThat(as(both).get(path(elsewhere, "")).status()).isEqualTo(200);
        assertThat(as(both).get(path(clinic, "")).code()).isEqualTo("not-member");
        // The short name is free again.
        var again = new java.util.HashMap<>(organization("otra", both));
        again.put("alias", alias);
        assertThat(admin().post("/api/v1/organizations", again).status()).isEqualTo(201);
    }

    private void isDue(UUID clinic) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute("update recado.organization_deletion set requested_at = now() - interval '31 days'"
                    + " where organization_id = '" + clinic + "'");
            statement.execute("update recado.organization set deletion_due_at = now() where id = '" + clinic + "'");
            statement.execute("update recado.scheduled_task set execution_time = now() where task_instance like '"
                    + clinic + "/%'");
        }
    }
}
