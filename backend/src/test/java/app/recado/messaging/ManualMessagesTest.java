package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestMedia;
import app.recado.testing.TestVoice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What staff write to patients by hand. */
@RecadoTest
class ManualMessagesTest {

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

    private Answer write(UUID patient, Map<String, ?> content) {
        return clinic().clinic.receptionist().post("/messages", Map.of("patientId", patient, "content", content));
    }

    private Answer upload(byte[] bytes) {
        return clinic().clinic
                .receptionist()
                .with("Content-Type", "application/octet-stream")
                .post("/media", bytes);
    }

    @Test
    void words_leave_at_once_and_their_way_is_followed_like_any_other_message() {
        var sent = write(clinic().patient("Ana", ANA), Map.of("kind", "text", "text", "La esperamos en el 2.º piso"));
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        clinic().everythingIsSent();

        var command = clinic().commands().getFirst();
        assertThat(command.text).isEqualTo("La esperamos en el 2.º piso");
        assertThat(command.to).isEqualTo(ANA);
        var read = clinic().clinic.practitioner().get("/messages/" + sent.id());
        assertThat(read.at("/state")).isEqualTo("sent");
        assertThat(read.at("/kind")).isEqualTo("manual");
        assertThat(read.json().path("appointmentId").isNull()).isTrue();
    }

    @Test
    void a_picture_a_document_a_place_and_a_contact_reach_the_gateway_whole() {
        var patient = clinic().patient("Ana", ANA);
        var picture = created(upload(TestMedia.PNG));
        var pdf = created(upload("%PDF-1.7\n%âãÏÓ\n1 0 obj".getBytes(StandardCharsets.ISO_8859_1)));
        created(write(patient, Map.of("kind", "image", "mediaId", picture, "text", "El frente")));
        created(write(patient, Map.of("kind", "document", "mediaId", pdf, "fileName", "Indicaciones.pdf")));
        created(write(
                patient, Map.of("kind", "location", "latitude", -31.4, "longitude", -64.2, "name", "Consultorio")));
        created(write(patient, Map.of("kind", "contact", "name", "Guardia", "phone", "011 4000-1234")));
        clinic().everythingIsSent();

        var payloads =
                clinic().commands().stream().map(command -> command.payload).toList();
        assertThat(payloads).hasSize(4);
        assertThat(payloads.get(0).at("/media/contentType").asString()).isEqualTo("image/png");
        assertThat(TestMedia.holds(payloads.get(0).at("/media/key").asString())).isTrue();
        assertThat(payloads.get(0).at("/text").asString()).isEqualTo("El frente");
        assertThat(payloads.get(1).at("/fileName").asString()).isEqualTo("Indicaciones.pdf");
        assertThat(payloads.get(2).at("/latitude").asDouble()).isEqualTo(-31.4);
        assertThat(payloads.get(3).at("/contact/phones/0").asString()).isEqualTo("+541140001234");
    }

    @Test
    void a_file_is_told_by_its_content_and_scripts_and_large_ones_are_refused() {
        var disguised =
                upload("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8));
        assertThat(disguised.status()).isEqualTo(415);
        assertThat(disguised.code()).isEqualTo("media-type-refused");
        var large = upload(new byte[16_000_001]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("body-too-large");
        var pdf = created(upload("%PDF-1.7\n1 0 obj".getBytes(StandardCharsets.UTF_8)));
        var asPicture = write(clinic().patient("Ana", ANA), Map.of("kind", "image", "mediaId", pdf));
        assertThat(asPicture.at("/errors/0/code")).isEqualTo("not-a-picture");
    }

    @Test
    void what_was_recorded_in_a_browser_reaches_the_gateway_as_a_voice_note_and_is_heard_again() {
        var uploaded = upload(TestVoice.webm(7));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        assertThat(uploaded.json().path("contentType").asString()).isEqualTo("audio/ogg");
        assertThat(uploaded.json().path("seconds").asInt()).isEqualTo(7);
        var sent = write(clinic().patient("Ana", ANA), Map.of("kind", "voice", "mediaId", uploaded.id()));
        clinic().everythingIsSent();

        var payload = clinic().commands().getFirst().payload;
        assertThat(payload.path("kind").asString()).isEqualTo("voice");
        assertThat(payload.path("seconds").asInt()).isEqualTo(7);
        assertThat(clinic().clinic.owner().get("/messages/" + sent.id()).at("/contentKind"))
                .isEqualTo("voice");
        var heard = clinic().clinic.practitioner().get("/messages/" + sent.id() + "/attachment");
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.header("Content-Type")).isEqualTo("audio/ogg");
        assertThat(heard.text()).startsWith("OggS");
    }

    @Test
    void only_a_recording_is_a_voice_note_and_it_is_nothing_else() {
        var patient = clinic().patient("Ana", ANA);
        var picture = created(upload(TestMedia.PNG));
        var voice = created(upload(TestVoice.webm(1)));

        assertThat(write(patient, Map.of("kind", "voice", "mediaId", picture)).at("/errors/0/code"))
                .isEqualTo("not-a-voice-note");
        assertThat(write(patient, Map.of("kind", "document", "mediaId", voice, "fileName", "a.pdf"))
                        .at("/errors/0/code"))
                .isEqualTo("not-a-document");
        assertThat(write(patient, Map.of("kind", "image", "mediaId", voice)).at("/errors/0/code"))
                .isEqualTo("not-a-picture");
        var film = upload(TestVoice.webm("V_VP8", TestVoice.packets(1)));
        assertThat(film.code()).isEqualTo("media-type-refused");
        var endless = upload(TestVoice.webm(301));
        assertThat(endless.status()).isEqualTo(413);
        assertThat(endless.code()).isEqualTo("body-too-large");
        var words = write(patient, Map.of("kind", "text", "text", "Hola"));
        assertThat(clinic().clinic
                        .owner()
                        .get("/messages/" + words.id() + "/attachment")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void another_clinics_file_cannot_be_sent() {
        var mine = created(upload(TestMedia.PNG));
        var other = LoopClinic.open(clinics, clock, worker);
        var refused = other.clinic
                .receptionist()
                .post(
                        "/messages",
                        Map.of(
                                "patientId",
                                other.patient("Eva", "+5491123450000"),
                                "content",
                                Map.of("kind", "image", "mediaId", mine)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/content/mediaId");
    }

    @Test
    void whoever_opted_out_is_not_written_to_also_when_they_did_so_a_moment_ago() {
        var patient = clinic().patient("Ana", ANA);
        var waiting = write(patient, Map.of("kind", "text", "text", "Hola"));
        clinic().hears(clinic().voice.from(ANA).writes("BAJA"));
        clinic().turn();

        assertThat(clinic().commands())
                .as("only that no more messages will come")
                .singleElement()
                .satisfies(command -> assertThat(command.text).contains("ALTA"));
        assertThat(clinic().clinic.owner().get("/messages/" + waiting.id()).at("/state"))
                .isEqualTo("suppressed");
        assertThat(write(patient, Map.of("kind", "text", "text", "¿Hola?")).at("/errors/0/code"))
                .isEqualTo("opted-out");
    }

    @Test
    void a_message_for_a_line_that_is_down_is_accepted_waits_and_says_so() {
        clinic().hears(clinic().voice.lineIs("reconnecting", "network"));
        var sent = write(clinic().patient("Ana", ANA), Map.of("kind", "text", "text", "Hola"));
        assertThat(sent.status()).isEqualTo(201);
        clinic().turn();
        var waiting = clinic().clinic.owner().get("/messages/" + sent.id());
        assertThat(waiting.at("/state")).isEqualTo("queued");
        assertThat(waiting.at("/reason")).isEqualTo("line-down");

        clinic().hears(clinic().voice.lineIs("linked", "none"));
        clinic().everythingIsSent();
        assertThat(clinic().clinic.owner().get("/messages/" + sent.id()).at("/state"))
                .isEqualTo("sent");
    }

    @Test
    void one_that_failed_can_be_written_again_once() {
        var sent = write(clinic().patient("Ana", ANA), Map.of("kind", "text", "text", "Hola"));
        clinic().turn();
        var command = clinic().commands().getFirst();
        clinic().hears(clinic().voice
                .messageIs(command.messageId, command.providerMessageId, "failed", "rejected-by-network"));
        var failed = clinic().clinic.owner().get("/messages/" + sent.id());

        var again = clinic().clinic
                .receptionist()
                .ifMatch(failed.etag())
                .post("/messages/" + sent.id() + "/send-again", null);

        assertThat(again.status()).as(again.text()).isEqualTo(201);
        clinic().turn();
        assertThat(clinic().commands()).hasSize(2);
        assertThat(clinic().commands().get(1).text).isEqualTo("Hola");
    }
}
