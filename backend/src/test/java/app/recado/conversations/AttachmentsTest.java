package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestMedia;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Files, places and cards that patients send. */
@RecadoTest
class AttachmentsTest {

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

    private JsonNode newest() {
        return clinic().clinic.receptionist().get("/inbound-messages").json().at("/items/0");
    }

    private UUID arrives(String kind, String contentType, String fileName) {
        var media = UUID.randomUUID();
        clinic().hears(clinic().voice
                .from(ANA)
                .kind(kind)
                .holding(media, contentType, fileName)
                .sends());
        return media;
    }

    private void fetched(UUID media, String state, @Nullable String key, @Nullable String type, @Nullable Long size) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("mediaId", media.toString());
        data.put("providerMessageId", "x");
        data.put("state", state);
        data.put("key", key);
        data.put("contentType", type);
        data.put("size", size);
        data.put("sha256", key == null ? null : "00");
        clinic().hears(clinic().voice.event("message.media", data));
    }

    private String key() {
        return clinic().clinic.id() + "/2026/11/" + UUID.randomUUID();
    }

    @Test
    void a_picture_waits_until_it_is_fetched_and_is_then_shown_in_place() {
        var media = arrives("image", "image/jpeg", "orden.jpg");
        var message = newest();
        assertThat(message.at("/attachment/state").asString()).isEqualTo("pending");
        assertThat(message.at("/outcome").asString()).isEqualTo("for-staff");
        var address = "/inbound-messages/" + message.at("/id").asString() + "/attachment";
        assertThat(clinic().clinic.owner().get(address).status()).isEqualTo(404);

        var key = key();
        TestMedia.put(key, TestMedia.PNG);
        fetched(media, "stored", key, "image/png", (long) TestMedia.PNG.length);

        var file = clinic().clinic.practitioner().get(address);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo("image/png");
        assertThat(file.header("Content-Disposition")).startsWith("inline");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Security-Policy")).contains("sandbox");
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat(newest().toString()).doesNotContain(key);
    }

    @Test
    void anything_that_is_no_picture_is_to_be_saved_whatever_its_name_promises() {
        var media = arrives("document", "image/png", "foto.png");
        var key = key();
        TestMedia.put(key, "%PDF".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        fetched(media, "stored", key, "application/pdf", 4L);

        var file = clinic().clinic
                .owner()
                .get("/inbound-messages/" + newest().at("/id").asString() + "/attachment");

        assertThat(file.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(file.header("Content-Disposition")).startsWith("attachment").contains("foto.png");
    }

    @Test
    void words_are_saved_as_words_whatever_their_name_would_make_of_them() {
        var media = arrives("document", "text/html", "turno.html");
        var key = key();
        TestMedia.put(key, "Hola".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        fetched(media, "stored", key, "text/plain", 4L);

        var file = clinic().clinic
                .owner()
                .get("/inbound-messages/" + newest().at("/id").asString() + "/attachment");

        assertThat(file.header("Content-Type")).startsWith("text/plain");
        assertThat(file.header("Content-Disposition")).startsWith("attachment").contains("turno.html.txt");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void what_was_too_large_leaves_a_stub_that_says_so() {
        var media = arrives("video", "video/mp4", "todo.mp4");
        fetched(media, "too-large", null, null, 40_000_000L);

        assertThat(newest().at("/attachment/state").asString()).isEqualTo("too-large");
        assertThat(newest().at("/attachment/size").asLong()).isEqualTo(40_000_000L);
        fetched(media, "stored", key(), "image/png", 3L);
        assertThat(newest().at("/attachment/state").asString()).isEqualTo("too-large");
    }

    @Test
    void another_clinics_file_is_not_there_even_when_a_report_names_its_key() {
        var media = arrives("image", "image/png", "a.png");
        var foreign = clinics.open().id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(foreign, TestMedia.PNG);
        fetched(media, "stored", foreign, "image/png", (long) TestMedia.PNG.length);

        assertThat(clinic().clinic
                        .owner()
                        .get("/inbound-messages/" + newest().at("/id").asString() + "/attachment")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_place_and_cards_are_kept_as_they_are() {
        clinic().hears(clinic().voice
                .from(ANA)
                .kind("location")
                .with("location", Map.of("latitude", -31.42, "longitude", -64.19, "name", "Casa"))
                .sends());
        assertThat(newest().at("/location/latitude").asDouble()).isEqualTo(-31.42);
        assertThat(newest().at("/location/name").asString()).isEqualTo("Casa");

        clinic().hears(clinic().voice
                .from(ANA)
                .kind("contact")
                .with("contacts", List.of(Map.of("name", "Dra. Paz", "phones", List.of("+5491199998888"))))
                .sends());
        assertThat(newest().at("/contacts/0/phones/0").asString()).isEqualTo("+5491199998888");
    }
}
