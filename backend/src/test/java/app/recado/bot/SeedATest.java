package app.recado.bot;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A business of the seeds, row by row, on an official line: menus from an older bot's JSON, edited by staff, chosen from. */
@RecadoTest
class SeedATest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path COLLECTIONS = Path.of("../docs/examples/flow-collections.json");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Nullable CloudApiLine opened;

    @Nullable LoopClinic loop;

    private int heard;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var line = CloudApiLine.linked(clinics);
        opened = line;
        loop = LoopClinic.on(line.clinic, line.line, clinics, clock, worker);
    }

    private CloudApiLine line() {
        return Objects.requireNonNull(opened);
    }

    private Api owner() {
        return line().clinic.owner();
    }

    /** What was said, without marks that something was read. */
    private List<JsonNode> said() {
        return line().platform.messages().stream()
                .map(asked -> asked.json())
                .filter(message -> message.has("type"))
                .toList();
    }

    /** She writes or taps, and what is answered. */
    private JsonNode hears(String message) {
        int before = said().size();
        clock.advance(Duration.ofSeconds(10));
        var taken = line().delivers(
                        "\"messages\":[{\"from\":\"5491123456789\",\"id\":\"wamid.IN%d\",\"timestamp\":\"%d\",%s}]"
                                .formatted(++heard, clock.instant().getEpochSecond(), message));
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        jobs.run();
        Objects.requireNonNull(loop).turn();
        assertThat(said()).as("one answer to " + message).hasSize(before + 1);
        return said().getLast();
    }

    private JsonNode writes(String words) {
        return hears("\"type\":\"text\",\"text\":{\"body\":\"%s\"}".formatted(words));
    }

    private JsonNode taps(String kind, String id, String title) {
        return hears(
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"%s\",\"%s\":{\"id\":\"%s\",\"title\":\"%s\"}}"
                        .formatted(kind, kind, id, title));
    }

    private UUID imported() throws IOException {
        var collections = JSON.readTree(Files.readString(COLLECTIONS));
        Map<String, Object> body = Map.of("name", "Menú del club", "language", "es", "collections", collections);
        var tried = owner().post("/flow-imports", with(body, true));
        assertThat(tried.json().path("flow").isNull()).as(tried.text()).isTrue();
        assertThat(tried.json().path("remarks")).isEmpty();
        var kept = owner().post("/flow-imports", with(body, false));
        return UUID.fromString(kept.json().path("flow").path("id").asString());
    }

    private static Map<String, Object> with(Map<String, Object> body, boolean dryRun) {
        var all = new java.util.HashMap<>(body);
        all.put("dryRun", dryRun);
        return all;
    }

    private void publish(UUID flow) {
        var answer = owner().ifMatch(owner().get("/flows/" + flow).etag()).post("/flows/" + flow + "/publish", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void menus_of_an_older_bot_are_tried_kept_published_and_chosen_from_by_button_word_and_number() throws IOException {
        publish(imported());

        var menu = writes("buenas").path("interactive");
        assertThat(menu.at("/body/text").asString())
                .contains("Hola, somos el club", "1. Horarios", "3. Hablar con alguien");
        assertThat(menu.path("type").asString()).isEqualTo("button");

        var tapped = menu.at("/action/buttons/0/reply");
        assertThat(taps("button_reply", tapped.path("id").asString(), "Horarios")
                        .at("/interactive/body/text")
                        .asString())
                .contains("de lunes a viernes de 8 a 18", "1. Horarios");
        assertThat(writes("abren").at("/interactive/body/text").asString())
                .as("its keyword")
                .contains("de lunes a viernes");
        assertThat(writes("2").at("/interactive/body/text").asString()).contains("Para socios:");
        assertThat(writes("1").at("/interactive/body/text").asString()).contains("La cuota se paga");
        assertThat(writes("/ayuda").at("/interactive/body/text").asString()).contains("«Atrás» vuelve");
    }

    @Test
    void staff_edit_a_menu_beyond_three_options_and_it_becomes_a_list() throws IOException {
        var flow = imported();
        var seen = owner().get("/flows/" + flow);
        var document = (ObjectNode) seen.json().path("draft");
        var principal = document.path("nodes")
                .valueStream()
                .filter(node -> node.path("id").asString().equals("principal"))
                .findFirst()
                .orElseThrow();
        var options = (tools.jackson.databind.node.ArrayNode) principal.path("options");
        var more = ((ObjectNode) options.path(0)).deepCopy();
        more.put("id", "feriados");
        ((ObjectNode) more.path("label")).put("es", "Horarios en feriados y vacaciones");
        options.add(more);
        var changed = owner().ifMatch(seen.etag())
                .put("/flows/" + flow, Map.of("name", "Menú del club", "document", document));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        publish(flow);

        var list = writes("buenas").path("interactive");
        assertThat(list.path("type").asString()).isEqualTo("list");
        assertThat(list.at("/action/button").asString()).isEqualTo("Opciones");
        var row = list.at("/action/sections/0/rows/3");
        assertThat(row.path("description").asString()).isEqualTo("Horarios en feriados y vacaciones");

        assertThat(taps(
                                "list_reply",
                                row.path("id").asString(),
                                row.path("title").asString())
                        .at("/interactive/body/text")
                        .asString())
                .contains("de lunes a viernes de 8 a 18");
    }

    @Test
    void an_answer_that_hands_over_calls_a_person_and_nothing_more_is_said() throws IOException {
        publish(imported());
        writes("buenas");

        assertThat(writes("3").at("/text/body").asString()).contains("Enseguida te escribe alguien del equipo");

        var conversation = owner().get("/conversations").at("/items/0/id");
        assertThat(owner().get("/conversations/" + conversation).at("/handOver/cause"))
                .isEqualTo("patient");
    }
}
