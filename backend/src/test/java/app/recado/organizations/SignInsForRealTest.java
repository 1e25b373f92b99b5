package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.testing.DueJobs;
import app.recado.testing.RealIdentityTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What people do at the real identity server stands in the trails of their clinics. */
@RealIdentityTest
class SignInsForRealTest extends RealPeople {

    @Autowired
    DueJobs jobs;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_sign_in_its_failure_and_its_end_stand_once_in_the_trail_of_each_clinic_of_the_person_and_in_no_other() {
        var owner = person("duena");
        var clinic = onboard(owner);
        var both = person("ambas");
        var elsewhere = onboard(both);
        joins(both, clinic, owner, "receptionist");
        var stranger = person("otra");
        var another = onboard(stranger);
        var account = keycloak.directory().findUser(both);
        assertThatThrownBy(() -> keycloak.tokens().of(both, "wrong-password", "openid"))
                .isInstanceOf(RuntimeException.class);

        readEvents();
        readEvents();

        for (var one : new UUID[] {clinic, elsewhere}) {
            var name = one.equals(clinic) ? owner : both;
            var trail = as(name).get(path(one, "/audit-entries?actor=" + account))
                    .json()
                    .path("items");
            assertThat(count(trail, "sign-in-failed")).isOne();
            assertThat(count(trail, "signed-in")).isPositive();
            for (var entry : trail) {
                if (entry.path("action").asString().startsWith("sign")) {
                    assertThat(entry.path("actorName").asString()).isEqualTo("ambas Prueba");
                    assertThat(entry.path("address").asString()).isNotBlank();
                }
            }
        }
        assertThat(as(stranger).get(path(another, "/audit-entries")).text()).doesNotContain(String.valueOf(account));
    }

    private void readEvents() {
        jdbc.sql("""
                        insert into scheduled_task (task_name, task_instance, execution_time, picked, version)
                        values ('sign-ins', 'recurring', now(), false, 1)
                        on conflict (task_name, task_instance) do update set execution_time = excluded.execution_time
                        """).update();
        jobs.run();
    }

    private static long count(JsonNode trail, String action) {
        return trail.valueStream()
                .filter(entry -> entry.path("action").asString().equals(action))
                .count();
    }
}
