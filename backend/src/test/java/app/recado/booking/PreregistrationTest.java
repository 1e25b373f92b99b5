package app.recado.booking;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Staff type name and phone, the patient completes the card behind a link. */
@RecadoTest
class PreregistrationTest {

    private static final Instant NOW = at("2026-11-24T12:00:00Z");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Api desk() {
        return loop().clinic.receptionist();
    }

    private UUID registered(Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("givenName", "Julieta", "phone", "011 15-2345-6789"));
        body.putAll(more);
        return LoopClinic.created(desk().post("/patients", body));
    }

    private Answer linked(UUID patient, boolean send) {
        var made = desk().post("/preregistrations", Map.of("patientId", patient, "send", send));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    /** Whoever holds the link. */
    private Api behind(Answer made) {
        return behind(made, loop().clinic);
    }

    private Api behind(Answer made, Clinics.Clinic clinic) {
        var link = made.at("/link");
        return new Api(clinics.server() + "/api/v1/public/booking/clinic-" + clinic.id(), Map.of())
                .with("Booking-Token", link.substring(link.indexOf("#p=") + 3));
    }

    private static Map<String, Object> answer(Map<String, Object> change) {
        var body = new HashMap<String, Object>(Map.of(
                "givenName",
                "Julieta",
                "familyName",
                "Sarmiento",
                "birthDate",
                "1984-02-29",
                "identifierKind",
                "ar-dni",
                "identifier",
                "30.123.456",
                "language",
                "es",
                "data",
                true,
                "care",
                true,
                "marketing",
                false));
        body.put("email", "julieta@example.com");
        body.putAll(change);
        return body;
    }

    private Answer read(Answer made) {
        var now = desk().get("/preregistrations/" + made.id());
        assertThat(now.status()).as(now.text()).isEqualTo(200);
        return now;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void a_patient_completes_their_card_once_and_staff_follow_it() {
        var osde = LoopClinic.created(loop().clinic.owner().post("/insurances", Map.of("name", "OSDE")));
        var patient = registered(Map.of());
        var made = linked(patient, true);
        assertThat(texts(made.json().at("/missing")))
                .containsExactly("family-name", "birth-date", "identifier", "email", "insurance");
        assertThat(made.json().at("/sent").asInt()).isOne();

        loop().everythingIsSent();
        var sent = loop().commands().getLast();
        assertThat(sent.to).isEqualTo("+5491123456789");
        assertThat(sent.text).startsWith("Hola, Julieta.").contains("https://recado.test/reservar/clinic-", "#p=");

        var page = behind(made);
        var form = page.get("/preregistration");
        assertThat(form.status()).as(form.text()).isEqualTo(200);
        assertThat(form.at("/givenName")).isEqualTo("Julieta");
        assertThat(form.at("/identifierKind")).isEqualTo("ar-dni");
        assertThat(read(made).at("/openedAt")).isEqualTo(NOW.toString());
        assertThat(page.post("/preregistration", answer(Map.of("data", false))).text())
                .contains("/data");
        assertThat(page.post("/preregistration", answer(Map.of("identifier", "1")))
                        .text())
                .contains("/identifier");

        var said = answer(Map.of("insuranceId", osde, "memberNumber", "61 123"));
        var done = page.post("/preregistration", said);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.text()).doesNotContain("Julieta", "Sarmiento");
        assertThat(page.post("/preregistration", said).status()).isEqualTo(200); // the net was slow
        assertThat(page.post("/preregistration", answer(Map.of("familyName", "Otra")))
                        .status())
                .isEqualTo(404);

        var card = desk().get("/patients/" + patient);
        assertThat(card.at("/familyName")).isEqualTo("Sarmiento");
        assertThat(card.at("/birthDate")).isEqualTo("1984-02-29");
        assertThat(card.at("/identifiers/0/value")).isEqualTo("30123456");
        assertThat(card.at("/email")).isEqualTo("julieta@example.com");
        assertThat(card.at("/marketing")).isEqualTo("opted-out");
        var coverage = desk().get("/patients/%s/coverage".formatted(patient));
        assertThat(coverage.at("/insurance")).isEqualTo("OSDE");
        assertThat(coverage.at("/memberNumber")).isEqualTo("61 123");
        var now = read(made);
        assertThat(now.at("/state")).isEqualTo("completed");
        assertThat(now.json().at("/link").isNull()).isTrue();
        assertThat(now.json().at("/missing")).isEmpty();
        assertThat(now.json().at("/differing")).isEmpty();
        assertThat(now.at("/consents/1/text")).startsWith("Quiero que").contains("WhatsApp");
        assertThat(now.json().at("/consents/2/given").asBoolean()).isFalse();
        assertThat(desk().post("/preregistrations/%s/send".formatted(made.id()), null)
                        .code())
                .isEqualTo("preregistration-closed");
    }

    @Test
    void what_staff_wrote_stays_until_they_take_what_the_patient_says() {
        var osde = LoopClinic.created(loop().clinic.owner().post("/insurances", Map.of("name", "OSDE")));
        var galeno = LoopClinic.created(loop().clinic.owner().post("/insurances", Map.of("name", "Galeno")));
        var patient = registered(Map.of(
                "familyName",
                "Sarmento",
                "birthDate",
                "1985-02-28",
                "identifiers",
                List.of(Map.of("kind", "ar-dni", "value", "30123455"))));
        var coverage = desk().get("/patients/%s/coverage".formatted(patient));
        assertThat(desk().ifMatch(coverage.etag())
                        .put("/patients/%s/coverage".formatted(patient), Map.of("insuranceId", osde))
                        .status())
                .isEqualTo(200);
        var card = desk().get("/patients/" + patient);
        var stopped = new HashMap<String, @Nullable Object>(Map.of(
                "givenName",
                "Julieta",
                "familyName",
                "Sarmento",
                "birthDate",
                "1985-02-28",
                "phone",
                "011 15-2345-6789",
                "messaging",
                "opted-out"));
        assertThat(desk().ifMatch(card.etag())
                        .put("/patients/" + patient, stopped)
                        .status())
                .isEqualTo(200);

        assertThat(desk().post("/preregistrations", Map.of("patientId", patient, "send", true))
                        .text())
                .contains("opted-out"); // not written to; staff may still hand it over
        var made = linked(patient, false);
        assertThat(behind(made)
                        .post("/preregistration", answer(Map.of("insuranceId", galeno, "memberNumber", "7")))
                        .status())
                .isEqualTo(200);
        var same = desk().get("/patients/" + patient);
        assertThat(same.at("/familyName")).isEqualTo("Sarmento");
        assertThat(same.at("/birthDate")).isEqualTo("1985-02-28");
        assertThat(same.at("/messaging")).isEqualTo("opted-out");
        assertThat(same.at("/email")).isEqualTo("julieta@example.com");
        var now = read(made);
        assertThat(now.json()
                        .at("/differing")
                        .valueStream()
                        .map(one -> one.at("/detail").asString() + " "
                                + one.at("/written").asString("") + " > "
                                + one.at("/said").asString())
                        .toList())
                .containsExactlyInAnyOrder(
                        "family-name Sarmento > Sarmiento",
                        "birth-date 1985-02-28 > 1984-02-29",
                        "identifier 30.123.455 > 30.123.456",
                        "insurance OSDE > Galeno 7",
                        "messaging  > true");

        var decided = desk().ifMatch(now.etag())
                .post(
                        "/preregistrations/%s/resolve".formatted(made.id()),
                        Map.of("accept", List.of("family-name", "identifier", "insurance", "messaging")));
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
        assertThat(decided.json().at("/differing")).isEmpty();
        var after = desk().get("/patients/" + patient);
        assertThat(after.at("/familyName")).isEqualTo("Sarmiento");
        assertThat(after.at("/birthDate")).isEqualTo("1985-02-28");
        assertThat(after.at("/identifiers/0/value")).isEqualTo("30123456");
        assertThat(after.at("/messaging")).isEqualTo("allowed");
        assertThat(after.at("/phone")).isEqualTo("+5491123456789");
        assertThat(desk().get("/patients/%s/coverage".formatted(patient)).at("/memberNumber"))
                .isEqualTo("7");
    }

    @Test
    void a_paper_that_another_patient_has_makes_the_two_likely_duplicates() {
        var other = LoopClinic.created(desk().post(
                        "/patients",
                        Map.of(
                                "givenName",
                                "Zulma",
                                "identifiers",
                                List.of(Map.of("kind", "ar-dni", "value", "30123456")))));
        var patient = registered(Map.of());
        var made = linked(patient, false);
        assertThat(behind(made).post("/preregistration", answer(Map.of())).status())
                .isEqualTo(200);
        assertThat(read(made).json().at("/identifierTaken").asBoolean()).isTrue();
        assertThat(desk().get("/patients/" + patient).json().at("/identifiers")).isEmpty();
        var pairs = desk().get("/patients/duplicate-pairs");
        assertThat(pairs.json().at("/items")).hasSize(1);
        assertThat(pairs.text()).contains(other.toString(), patient.toString());
        assertThat(pairs.json().at("/items/0/score").asInt()).isEqualTo(100);
        assertThat(desk().send("PUT", "/patients/%s/distinct-from/%s".formatted(patient, other), null)
                        .status())
                .isLessThan(300);
        assertThat(desk().get("/patients/duplicate-pairs").json().at("/items")).isEmpty();
    }

    @Test
    void a_link_counts_for_a_week_in_its_own_clinic_until_another_one_or_staff_end_it() {
        var patient = registered(Map.of());
        var first = linked(patient, false);
        assertThat(behind(first, clinics.open()).get("/preregistration").status())
                .isEqualTo(404);
        var second = linked(patient, false);
        assertThat(behind(first).get("/preregistration").status()).isEqualTo(404);
        assertThat(read(first).at("/state")).isEqualTo("revoked");

        clock.set(NOW.plus(Duration.ofDays(7)));
        assertThat(behind(second).get("/preregistration").status()).isEqualTo(404);
        assertThat(behind(second).post("/preregistration", answer(Map.of())).status())
                .isEqualTo(404);
        assertThat(read(second).at("/state")).isEqualTo("expired");
        var again = desk().post("/preregistrations/%s/send".formatted(second.id()), null);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(behind(again).get("/preregistration").status()).isEqualTo(200);

        var revoked =
                desk().ifMatch(read(second).etag()).post("/preregistrations/%s/revoke".formatted(second.id()), null);
        assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
        assertThat(behind(again).get("/preregistration").status()).isEqualTo(404);
    }
}
