package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** On which line staff write by hand, and when an official one takes their words. */
@RecadoTest
class WritingLinesTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private UUID line(String name, String engine) {
        return created(clinic().clinic.owner().post("/whatsapp-lines", Map.of("name", name, "engine", engine)));
    }

    private GatewayVoice voiceOf(UUID line) {
        return new GatewayVoice(clinics.anonymous(), clock, clinic().clinic.id(), line);
    }

    private void is(UUID line, String state) {
        FakeGateway.shared().line(line).state = state;
        assertThat(voiceOf(line).deliver(voiceOf(line).lineIs(state, "none")).status())
                .isEqualTo(204);
    }

    private void anaWritesTo(UUID line) {
        var voice = voiceOf(line);
        assertThat(voice.deliver(voice.from(ANA).writes("¿Atienden hoy?")).status())
                .isEqualTo(204);
    }

    private Answer write(UUID patient, @Nullable UUID line) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("patientId", patient);
        body.put("lineId", line);
        body.put("content", Map.of("kind", "text", "text", "Hola, Ana"));
        return clinic().clinic.receptionist().post("/messages", body);
    }

    private JsonNode offered(UUID patient, UUID line) {
        return clinic().clinic
                .receptionist()
                .get("/patients/" + patient + "/writing-lines")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("lineId").asString().equals(line.toString()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> leftOn(UUID line) {
        return FakeGateway.shared().acceptedFor(line).stream()
                .map(command -> command.text)
                .toList();
    }

    private int messages() {
        return clinic().clinic.owner().get("/messages").json().path("items").size();
    }

    @Test
    void a_message_leaves_on_the_line_that_was_chosen_and_waits_for_that_one_alone() {
        var second = line("Pediatría", "linked-device");
        is(second, "linked");
        is(second, "reconnecting");
        var sent = write(clinic().patient("Ana", ANA), second);
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        clinic().turn();
        assertThat(clinic().clinic.owner().get("/messages/" + sent.id()).at("/reason"))
                .isEqualTo("line-down");
        assertThat(clinic().commands()).isEmpty();

        is(second, "linked");
        clinic().turn();

        assertThat(leftOn(second)).containsExactly("Hola, Ana");
        assertThat(clinic().commands()).isEmpty();
    }

    @Test
    void a_line_the_clinic_does_not_have_is_refused_by_its_field() {
        var patient = clinic().patient("Ana", ANA);
        var foreign = LoopClinic.open(clinics, clock, worker).line;
        for (var unknown : List.of(UUID.randomUUID(), foreign)) {
            var refused = write(patient, unknown);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("line-unknown");
            assertThat(refused.at("/errors/0/pointer")).isEqualTo("/lineId");
        }
        assertThat(messages()).isZero();
    }

    @Test
    void an_official_line_takes_words_for_a_day_after_the_patient_wrote_to_it_and_refuses_them_afterwards() {
        var official = line("Oficial", "cloud-api");
        var patient = clinic().patient("Ana", ANA);
        var closed = write(patient, official);
        assertThat(closed.status()).isEqualTo(409);
        assertThat(closed.code()).isEqualTo("window-closed");
        assertThat(messages()).isZero();
        assertThat(offered(patient, official).path("windowClosesAt").isNull()).isTrue();

        anaWritesTo(clinic().line);
        assertThat(write(patient, official).code()).as("another line's window").isEqualTo("window-closed");
        anaWritesTo(official);
        assertThat(offered(patient, official).path("windowClosesAt").asString()).isEqualTo("2026-11-24T12:00:00Z");
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(write(patient, official).status()).isEqualTo(201);

        clock.advance(Duration.ofSeconds(1));
        assertThat(write(patient, official).code()).isEqualTo("window-closed");
        assertThat(offered(patient, official).path("windowClosesAt").isNull()).isTrue();
        assertThat(write(patient, null).status())
                .as("a linked phone writes at any time")
                .isEqualTo(201);
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void what_the_clinic_itself_wrote_opens_no_window() {
        var official = line("Oficial", "cloud-api");
        var patient = clinic().patient("Ana", ANA);
        var voice = voiceOf(official);

        voice.deliver(voice.from(ANA).fromTheClinicsPhone().writes("Hola"));
        voice.deliver(voice.from(ANA).inGroup("120363@g.us").writes("Hola a todos"));

        assertThat(write(patient, official).code()).isEqualTo("window-closed");
    }

    @Test
    void the_line_a_patient_last_wrote_to_is_offered_first_unless_somebody_stopped_it() {
        var second = line("Pediatría", "linked-device");
        is(second, "linked");
        var patient = clinic().patient("Ana", ANA);
        assertThat(offered(patient, clinic().line).path("suggested").asBoolean())
                .isTrue();
        assertThat(offered(patient, second).path("suggested").asBoolean()).isFalse();

        anaWritesTo(second);
        assertThat(offered(patient, second).path("suggested").asBoolean()).isTrue();
        assertThat(offered(patient, clinic().line).path("defaultLine").asBoolean())
                .isTrue();
        assertThat(offered(patient, clinic().line).path("suggested").asBoolean())
                .isFalse();

        is(second, "stopped");
        assertThat(offered(patient, clinic().line).path("suggested").asBoolean())
                .isTrue();
    }

    @Test
    void what_failed_is_written_again_on_the_line_it_left_on() {
        var second = line("Pediatría", "linked-device");
        is(second, "linked");
        var sent = write(clinic().patient("Ana", ANA), second);
        clinic().turn();
        var command = FakeGateway.shared().acceptedFor(second).getFirst();
        voiceOf(second)
                .deliver(voiceOf(second)
                        .messageIs(command.messageId, command.providerMessageId, "failed", "rejected-by-network"));

        var again = clinic().clinic
                .receptionist()
                .ifMatch(clinic().clinic.owner().get("/messages/" + sent.id()).etag())
                .post("/messages/" + sent.id() + "/send-again", null);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        clinic().turn();

        assertThat(leftOn(second)).hasSize(2);
        assertThat(clinic().commands()).isEmpty();
    }
}
