package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What was written for a patient while they were merged is not left behind. */
@RecadoTest
class LateReferencesTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    LateReferences late;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static String patientOf(Api desk, UUID visit) {
        return desk.get("/appointments/" + visit).at("/patient/id");
    }

    @Test
    void a_row_that_was_committed_after_the_merge_follows_it_and_goes_back_with_its_undo() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        var clinic = clinics.open();
        var desk = clinic.receptionist();
        var survivor = created(desk.post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")));
        var replaced = created(desk.post("/patients", Map.of("givenName", "Anita", "familyName", "Nuñes")));
        var practitioner = created(clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez")));
        var service =
                created(clinic.owner().post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30)));
        var visit = created(desk.post(
                        "/appointments",
                        Map.of(
                                "patientId", survivor.id(),
                                "practitionerId", practitioner.id(),
                                "healthcareServiceId", service.id(),
                                "start", "2026-11-25T13:00:00Z")))
                .id();
        var merged = desk.ifMatch(survivor.etag())
                .post(
                        "/patients/%s/merge".formatted(survivor.id()),
                        Map.of(
                                "patientId",
                                replaced.id(),
                                "version",
                                Long.parseLong(replaced.at("/version")),
                                "take",
                                List.of()));
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        clinic.inside(() -> transaction.executeWithoutResult(
                status -> jdbc.sql("update appointment set patient_id = ? where organization_id = ? and id = ?")
                        .params(replaced.id(), clinic.id(), visit)
                        .update()));

        late.follow();
        assertThat(patientOf(desk, visit)).isEqualTo(survivor.id().toString());
        var undone = desk.ifMatch(desk.get("/patients/" + survivor.id()).etag())
                .post("/patients/%s/merges/%s/undo".formatted(survivor.id(), merged.at("/merge/id")), null);
        assertThat(undone.status()).as(undone.text()).isEqualTo(200);
        assertThat(patientOf(desk, visit)).isEqualTo(replaced.id().toString());
        late.follow();
        assertThat(patientOf(desk, visit))
                .as("an undone merge moves nothing")
                .isEqualTo(replaced.id().toString());
    }
}
