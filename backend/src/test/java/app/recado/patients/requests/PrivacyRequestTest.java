package app.recado.patients.requests;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What patients ask about their data, and until when it is answered. */
@RecadoTest
class PrivacyRequestTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void in_december() {
        clock.set(Instant.parse("2026-12-05T15:00:00Z"));
    }

    private static UUID patient(Clinic clinic, String name) {
        return clinic.receptionist()
                .post("/patients", Map.of("givenName", name, "familyName", "Núñez"))
                .id();
    }

    private static Answer ask(Api desk, UUID patient, String kind, @Nullable String receivedOn) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("patientId", patient);
        body.put("kind", kind);
        body.put("receivedOn", receivedOn);
        return desk.post("/privacy-requests", body);
    }

    private static List<String> ids(Answer list) {
        return list.json()
                .at("/items")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    /** 2026-11-23 is a holiday in Argentina, 2026-12-08 in Argentina, Colombia and Chile. */
    @ParameterizedTest(name = "{0}: {1} received on {2} is due on {3}")
    @CsvSource({
        "AR, America/Argentina/Buenos_Aires, access, 2026-11-20, 2026-11-30",
        "AR, America/Argentina/Buenos_Aires, correction, 2026-11-20, 2026-11-30",
        "AR, America/Argentina/Buenos_Aires, erasure, 2026-12-04, 2026-12-14",
        "BR, America/Sao_Paulo, access, 2026-11-20, 2026-12-05",
        "BR, America/Sao_Paulo, erasure, 2026-11-20, 2026-12-05",
        "CO, America/Bogota, access, 2026-12-04, 2026-12-21",
        "CL, America/Santiago, access, 2026-11-30, 2026-12-02",
        "CL, America/Santiago, access, 2026-12-01, 2026-12-31",
        "CL, America/Santiago, restriction, 2026-12-04, 2026-12-09",
        "PY, America/Asuncion, correction, 2026-12-01, 2026-12-11"
    })
    void a_request_is_due_by_the_law_of_the_clinics_country(
            String country, String zone, String kind, String receivedOn, String dueOn) {
        var clinic = clinics.open(country, zone, "es");
        var asked = ask(clinic.receptionist(), patient(clinic, "Ana"), kind, receivedOn);
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        assertThat(asked.at("/dueOn")).isEqualTo(dueOn);
        assertThat(asked.json().at("/term/law").isNull()).isEqualTo(country.equals("PY"));
    }

    @Test
    void open_requests_are_listed_due_first_and_overdue_ones_say_so() {
        var clinic = clinics.open();
        var ana = patient(clinic, "Ana");
        var desk = clinic.receptionist();
        var late = ask(desk, ana, "access", "2026-11-20");
        var later = ask(desk, patient(clinic, "Ida"), "access", null);
        var soon = ask(desk, ana, "access", "2026-11-26");
        var list = desk.get("/privacy-requests");
        assertThat(ids(list))
                .containsExactly(String.valueOf(late.id()), String.valueOf(soon.id()), String.valueOf(later.id()));
        assertThat(list.at("/items/0/overdue")).isEqualTo("true");
        assertThat(list.at("/items/1/overdue")).isEqualTo("false");
        assertThat(later.at("/receivedOn")).isEqualTo("2026-12-05");
        assertThat(ids(desk.get("/privacy-requests?patientId=" + ana))).hasSize(2);
        var first = desk.get("/privacy-requests?limit=1");
        assertThat(ids(desk.get("/privacy-requests?limit=1&cursor=" + first.at("/nextCursor"))))
                .containsExactly(String.valueOf(soon.id()));
        // The evening of its last day, where the clinic is.
        clock.set(Instant.parse("2026-12-07T02:30:00Z"));
        assertThat(desk.get("/privacy-requests/" + soon.id()).at("/overdue")).isEqualTo("false");
        clock.set(Instant.parse("2026-12-07T03:30:00Z"));
        assertThat(desk.get("/privacy-requests/" + soon.id()).at("/overdue")).isEqualTo("true");
    }

    @Test
    void an_owner_answers_once_and_says_why_something_is_not_done() {
        var clinic = clinics.open();
        var asked = ask(clinic.receptionist(), patient(clinic, "Ana"), "erasure", "2026-11-20");
        var path = "/privacy-requests/" + asked.id();
        var owner = clinic.owner();
        assertThat(clinic.receptionist()
                        .ifMatch(asked.etag())
                        .send("POST", path + "/complete", Map.of())
                        .code())
                .isEqualTo("forbidden");
        var unexplained = owner.ifMatch(asked.etag()).send("POST", path + "/refuse", Map.of("reason", " "));
        assertThat(unexplained.status()).isEqualTo(422);
        assertThat(unexplained.at("/errors/0/pointer")).isEqualTo("/reason");
        assertThat(owner.ifMatch(asked.etag())
                        .send("POST", path + "/complete", Map.of())
                        .code())
                .isEqualTo("privacy-request-not-carried-out");
        var refused = owner.ifMatch(asked.etag())
                .send("POST", path + "/refuse", Map.of("reason", "Se conserva diez años (Ley 26.529)"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(200);
        assertThat(refused.at("/state")).isEqualTo("refused");
        assertThat(refused.at("/overdue")).isEqualTo("false");
        assertThat(refused.json().at("/closedBy").isNull()).isFalse();
        assertThat(owner.ifMatch(asked.etag())
                        .send("POST", path + "/complete", Map.of())
                        .code())
                .isEqualTo("stale");
        assertThat(owner.ifMatch(refused.etag())
                        .send("POST", path + "/complete", Map.of())
                        .code())
                .isEqualTo("privacy-request-closed");
        assertThat(ids(owner.get("/privacy-requests"))).isEmpty();
        assertThat(ids(owner.get("/privacy-requests?closed=true")))
                .containsExactly(asked.id().toString());
    }

    @Test
    void a_day_to_come_and_one_of_another_year_are_refused() {
        var clinic = clinics.open();
        var ana = patient(clinic, "Ana");
        for (var day : List.of("2026-12-06", "2025-11-01")) {
            var refused = ask(clinic.receptionist(), ana, "access", day);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.at("/errors/0/code")).isEqualTo("out-of-range");
        }
        assertThat(ask(clinics.open().receptionist(), ana, "access", null).code())
                .isEqualTo("patient-unknown");
    }

    @Test
    void a_request_follows_when_its_patient_is_merged() {
        var clinic = clinics.open();
        var desk = clinic.receptionist();
        var ana = desk.post("/patients", Map.of("givenName", "Ana"));
        var twin = patient(clinic, "Ana");
        var asked = ask(desk, twin, "access", null);
        desk.ifMatch(ana.etag())
                .post("/patients/%s/merge".formatted(ana.id()), Map.of("patientId", twin, "version", 0));
        assertThat(ids(desk.get("/privacy-requests?patientId=" + ana.id())))
                .containsExactly(asked.id().toString());
    }
}
