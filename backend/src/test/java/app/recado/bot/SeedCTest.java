package app.recado.bot;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.assistant.ScriptedModel;
import app.recado.engines.TwilioLine;
import app.recado.guards.ClinicRecords;
import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A business of the seeds, row by row: a Twilio line that is answered at once with nothing, the assistant later, a person then. */
@RecadoTest
class SeedCTest {

    private static final String ANA = "+5491123456789";
    private static final String NOTHING_YET = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Autowired
    AssistantTurns turns;

    @Autowired
    TransactionTemplate transaction;

    private final ScriptedModel model = new ScriptedModel();

    @Nullable TwilioLine opened;

    @Nullable LoopClinic loop;

    private int heard;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var twilio = TwilioLine.linked(clinics);
        opened = twilio;
        loop = LoopClinic.on(twilio.clinic, twilio.line, clinics, clock, worker);
        var body = Map.of(
                "active",
                true,
                "provider",
                "openai-compatible",
                "baseUrl",
                model.url(),
                "model",
                "scripted",
                "apiKey",
                "sk-clinic-key-0123456789",
                "inputPrice",
                100,
                "outputPrice",
                1000,
                "dailyCeiling",
                500,
                "lineMinute",
                20,
                "lineDay",
                50);
        var set = owner().ifMatch(owner().get("/assistant-settings").etag()).put("/assistant-settings", body);
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private TwilioLine line() {
        return Objects.requireNonNull(opened);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(loop);
    }

    private Api owner() {
        return line().clinic.owner();
    }

    /** She writes; the webhook is answered at once and says nothing. */
    private void hears(String words) {
        clock.advance(Duration.ofSeconds(10));
        var answered = line().hears("SM-HEARD-" + ++heard, Map.of("Body", words));
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        assertThat(answered.text()).isEqualTo(NOTHING_YET);
    }

    /** What leaves from now on, once all that is due was done. */
    private List<String> said(int before) {
        jobs.run();
        clinic().turn();
        return IntStream.rangeClosed(before + 1, line().platform.messages().size())
                .mapToObj(n -> line().sent(n).getOrDefault("Body", ""))
                .toList();
    }

    private int sent() {
        return line().platform.messages().size();
    }

    private String conversation() {
        return owner().get("/conversations").at("/items/0/id");
    }

    @Test
    void the_webhook_says_nothing_and_the_answer_leaves_later_as_a_message_of_its_own() {
        owner().post(
                        "/assistant-facts",
                        Map.of("title", "Dirección", "texts", Map.of("es", "San Martín 1.", "en", "", "pt", "")));
        model.then("text Estamos en San Martín 1 [F1].");
        int before = sent();

        hears("¿dónde quedan?");
        assertThat(sent()).as("nothing has left yet").isEqualTo(before);

        assertThat(said(before)).containsExactly("Estamos en San Martín 1.");
    }

    @Test
    void a_slow_answer_is_announced_after_eight_seconds_and_said_once() {
        hears("¿abren hoy?");
        var inbound = UUID.fromString(clinic().lastInbound().path("id").asString());
        clock.advance(AssistantTurns.PATIENCE);
        CurrentOrganization.run(
                line().clinic.id(), () -> transaction.executeWithoutResult(status -> turns.waitingTold(inbound)));
        model.then("text Abrimos temprano");
        int before = 0;

        assertThat(said(before)).containsExactly("Un momento, por favor.", "Abrimos temprano");
    }

    @Test
    void after_a_reminder_the_visit_it_was_about_is_moved_and_told_in_words_alone() {
        var visit = UUID.fromString(clinic().books(clinic().patient("Ana", ANA), "2026-11-26T13:00:00Z")
                .at("/id"));
        hears("hola"); // so that words may be sent at all: Twilio's line opens for a day
        model.then("text Hola");
        jobs.run();
        clinic().turn();
        model.then("call propose_move {\"visit\":\"v1\",\"start\":\"2026-11-26T11:00\"}");
        int before = sent();
        hears("¿Puedo cambiarla para las 11?");
        assertThat(said(before).getLast()).contains("¿Cambiamos", "11:00", "sí o no");
        before = sent();

        hears("sí");

        assertThat(said(before).getFirst()).contains("11:00");
        assertThat(clinic().read(visit).at("/start")).isEqualTo("2026-11-26T14:00:00Z");
        assertThat(clinic().read(visit).at("/participation"))
                .as("they chose it themselves")
                .isEqualTo("accepted");
    }

    @Test
    void whoever_asks_for_a_person_waits_five_minutes_is_told_once_and_the_assistant_is_silent() {
        int before = sent();
        hears("quiero hablar con una persona");
        var handOver = owner().get("/conversations/" + conversation());
        assertThat(handOver.at("/handOver/cause")).isEqualTo("patient");
        assertThat(Duration.between(at(handOver.at("/handOver/requestedAt")), at(handOver.at("/handOver/deadlineAt"))))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(model.calls()).isZero();
        said(before);

        clock.advance(Duration.ofMinutes(5));
        before = sent();
        assertThat(said(before)).singleElement().asString().contains("no hay nadie libre en recepción");
        clock.advance(Duration.ofMinutes(5));
        before = sent();
        assertThat(said(before)).isEmpty();

        hears("¿hola?");
        assertThat(said(before)).isEmpty();
        assertThat(model.calls()).isZero();
    }

    @Test
    void a_menu_is_said_with_numbers_and_chosen_from_by_a_number_by_words_and_by_a_tap() {
        var menu = Map.of(
                "kind",
                "menu",
                "id",
                "menu",
                "text",
                only("¿Qué buscas?"),
                "options",
                List.of(
                        option("prices", "Precios"),
                        option("hours", "Horarios"),
                        option("place", "Dónde estamos"),
                        option("other", "Otra cosa")));
        var nodes = Stream.concat(
                        Stream.of(menu),
                        Stream.of("prices", "hours", "place", "other").map(SeedCTest::end))
                .toList();
        var document = new HashMap<>(ClinicRecords.GOODBYE_FLOW);
        document.put("triggers", List.of(Map.of("on", "keyword", "words", List.of("opciones"))));
        document.put("start", "menu");
        document.put("nodes", nodes);
        var flow = LoopClinic.created(owner().post("/flows", Map.of("name", "Opciones", "document", document)));
        var published = owner().ifMatch(owner().get("/flows/" + flow).etag()).post("/flows/" + flow + "/publish", null);
        assertThat(published.status()).as(published.text()).isEqualTo(200);

        for (var chosen : List.of(
                Map.of("Body", "3"),
                Map.of("Body", "dónde estamos"),
                Map.of("Body", "Dónde estamos", "ListId", "menu:place", "ListTitle", "Dónde estamos"))) {
            int before = sent();
            hears("opciones");
            assertThat(said(before))
                    .singleElement()
                    .asString()
                    .contains("¿Qué buscas?", "1. Precios", "3. Dónde estamos", "4. Otra cosa");
            before = sent();
            clock.advance(Duration.ofSeconds(10));
            line().hears("SM-HEARD-" + ++heard, chosen);
            assertThat(said(before)).as(chosen.toString()).containsExactly("place");
        }
        assertThat(model.calls()).isZero();
    }

    private static Map<String, String> only(String es) {
        return Map.of("es", es, "en", "", "pt", "");
    }

    private static Map<String, Object> option(String id, String label) {
        return Map.of("id", id, "label", only(label), "words", List.of(), "next", id);
    }

    private static Map<String, Object> end(String id) {
        return Map.of("kind", "end", "id", id, "text", only(id));
    }
}
