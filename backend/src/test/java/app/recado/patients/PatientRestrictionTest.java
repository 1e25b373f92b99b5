package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A patient whose data is kept and not used until that ends. */
@RecadoTest
class PatientRestrictionTest {

    private static final String PHONE = "011 15-2345-6789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Answer act(Api who, UUID patient, String action, @Nullable Object body) {
        return who.ifMatch(who.get("/patients/" + patient).etag())
                .send("POST", "/patients/%s/%s".formatted(patient, action), body);
    }

    private Answer restrict(UUID patient) {
        var answer = act(loop().clinic.owner(), patient, "restrict", Map.of("reason", "Discute sus datos"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private Answer writes(UUID patient, @Nullable Boolean despite) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("patientId", patient);
        body.put("content", Map.of("kind", "text", "text", "Llamanos"));
        body.put("despiteRestriction", despite);
        return loop().clinic.receptionist().post("/messages", body);
    }

    @Test
    void nothing_leaves_by_itself_until_it_ends_and_staff_write_only_once_they_were_told() {
        var ana = loop().patient("Ana", PHONE);
        var soon = loop().books(ana, "2026-11-26T13:00:00Z"); // its reminder is due on the 25th
        loop().turn(); // the confirmation is at the gateway
        assertThat(writes(ana, null).status()).isEqualTo(201); // and waits behind it
        var restricted = restrict(ana);
        assertThat(restricted.at("/restrictedAt")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(restricted.at("/restrictionReason")).isEqualTo("Discute sus datos");
        loop().turn();
        assertThat(loop().message(soon.id(), "confirmation").path("state").asString())
                .isEqualTo("withdrawn");

        assertThat(writes(ana, null).code()).isEqualTo("patient-restricted");
        assertThat(writes(ana, false).code()).isEqualTo("patient-restricted");
        var sent = loop().commands().size();
        assertThat(writes(ana, true).status()).isEqualTo(201);
        loop().everythingIsSent();
        assertThat(loop().commands()).hasSize(sent + 1);

        var later = loop().books(ana, "2026-12-03T13:00:00Z");
        clock.set(Instant.parse("2026-11-25T14:00:00Z"));
        loop().turn();
        assertThat(loop().commands()).hasSize(sent + 1);
        assertThat(loop().message(soon.id(), "reminder").path("reason").asString())
                .isEqualTo("restricted");

        var lifted = act(loop().clinic.owner(), ana, "lift-restriction", null);
        assertThat(lifted.json().at("/restrictedAt").isNull()).as(lifted.text()).isTrue();
        clock.set(Instant.parse("2026-12-02T14:00:00Z"));
        loop().everythingIsSent();
        assertThat(loop().message(later.id(), "reminder").path("state").asString())
                .isEqualTo("sent");
    }

    @Test
    void staff_find_and_see_the_patient_with_the_mark_and_what_leaves_the_clinic_says_nothing_of_them() {
        var ana = loop().patient("Zulema", PHONE);
        var visit = loop().books(ana, "2026-11-26T13:00:00Z");
        var owner = loop().clinic.owner();
        var feed = owner.post("/calendar-feeds", Map.of("practitionerId", loop().practitioner, "patientNames", true));
        restrict(ana);

        assertThat(loop().read(visit.id()).at("/patient/restricted")).isEqualTo("true");
        assertThat(owner.post("/patients/search", Map.of("text", "zulema")).at("/items/0/restrictionReason"))
                .isEqualTo("Discute sus datos");
        for (var path : new String[] {
            "/patients/export",
            "/appointments/export?from=2026-11-24&to=2026-12-24",
            "/fhir/R4/Appointment?date=2026-11-26"
        }) {
            var left = owner.get(path);
            assertThat(left.status()).as(left.text()).isEqualTo(200);
            assertThat(left.text()).as(path).doesNotContain("Zulema").doesNotContain(ana.toString());
        }
        assertThat(owner.get("/fhir/R4/Patient/" + ana).status()).isEqualTo(404);
        var calendar = clinics.anonymous().get(feed.at("/path"));
        assertThat(calendar.text()).contains("Control").doesNotContain("Zulema");
        assertThat(owner.get("/patients/%s/personal-data".formatted(ana)).at("/patient/restrictionReason"))
                .isEqualTo("Discute sus datos");
    }

    @Test
    void the_request_for_it_is_answered_by_it_and_not_before() {
        var ana = loop().patient("Ana", PHONE);
        var owner = loop().clinic.owner();
        var asked = owner.post("/privacy-requests", Map.of("patientId", ana, "kind", "restriction"));
        var path = "/privacy-requests/" + asked.id();
        assertThat(owner.ifMatch(asked.etag())
                        .send("POST", path + "/complete", Map.of())
                        .code())
                .isEqualTo("privacy-request-not-carried-out");
        restrict(ana);
        var answered = owner.get(path);
        assertThat(answered.at("/state")).isEqualTo("done");
        assertThat(answered.at("/patient/restricted")).isEqualTo("true");
    }

    @Test
    void only_an_owner_begins_and_ends_it_and_it_holds_for_both_cards_of_a_person() {
        var ana = loop().patient("Ana", PHONE);
        var twin = loop().patient("Ana", null);
        var desk = loop().clinic.receptionist();
        assertThat(act(desk, ana, "restrict", Map.of()).code()).isEqualTo("forbidden");
        assertThat(act(loop().clinic.owner(), ana, "lift-restriction", null).code())
                .isEqualTo("conflict");
        restrict(twin);
        assertThat(act(desk, twin, "lift-restriction", null).code()).isEqualTo("forbidden");
        var merged = desk.ifMatch(desk.get("/patients/" + ana).etag())
                .post("/patients/%s/merge".formatted(ana), Map.of("patientId", twin, "version", 1));
        assertThat(merged.at("/patient/restrictionReason")).as(merged.text()).isEqualTo("Discute sus datos");
        var undone = desk.ifMatch(merged.etag())
                .post("/patients/%s/merges/%s/undo".formatted(ana, merged.at("/merge/id")), null);
        assertThat(undone.json().at("/patient/restrictedAt").isNull())
                .as(undone.text())
                .isTrue();
        assertThat(undone.json().at("/restored/restrictedAt").isNull()).isFalse();
        // What is written on the card otherwise stays as it was.
        var corrected =
                desk.ifMatch(desk.get("/patients/" + twin).etag()).put("/patients/" + twin, named("Ana", "Sosa", null));
        assertThat(corrected.json().at("/restrictedAt").isNull()).isFalse();
    }
}
