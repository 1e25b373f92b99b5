package app.recado.engines.cloudapi;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What patients on a Cloud API line see of us reading and answering them. */
@RecadoTest
class ReadMarksTest {

    private static final String ANA = "011 15-2345-6789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    DueJobs jobs;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static JsonNode last(CloudApiLine line) {
        return line.platform.readMarks().getLast().json();
    }

    private static void writes(LoopClinic loop, UUID patient) {
        LoopClinic.created(loop.clinic
                .receptionist()
                .post(
                        "/messages",
                        Map.of("patientId", patient, "content", Map.of("kind", "text", "text", "Ya la atendemos"))));
    }

    @Test
    void an_answer_that_was_understood_is_read_and_one_that_waits_for_staff_is_not_until_somebody_took_care_of_it() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        loop.books(loop.patient("Ana", ANA), "2026-11-25T13:00:00Z");
        loop.turn();
        line.text("wamid.YES", "1", line.wamid(1));
        line.text("wamid.ASKS", "¿Dónde queda?", "");

        jobs.run();
        assertThat(line.platform.readMarks()).hasSize(1);
        assertThat(last(line).path("messaging_product").asString()).isEqualTo("whatsapp");
        assertThat(last(line).path("status").asString()).isEqualTo("read");
        assertThat(last(line).path("message_id").asString()).isEqualTo("wamid.YES");
        assertThat(last(line).has("typing_indicator")).isFalse();

        var asked = "/inbound-messages/" + loop.lastInbound().path("id").asString();
        var version = loop.lastInbound().path("version").asString();
        var handled = line.clinic.receptionist().ifMatch("\"v" + version + "\"").post(asked + "/handle", null);
        assertThat(handled.status()).as(handled.text()).isEqualTo(200);
        line.clinic.receptionist().ifMatch(handled.etag()).post(asked + "/handle", null);
        jobs.run();

        assertThat(line.platform.readMarks()).hasSize(2);
        assertThat(last(line).path("message_id").asString()).isEqualTo("wamid.ASKS");
    }

    @Test
    void while_an_answer_is_on_its_way_the_patient_sees_that_we_are_typing_if_the_clinic_wants_that() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var patient = loop.patient("Ana", ANA);
        line.text("wamid.A", "¿Dónde queda?", "");
        line.platform.usually(asked -> {
            if (!asked.text().contains("\"read\"")) {
                jobs.run(); // while the platform is being called
            }
            return line.usual(asked);
        });
        writes(loop, patient);
        outbox.runDue();
        assertThat(last(line).path("message_id").asString()).isEqualTo("wamid.A");
        assertThat(last(line).at("/typing_indicator/type").asString()).isEqualTo("text");

        var quiet = line.clinic
                .owner()
                .ifMatch(line.clinic.owner().get(line.path()).etag())
                .put(line.path(), Map.of("name", "Recepción", "typing", false));
        assertThat(quiet.status()).as(quiet.text()).isEqualTo(200);
        writes(loop, patient);
        outbox.runDue();
        assertThat(line.platform.readMarks()).hasSize(2);
        assertThat(last(line).has("typing_indicator")).isFalse();
    }

    @Test
    void nobody_types_once_the_answer_has_left() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        line.text("wamid.A", "¿Dónde queda?", "");
        writes(loop, loop.patient("Ana", ANA));
        outbox.runDue();

        jobs.run();

        assertThat(line.platform.messages()).hasSize(1);
        assertThat(last(line).has("typing_indicator")).isFalse();
    }

    @Test
    void a_platform_that_does_not_take_read_marks_delays_no_message_and_is_left_alone_soon() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        line.platform.usually(
                asked -> asked.text().contains("\"read\"") ? StubProvider.Answer.json(500, "{}") : line.usual(asked));
        line.text("wamid.A", "¿Dónde queda?", "");
        writes(loop, loop.patient("Ana", ANA));
        outbox.runDue();
        for (int i = 0; i < 5; i++) {
            jobs.run();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(line.platform.readMarks()).hasSize(3);
        assertThat(line.platform.messages()).hasSize(1);
        assertThat(line.clinic.owner().get(line.path()).at("/state")).isEqualTo("linked");
    }
}
