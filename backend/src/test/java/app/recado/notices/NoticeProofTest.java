package app.recado.notices;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.organizations.OrganizationProfile;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@RecadoTest
class NoticeProofTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    NoticeProofs proofs;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    /** Told, read, and answered with a tooth. */
    private UUID answered() {
        var visit =
                loop().books(loop().patient("Ana", ANA), "2026-11-26T13:00:00Z").id();
        loop().everythingIsSent();
        loop().hears(loop().voice.messageIs(loop().command(visit, "confirmation"), "read"));
        clock.advance(Duration.ofMinutes(2));
        loop().hears(loop().voice.from(ANA).writes("1"));
        return visit;
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_a_patient_was_told_and_answered_stands_line_by_line_with_hashes_that_anybody_can_compute()
            throws Exception {
        var visit = answered();
        var proof = loop().clinic.practitioner().get("/appointments/" + visit + "/notice-proof");
        assertThat(proof.status()).as(proof.text()).isEqualTo(200);
        var lines = proof.json().at("/lines").valueStream().toList();
        assertThat(lines.stream()
                        .map(line -> line.at("/kind").asString() + " "
                                + line.at("/state").asString("-")))
                .contains(
                        "appointment-booked -",
                        "message planned",
                        "message sent",
                        "message read",
                        "answer accepted",
                        "appointment-accepted -");
        var left = lines.stream()
                .filter(line -> line.at("/state").asString("").equals("handed"))
                .findFirst()
                .orElseThrow();
        assertThat(left.at("/text").asString()).contains("Ana").contains("10:00");
        assertThat(left.at("/phone").asString()).isEqualTo(ANA);
        assertThat(left.at("/channel").asString()).isEqualTo("linked-device");
        assertThat(left.at("/template").asString()).endsWith("/0");

        var hashes = new ArrayList<String>();
        for (var line : lines) {
            hashes.add(sha256(String.join("\u001f", fields(line))));
            assertThat(line.at("/sha256").asString()).isEqualTo(hashes.getLast());
        }
        assertThat(proof.at("/sha256")).isEqualTo(sha256(String.join("\n", hashes)));

        clock.advance(Duration.ofDays(1));
        var again = loop().clinic.owner().get("/appointments/" + visit + "/notice-proof");
        assertThat(again.at("/sha256")).isEqualTo(proof.at("/sha256"));
        assertThat(again.at("/writtenAt")).isNotEqualTo(proof.at("/writtenAt"));
    }

    private static List<String> fields(JsonNode line) {
        return List.of(
                        "at",
                        "kind",
                        "appointmentId",
                        "occasion",
                        "state",
                        "reason",
                        "channel",
                        "phone",
                        "providerMessageId",
                        "template",
                        "text")
                .stream()
                .map(field -> line.path(field).asString(""))
                .toList();
    }

    @Test
    void it_leaves_as_a_table_to_check_and_as_a_page_to_print_and_who_took_it_is_recorded() throws Exception {
        loop().clinic
                .owner()
                .post(
                        "/message-templates",
                        Map.of(
                                "kind",
                                "confirmation",
                                "language",
                                "es",
                                "body",
                                "Hola {{patient.givenName}} <b>🦷</b> ñ"));
        var visit = answered();
        var path = "/appointments/" + visit + "/notice-proof";
        var whole = loop().clinic.owner().get(path).at("/sha256");

        var csv = loop().clinic.receptionist().get(path + "/export?format=csv").text();
        assertThat(csv).contains("at,kind,appointmentId", "'" + ANA, whole).contains("Hola Ana <b>🦷</b> ñ");
        assertThat(loop().clinic.receptionist().get(path + "/export").text()).startsWith("%PDF-");
        var proof = Objects.requireNonNull(loop().clinic.inside(() -> proofs.ofVisit(visit)));
        var clinic = new OrganizationProfile(
                loop().clinic.id(), "Clínica Sur", "AR", ZoneId.of("America/Argentina/Buenos_Aires"), "es");
        try (var document = Loader.loadPDF(ProofPdf.write(proof, clinic))) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Constancia de aviso", "Ana Núñez", whole, "Hola Ana <b>[U+1F9B7]</b> ñ", "lo leyó");
        }
        assertThat(loop().clinic.owner().get(path + "/export?format=doc").code())
                .isEqualTo("invalid-parameter");
        assertThat(loop().clinic.practitioner().get(path + "/export").code()).isEqualTo("forbidden");

        var patient = loop().read(visit).at("/patient/id");
        var reads = loop().clinic
                .owner()
                .get("/patient-reads?patientId=" + patient)
                .json()
                .at("/items");
        assertThat(reads.valueStream().map(read -> read.at("/part").asString())).contains("messages");
        var days = loop().clinic.owner().get("/patients/" + patient + "/notice-proof?from=2026-11-24&to=2026-11-25");
        assertThat(days.json().at("/lines").size()).isGreaterThan(5);
        assertThat(loop().clinic
                        .owner()
                        .get("/patients/" + patient + "/notice-proof?from=2026-11-25&to=2026-11-26")
                        .json()
                        .at("/lines")
                        .size())
                .isZero();
        assertThat(clinics.open().owner().get(path).status()).isEqualTo(404);
    }

    @Test
    void whoever_was_told_and_does_not_answer_is_called_in_the_order_that_was_agreed() {
        var first =
                loop().books(loop().patient("Ana", ANA), "2026-11-26T13:00:00Z").id();
        var second = loop().books(loop().patient("Beto", "+5491123456780"), "2026-11-26T15:00:00Z")
                .id();
        assertThat(unanswered()).isEmpty(); // nobody was told yet
        loop().everythingIsSent();
        assertThat(unanswered()).containsExactly(first, second);

        var calls = "/appointments/" + first + "/call-attempts";
        var desk = loop().clinic.receptionist();
        assertThat(desk.post(calls, Map.of("outcome", "busy", "nextTryAt", "2026-11-24T11:00:00Z"))
                        .at("/errors/0/code"))
                .isEqualTo("in-the-past");
        assertThat(desk.post(calls, Map.of("outcome", "no-answer", "nextTryAt", "2026-11-26T16:00:00Z"))
                        .status())
                .isEqualTo(201);
        assertThat(unanswered()).containsExactly(second, first);
        var waiting = desk.get("/unanswered-visits").json().at("/items/1");
        assertThat(waiting.at("/calls").asInt()).isOne();
        assertThat(waiting.at("/lastCall/outcome").asString()).isEqualTo("no-answer");

        loop().hears(loop().voice.from("+5491123456780").writes("1"));
        assertThat(unanswered()).containsExactly(first);
        assertThat(clinics.open().owner().post(calls, Map.of("outcome", "busy")).status())
                .isEqualTo(404);
    }

    private List<UUID> unanswered() {
        return loop().clinic
                .receptionist()
                .get("/unanswered-visits")
                .json()
                .at("/items")
                .valueStream()
                .map(visit -> UUID.fromString(visit.at("/appointmentId").asString()))
                .toList();
    }
}
