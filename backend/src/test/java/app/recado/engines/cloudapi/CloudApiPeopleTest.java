package app.recado.engines.cloudapi;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** People on the official platform, who may hide their number or change it. */
@RecadoTest
class CloudApiPeopleTest {

    private static final String ANA = "+5491123456789";
    private static final String NEW = "+5491144445555";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @BeforeEach
    void monday() {
        clock.set(at("2026-11-23T12:00:00Z"));
    }

    private static JsonNode newest(CloudApiLine line) {
        return line.clinic.receptionist().get("/inbound-messages").json().at("/items/0");
    }

    private static JsonNode patient(CloudApiLine line, UUID id) {
        return line.clinic.receptionist().get("/patients/" + id).json();
    }

    private static void changesNumber(CloudApiLine line) {
        line.delivers("""
                "messages":[{"from":"5491123456789","id":"wamid.S","timestamp":"1795435200","type":"system","system":{
                  "type":"user_changed_number","body":"x","wa_id":"5491144445555","user_id":"AR.2","previous_user_id":"AR.1"}}]
                """);
    }

    @Test
    void who_answers_without_a_number_is_known_by_the_receipt_of_what_they_were_told() {
        var line = CloudApiLine.linked(clinics);
        var clinic = LoopClinic.on(line.clinic, line.line, clinics, clock, worker);
        var visit =
                clinic.books(clinic.patient("Ana", ANA), "2026-11-26T13:00:00Z").id();
        clinic.turn();
        line.status(
                line.wamid(1),
                "delivered",
                Map.of("recipient_id", "5491123456789", "recipient_user_id", "AR.13491208655302741918"));
        clock.advance(Duration.ofMinutes(5));

        line.delivers("""
                "messages":[{"from_user_id":"AR.13491208655302741918","id":"wamid.IN","timestamp":"%d","type":"button",
                  "button":{"payload":"Confirmo","text":"Confirmo"},"context":{"id":"%s"}}]
                """.formatted(clock.instant().getEpochSecond(), line.wamid(1)));

        assertThat(clinic.read(visit).at("/participation")).isEqualTo("accepted");
        assertThat(newest(line).path("phone").asString()).isEqualTo(ANA);
    }

    @Test
    void somebody_known_by_their_user_id_alone_is_answered_by_it_within_a_day() {
        var line = CloudApiLine.linked(clinics);
        line.delivers("""
                "messages":[{"from_user_id":"AR.77","id":"wamid.IN","timestamp":"%d","type":"text","text":{"body":"hola"}}]
                """.formatted(clock.instant().getEpochSecond()));
        var contact = newest(line).path("contactId").asString();
        var body = Map.of("contactId", contact, "content", Map.of("kind", "text", "text", "Buen día"));

        var sent = line.clinic.receptionist().post("/messages", body);

        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        worker.runDue();
        var asked = line.platform.messages().getLast().text();
        assertThat(asked).contains("\"recipient\":\"AR.77\"").doesNotContain("\"to\":");
        clock.advance(Duration.ofHours(25));
        assertThat(line.clinic.receptionist().post("/messages", body).code()).isEqualTo("window-closed");
    }

    @Test
    void who_tells_the_platform_that_they_want_no_marketing_still_hears_of_their_visits() {
        var line = CloudApiLine.linked(clinics);
        var ana = LoopClinic.on(line.clinic, line.line, clinics, clock, worker).patient("Ana", ANA);

        line.prefers("stop");
        assertThat(patient(line, ana).path("marketing").asString()).isEqualTo("opted-out");
        assertThat(patient(line, ana).path("messaging").asString()).isEqualTo("allowed");
        line.prefers("resume");

        assertThat(patient(line, ana).path("marketing").asString()).isEqualTo("allowed");
    }

    @Test
    void a_changed_number_is_offered_and_moves_the_patient_when_somebody_agrees() {
        var line = CloudApiLine.linked(clinics);
        var clinic = LoopClinic.on(line.clinic, line.line, clinics, clock, worker);
        var ana = clinic.patient("Ana", ANA);
        changesNumber(line);
        var offer = newest(line);
        assertThat(offer.path("reason").asString()).isEqualTo("identity-changed");
        assertThat(offer.path("newPhone").asString()).isEqualTo(NEW);
        assertThat(patient(line, ana).path("phone").asString())
                .as("nothing by itself")
                .isEqualTo(ANA);

        var path = "/inbound-messages/" + offer.path("id").asString() + "/accept-identity";
        assertThat(line.clinic.receptionist().post(path, null).code()).isEqualTo("if-match-required");
        assertThat(line.clinic.receptionist().ifMatch("\"v7\"").post(path, null).code())
                .isEqualTo("stale");
        var accepted = line.clinic.receptionist().ifMatch("\"v0\"").post(path, null);

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(accepted.at("/reason")).isEqualTo("identity-accepted");
        assertThat(patient(line, ana).path("phone").asString()).isEqualTo(NEW);
        assertThat(line.clinic
                        .receptionist()
                        .post("/patients/search", Map.of("text", "44445555"))
                        .text())
                .contains(ana.toString());
        line.delivers("""
                "messages":[{"from_user_id":"AR.2","id":"wamid.N","timestamp":"1795435300","type":"text","text":{"body":"hola"}}]
                """);
        assertThat(newest(line).at("/patient/id").asString()).isEqualTo(ana.toString());
        assertThat(line.clinic
                        .receptionist()
                        .ifMatch(accepted.etag())
                        .post(path, null)
                        .code())
                .isEqualTo("message-not-in-that-state");
    }

    @Test
    void a_changed_number_that_is_dismissed_changes_nothing() {
        var line = CloudApiLine.linked(clinics);
        var clinic = LoopClinic.on(line.clinic, line.line, clinics, clock, worker);
        var ana = clinic.patient("Ana", ANA);
        changesNumber(line);

        var path = "/inbound-messages/" + newest(line).path("id").asString() + "/handle";
        assertThat(line.clinic.receptionist().ifMatch("\"v0\"").post(path, null).status())
                .isEqualTo(200);

        assertThat(patient(line, ana).path("phone").asString()).isEqualTo(ANA);
        assertThat(line.clinic
                        .receptionist()
                        .get("/patients/" + ana + "/writing-lines")
                        .json()
                        .at("/items/0/windowClosesAt")
                        .isNull())
                .as("she herself wrote nothing")
                .isTrue();
    }
}
