package app.recado.chatwoot;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestMedia;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A clinic whose agents sit in Chatwoot: what is said stands on both sides, once. */
@RecadoTest
class ChatwootBridgeTest {

    private static final String ANA = "+5491123456789";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    private final FakeChatwoot chatwoot = new FakeChatwoot();
    private @Nullable LoopClinic opened;
    private @Nullable UUID bridge;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
        bridge = LoopClinic.created(owner().post("/chatwoot-bridges", bridgeTo(chatwoot.server.url())));
    }

    @AfterEach
    void close() {
        chatwoot.close();
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Api owner() {
        return clinic().clinic.owner();
    }

    private Api desk() {
        return clinic().clinic.receptionist();
    }

    private Map<String, Object> bridgeTo(String url) {
        var body = new HashMap<String, Object>();
        body.put("lineId", clinic().line);
        body.put("baseUrl", url);
        body.put("accountId", FakeChatwoot.ACCOUNT);
        body.put("inboxId", FakeChatwoot.INBOX);
        body.put("apiToken", FakeChatwoot.TOKEN);
        body.put("webhookSecret", FakeChatwoot.SECRET);
        body.put("active", true);
        return body;
    }

    private void writes(String text) {
        clock.advance(Duration.ofSeconds(10));
        clinic().hears(clinic().voice.from(ANA).writes(text));
    }

    private Api.Answer delivers(Map<String, Object> payload) {
        return delivers(payload, FakeChatwoot.SECRET, clock.instant().getEpochSecond());
    }

    private Api.Answer delivers(Map<String, Object> payload, String secret, long time) {
        var body = JSON.writeValueAsBytes(payload);
        var at = String.valueOf(time);
        return clinics.anonymous()
                .with("Content-Type", "application/json")
                .with("X-Chatwoot-Delivery", UUID.randomUUID().toString())
                .with("X-Chatwoot-Timestamp", at)
                .with("X-Chatwoot-Signature", ChatwootSignature.of(secret, at, body))
                .send(
                        "POST",
                        "/webhooks/v1/chatwoot/" + clinic().clinic.id() + "/" + bridge,
                        new String(body, StandardCharsets.UTF_8));
    }

    private UUID conversation() {
        return UUID.fromString(desk().get("/conversations").at("/items/0/id"));
    }

    private List<JsonNode> sentHere() {
        return desk().get("/conversations/" + conversation() + "/entries")
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("kind").asString().equals("outbound"))
                .toList()
                .reversed();
    }

    private String state() {
        return desk().get("/conversations/" + conversation()).at("/state");
    }

    @Test
    void what_a_patient_writes_stands_there_once_and_in_order() {
        clinic().patient("Ana", ANA);
        writes("hola");
        writes("¿hay lugar hoy?");
        jobs.run();
        jobs.run();

        assertThat(chatwoot.told()).containsExactly("incoming: hola", "incoming: ¿hay lugar hoy?");
        assertThat(chatwoot.asked("POST", "/contacts")).hasSize(1);
        assertThat(chatwoot.asked("POST", "/contacts")
                        .getFirst()
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Ana Núñez");
        assertThat(owner().get("/chatwoot-bridges/" + bridge)
                        .json()
                        .path("waiting")
                        .asInt())
                .isZero();
    }

    @Test
    void what_may_have_arrived_is_looked_for_before_it_is_told_again() {
        writes("hola");
        jobs.run();
        chatwoot.hangsUpAfterTaking = true;
        writes("otra cosa");
        jobs.run();
        assertThat(owner().get("/chatwoot-bridges/" + bridge).at("/lastCause")).isEqualTo("no-answer");

        clock.advance(Duration.ofMinutes(1));
        jobs.run();

        assertThat(chatwoot.told()).containsExactly("incoming: hola", "incoming: otra cosa");
        assertThat(owner().get("/chatwoot-bridges/" + bridge)
                        .json()
                        .path("lastCause")
                        .isNull())
                .isTrue();
    }

    @Test
    void an_agents_answer_leaves_once_with_their_name_and_its_state_is_told() {
        writes("hola");
        jobs.run();
        var answer = chatwoot.agentWrote(501, "Sí, a las diez", List.of());

        assertThat(delivers(answer).status()).isEqualTo(200);
        assertThat(delivers(answer).status()).as("delivered again").isEqualTo(200);
        jobs.run();
        clinic().everythingIsSent();
        jobs.run();

        assertThat(sentHere()).hasSize(1);
        assertThat(sentHere().getFirst().at("/outbound/text").asString()).isEqualTo("Sí, a las diez");
        assertThat(sentHere().getFirst().at("/outbound/author").asString()).isEqualTo("Lucía");
        assertThat(chatwoot.told()).as("not told back").containsExactly("incoming: hola");
        clinic().commands().forEach(command -> clinic().hears(clinic().voice.messageIs(command, "delivered")));
        jobs.run();
        assertThat(chatwoot.asked("PATCH", "/messages/501").stream()
                        .map(one -> one.json().path("status").asString()))
                .containsExactly("sent", "delivered");
        assertThat(desk().get("/inbox-members")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("name").asString()))
                .as("nobody gives them a conversation here")
                .doesNotContain("Lucía");
    }

    @Test
    void what_staff_and_the_clinics_phone_say_stands_there_with_who_said_it() {
        writes("hola");
        jobs.run();
        var body = new HashMap<String, @Nullable Object>();
        body.put("content", Map.of("kind", "text", "text", "Buen día"));
        body.put("lastAnswerId", null);
        desk().post("/conversations/" + conversation() + "/messages", body);
        jobs.run();
        assertThat(chatwoot.told()).as("not before it left").hasSize(1);
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        clinic().hears(clinic().voice.from(ANA).fromTheClinicsPhone().writes("La esperamos"));
        jobs.run();

        assertThat(chatwoot.told()).hasSize(3);
        assertThat(chatwoot.told().get(1)).startsWith("outgoing: **").endsWith(":** Buen día");
        assertThat(chatwoot.told().get(2)).isEqualTo("outgoing: La esperamos");
    }

    @Test
    void files_go_both_ways() {
        var media = UUID.randomUUID();
        clinic().hears(clinic().voice
                .from(ANA)
                .kind("image")
                .holding(media, "image/png", "orden.png")
                .sends());
        jobs.run();
        assertThat(chatwoot.told()).as("it waits for its file").isEmpty();
        var key = clinic().clinic.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(key, TestMedia.PNG);
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("mediaId", media.toString());
        data.put("providerMessageId", "x");
        data.put("state", "stored");
        data.put("key", key);
        data.put("contentType", "image/png");
        data.put("size", (long) TestMedia.PNG.length);
        data.put("sha256", "00");
        clinic().hears(clinic().voice.event("message.media", data));
        clock.advance(Duration.ofSeconds(6));
        jobs.run();
        assertThat(chatwoot.told()).containsExactly("incoming:  [file]");

        delivers(chatwoot.agentWrote(502, "La orden", List.of(chatwoot.image("/moved/orden%20nueva.png"))));
        jobs.run();

        var left = sentHere().getFirst();
        assertThat(left.at("/outbound/contentKind").asString()).isEqualTo("image");
        assertThat(left.at("/outbound/text").asString()).isEqualTo("La orden");
        assertThat(chatwoot.asked("GET", "/moved/").getFirst().header("api_access_token"))
                .as("a file's address needs no token")
                .isNull();
    }

    @Test
    void a_file_that_leads_into_a_private_network_is_not_fetched_and_the_agent_is_told() {
        writes("hola");
        jobs.run();

        delivers(chatwoot.agentWrote(503, "Mire", List.of(chatwoot.image("/inside/a.png"))));
        jobs.run();

        assertThat(sentHere()).isEmpty();
        var told = chatwoot.asked("PATCH", "/messages/503").getLast().json();
        assertThat(told.path("status").asString()).isEqualTo("failed");
        assertThat(told.path("external_error").asString()).isEqualTo("Recado: file-not-fetched");
    }

    @Test
    void only_what_chatwoot_signed_a_moment_ago_is_believed() {
        writes("hola");
        jobs.run();
        var answer = chatwoot.agentWrote(504, "Sí", List.of());
        long now = clock.instant().getEpochSecond();

        assertThat(delivers(answer, "another-secret", now).status()).isEqualTo(401);
        assertThat(delivers(answer, FakeChatwoot.SECRET, now - 301).status()).isEqualTo(401);
        assertThat(clinics.anonymous()
                        .send("POST", "/webhooks/v1/chatwoot/" + clinic().clinic.id() + "/" + bridge, answer)
                        .status())
                .as("unsigned, as before 4.13")
                .isEqualTo(401);
        jobs.run();

        assertThat(sentHere()).isEmpty();
        assertThat(check("signature")).isEqualTo("failed signature-refused");
    }

    @Test
    void notes_what_chatwoot_says_by_itself_and_what_we_told_are_not_sent() {
        writes("hola");
        jobs.run();
        var note = chatwoot.agentWrote(505, "ojo con esta", List.of());
        note.put("private", true);
        var template = chatwoot.agentWrote(506, "Estamos cerrados", List.of());
        template.put("message_type", "template");
        var ours = chatwoot.agentWrote(507, "hola", List.of());
        ours.put("source_id", "recado:" + UUID.randomUUID());
        var incoming = chatwoot.agentWrote(508, "hola", List.of());
        incoming.put("message_type", "incoming");
        var elsewhere = chatwoot.agentWrote(509, "hola", List.of());
        elsewhere.put("inbox", Map.of("id", 77, "name", "Correo"));

        List.of(note, template, ours, incoming, elsewhere)
                .forEach(one -> assertThat(delivers(one).status()).isEqualTo(200));
        jobs.run();

        assertThat(sentHere()).isEmpty();
    }

    @Test
    void an_answer_to_one_message_quotes_it_on_the_other_side() {
        clinic().hears(clinic().voice.from(ANA).id("Q1").writes("¿Hay lugar el jueves?"));
        clinic().hears(clinic().voice.from(ANA).id("Q2").writes("¿Cuánto sale?"));
        jobs.run();
        var answer = chatwoot.agentWrote(513, "El jueves sí", List.of());
        answer.put(
                "content_attributes",
                Map.of("in_reply_to", chatwoot.messages.getFirst().get("id")));

        delivers(answer);
        jobs.run();
        clinic().everythingIsSent();
        assertThat(clinic().commands().getLast().payload.at("/quoting/id").asString())
                .isEqualTo("Q1");

        clock.advance(Duration.ofSeconds(10));
        clinic().hears(clinic().voice
                .from(ANA)
                .quoting(clinic().commands().getLast().providerMessageId)
                .writes("Perfecto"));
        jobs.run();
        assertThat(chatwoot.messages.getLast().get("content_attributes")).isEqualTo("{\"in_reply_to\":513}");
    }

    @Test
    void signs_of_both_sides_stand_there_as_notes_which_open_nothing() {
        clinic().hears(clinic().voice.from(ANA).id("R1").writes("Gracias"));
        jobs.run();
        var said = chatwoot.messages.getFirst().get("id");
        delivers(chatwoot.statusChanged("resolved"));
        jobs.run();

        clock.advance(Duration.ofSeconds(10));
        clinic().hears(clinic().voice.from(ANA).kind("reaction").about("R1").writes("🙏"));
        jobs.run();
        clinic().hears(clinic().voice.from(ANA).kind("reaction").about("R1").sends());
        jobs.run();
        var entry = desk().get("/conversations/" + conversation() + "/entries")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.at("/inbound/text").asString().equals("Gracias"))
                .findFirst()
                .orElseThrow();
        desk().post(
                        "/conversations/" + conversation() + "/entries/"
                                + entry.path("id").asString() + "/reaction",
                        Map.of("emoji", "👍"));
        clinic().everythingIsSent();
        jobs.run();

        assertThat(chatwoot.told()).hasSize(3);
        assertThat(chatwoot.told().get(1)).isEqualTo("outgoing: (reaccionó con 🙏)");
        assertThat(chatwoot.told().get(2)).endsWith("(la clínica reaccionó con 👍)");
        assertThat(chatwoot.messages.subList(1, 3)).allSatisfy(note -> {
            assertThat(note.get("private")).isEqualTo("true");
            assertThat(note.get("content_attributes")).isEqualTo("{\"in_reply_to\":" + said + "}");
        });
        assertThat(state()).isEqualTo("resolved");
        assertThat(chatwoot.asked("POST", "toggle_status")).isEmpty();
    }

    @Test
    void marks_of_the_editor_become_those_of_whatsapp() {
        writes("hola");
        jobs.run();

        delivers(chatwoot.agentWrote(
                512, "**Mañana** a las ~~9~~ 10\\\nVea [el mapa](https://maps.example.com/x)", List.of()));
        jobs.run();

        assertThat(sentHere().getFirst().at("/outbound/text").asString())
                .isEqualTo("*Mañana* a las ~9~ 10\nVea el mapa (https://maps.example.com/x)");
    }

    @Test
    void what_an_agent_deletes_before_it_left_is_not_sent() {
        writes("hola");
        jobs.run();
        var answer = chatwoot.agentWrote(510, "No, perdón", List.of());
        delivers(answer);
        var deleted = new LinkedHashMap<>(answer);
        deleted.put("event", "message_updated");
        deleted.put("content_attributes", Map.of("deleted", true));
        delivers(deleted);
        jobs.run();

        assertThat(sentHere()).isEmpty();
    }

    @Test
    void a_conversation_ends_and_goes_on_on_both_sides_without_an_echo() {
        writes("hola");
        jobs.run();

        delivers(chatwoot.statusChanged("resolved"));
        jobs.run();
        assertThat(state()).isEqualTo("resolved");
        assertThat(chatwoot.asked("POST", "toggle_status"))
                .as("it is that already")
                .isEmpty();

        writes("otra cosa");
        jobs.run();
        delivers(chatwoot.statusChanged("open")); // as Chatwoot tells of what it was told
        jobs.run();
        assertThat(state()).isEqualTo("open");

        var id = conversation();
        desk().ifMatch(desk().get("/conversations/" + id).etag()).post("/conversations/" + id + "/resolve", null);
        jobs.run();
        delivers(chatwoot.statusChanged("resolved"));
        jobs.run();
        assertThat(chatwoot.asked("POST", "toggle_status").stream()
                        .map(one -> one.json().path("status").asString()))
                .containsExactly("open", "resolved");
    }

    @Test
    void an_answer_that_may_not_be_sent_is_shown_as_failed_there() {
        writes("hola");
        writes("STOP");
        jobs.run();

        delivers(chatwoot.agentWrote(511, "¿Sigue ahí?", List.of()));
        jobs.run();

        var told = chatwoot.asked("PATCH", "/messages/511").getLast().json();
        assertThat(told.path("status").asString()).isEqualTo("failed");
        assertThat(told.path("external_error").asString()).startsWith("Recado: ");
    }

    @Test
    void a_server_that_is_away_gets_everything_in_order_when_it_is_back() {
        writes("uno");
        jobs.run();
        chatwoot.server.answers(503, "{}").answers(503, "{}");
        writes("dos");
        writes("tres");
        jobs.run();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(2));
            jobs.run();
        }

        assertThat(chatwoot.told()).containsExactly("incoming: uno", "incoming: dos", "incoming: tres");
    }

    @Test
    void a_private_address_and_a_line_that_has_a_bridge_are_refused() {
        var inside = owner().post("/chatwoot-bridges", bridgeTo("https://10.0.0.7"));
        assertThat(inside.status()).isEqualTo(422);
        assertThat(inside.at("/errors/0/code")).isEqualTo("address-not-public");
        var again = owner().post("/chatwoot-bridges", bridgeTo(chatwoot.server.url()));
        assertThat(again.at("/errors/0/code")).isEqualTo("line-taken");
        var elsewhere = bridgeTo("https://chat.example.com");
        elsewhere.remove("apiToken");
        var moved = owner().ifMatch(owner().get("/chatwoot-bridges/" + bridge).etag())
                .put("/chatwoot-bridges/" + bridge, elsewhere);
        assertThat(moved.status()).as("the token is shown to nobody else").isEqualTo(422);
    }

    @Test
    void secrets_are_never_shown() {
        var shown = owner().get("/chatwoot-bridges").text();
        assertThat(shown).doesNotContain(FakeChatwoot.TOKEN).doesNotContain(FakeChatwoot.SECRET);
    }

    @Test
    void the_try_says_what_is_missing_and_that_nothing_is() {
        assertThat(check("reachable")).isEqualTo("ok");
        assertThat(check("token")).isEqualTo("ok");
        assertThat(check("inbox")).isEqualTo("ok");
        assertThat(check("address")).isEqualTo("failed not-set");
        assertThat(check("signature")).isEqualTo("unknown");

        chatwoot.webhookUrl = owner().get("/chatwoot-bridges/" + bridge).at("/webhookUrl");
        writes("hola");
        jobs.run();
        delivers(chatwoot.statusChanged("open"));
        assertThat(check("address")).isEqualTo("ok");
        assertThat(check("signature")).isEqualTo("ok");

        chatwoot.channelType = "Channel::WebWidget";
        assertThat(check("inbox")).isEqualTo("failed not-an-api-channel");
    }

    private String check(String name) {
        return owner().post("/chatwoot-bridges/" + bridge + "/test", null)
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .map(one -> one.path("result").asString()
                        + (one.path("cause").isNull()
                                ? ""
                                : " " + one.path("cause").asString()))
                .findFirst()
                .orElseThrow();
    }
}
