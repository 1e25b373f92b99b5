package app.recado.engines.media;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeProviders;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import app.recado.testing.TestMedia;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.EngineUnavailable;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.LineEngine.HandOffAnswer.Taken;
import app.recado.whatsapp.Payload;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@RecadoTest
class EngineMediaTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    LineEngine engine;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    /** The platform has this under the id of a picture. */
    private static void has(CloudApiLine line, byte[] bytes, long size) {
        line.platform.usually(asked -> {
            if (asked.path().contains("/MEDIA")) {
                return StubProvider.Answer.json(
                        200,
                        "{\"url\":\"%s/fetch/%s\",\"mime_type\":\"image/png\",\"file_size\":%d}"
                                .formatted(FakeProviders.CLOUD_API.url(), line.number, size));
            }
            return asked.path().startsWith("/fetch/")
                    ? new StubProvider.Answer(200, bytes, Map.of())
                    : line.usual(asked);
        });
    }

    private static void arrives(CloudApiLine line) {
        var answer = line.delivers(
                "\"messages\":[{\"from\":\"5491123456789\",\"id\":\"wamid.P\",\"timestamp\":\"1795435200\",\"type\":\"image\","
                        + "\"image\":{\"id\":\"MEDIA1\",\"mime_type\":\"image/png\",\"caption\":\"orden\"}}]");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static JsonNode newest(CloudApiLine line) {
        return line.clinic
                .receptionist()
                .get("/inbound-messages?limit=1")
                .json()
                .at("/items/0");
    }

    private static String state(CloudApiLine line) {
        return newest(line).at("/attachment/state").asString();
    }

    @Test
    void a_picture_is_announced_with_its_message_and_fetched_afterwards_once() {
        var line = CloudApiLine.linked(clinics);
        has(line, TestMedia.PNG, TestMedia.PNG.length);
        arrives(line);
        assertThat(newest(line).path("text").asString()).isEqualTo("orden");
        assertThat(state(line)).isEqualTo("pending");

        jobs.run();
        arrives(line);
        jobs.run();

        assertThat(state(line)).isEqualTo("stored");
        var shown = line.clinic
                .receptionist()
                .get("/inbound-messages/" + newest(line).at("/id").asString() + "/attachment");
        assertThat(shown.header("Content-Type")).startsWith("image/png");
        assertThat(FakeProviders.CLOUD_API.asked().stream()
                        .filter(asked -> asked.path().equals("/fetch/" + line.number)))
                .hasSize(1);
    }

    @Test
    void what_is_too_large_or_of_another_kind_than_it_says_is_not_kept() {
        var large = CloudApiLine.linked(clinics);
        has(large, TestMedia.PNG, 16_000_001);
        arrives(large);
        var active = CloudApiLine.linked(clinics);
        has(active, "<html><script>alert(1)</script></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8), 38);
        arrives(active);
        var words = CloudApiLine.linked(clinics);
        has(words, "Hola, ¿atienden?".getBytes(java.nio.charset.StandardCharsets.UTF_8), 17);
        arrives(words);

        jobs.run();

        assertThat(state(words)).isEqualTo("stored");

        assertThat(state(large)).isEqualTo("too-large");
        assertThat(state(active)).isEqualTo("refused");
    }

    @Test
    void a_platform_that_does_not_answer_is_asked_again_for_a_day() {
        var line = CloudApiLine.linked(clinics);
        line.platform.usually(
                asked -> asked.path().contains("/MEDIA") ? StubProvider.Answer.json(503, "{}") : line.usual(asked));
        arrives(line);
        jobs.run();
        assertThat(state(line)).isEqualTo("pending");

        has(line, TestMedia.PNG, TestMedia.PNG.length);
        clock.advance(Duration.ofMinutes(1));
        jobs.run();
        assertThat(state(line)).isEqualTo("stored");

        var lost = CloudApiLine.linked(clinics);
        lost.platform.usually(
                asked -> asked.path().contains("/MEDIA") ? StubProvider.Answer.json(503, "{}") : lost.usual(asked));
        arrives(lost);
        clock.advance(Duration.ofHours(25));
        jobs.run();
        assertThat(state(lost)).isEqualTo("unavailable");
    }

    @Test
    void a_picture_leaves_only_as_it_was_stored() throws Exception {
        var line = CloudApiLine.linked(clinics);
        var key = line.clinic.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(key, TestMedia.PNG);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TestMedia.PNG));
        line.platform.usually(asked -> asked.path().endsWith("/media")
                ? StubProvider.Answer.json(200, "{\"id\":\"UPLOADED\"}")
                : line.usual(asked));

        var good = sends(line, new Payload.MediaRef(key, "image/png", TestMedia.PNG.length, sha256));
        var altered = sends(line, new Payload.MediaRef(key, "image/png", TestMedia.PNG.length, "00"));
        var foreign = sends(
                line,
                new Payload.MediaRef(UUID.randomUUID() + "/2026/11/x", "image/png", TestMedia.PNG.length, sha256));

        assertThat(good).isEqualTo(new Taken(CommandState.SENT, null, line.wamid(1)));
        assertThat(line.platform.messages().getLast().json().at("/image/id").asString())
                .isEqualTo("UPLOADED");
        assertThat(altered).isEqualTo(new Taken(CommandState.FAILED, "media-missing"));
        assertThat(foreign).isEqualTo(new Taken(CommandState.FAILED, "media-missing"));
    }

    private LineEngine.HandOffAnswer sends(CloudApiLine line, Payload.MediaRef ref) {
        var id = UUID.randomUUID();
        var command = new Command(
                line.line,
                id,
                "3EB0" + id,
                "+5491123456789",
                new Payload.Image(ref, "mirá"),
                clock.instant().plus(Duration.ofHours(1)));
        return submit(line, command);
    }

    private LineEngine.HandOffAnswer submit(CloudApiLine line, Command command) {
        return line.clinic.inside(() -> {
            try {
                return engine.submit(command);
            } catch (EngineUnavailable e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
