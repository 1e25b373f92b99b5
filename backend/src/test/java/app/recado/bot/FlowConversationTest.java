package app.recado.bot;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A published flow in a real conversation: what it says, what it does, what it leaves alone, and what a crash leaves behind. */
@RecadoTest
class FlowConversationTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Autowired
    FlowTurns turns;

    @Autowired
    TransactionTemplate transaction;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z")); // a Tuesday, 9:00 in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Api owner() {
        return clinic().clinic.owner();
    }

    private JsonNode starter(String key) {
        return owner().get("/starter-flows")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow()
                .path("document");
    }

    private UUID published(JsonNode document) {
        var id = LoopClinic.created(owner().post("/flows", Map.of("name", "Recepción", "document", document)));
        var answer = owner().ifMatch(owner().get("/flows/" + id).etag()).post("/flows/" + id + "/publish", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return id;
    }

    private GatewayVoice.Inbound ana() {
        clock.advance(Duration.ofSeconds(10));
        return clinic().voice.from(ANA);
    }

    /** She writes, and the flow answers. */
    private String writes(String words) {
        int before = clinic().commands().size();
        clinic().hears(ana().writes(words));
        jobs.run();
        clinic().everythingIsSent();
        var after = clinic().commands();
        return String.join(
                "\n---\n",
                after.subList(before, after.size()).stream()
                        .map(command -> command.text)
                        .toList());
    }

    private JsonNode visits() {
        return owner().get("/appointments?from=2026-11-24&to=2026-12-20").json().path("items");
    }

    private Api.Answer conversation() {
        return owner().get("/conversations/" + owner().get("/conversations").at("/items/0/id"));
    }

    private List<String> sessions() {
        return owner().get("/conversations/" + conversation().id() + "/flow-sessions")
                .json()
                .path("items")
                .valueStream()
                .map(session -> session.path("ending").isNull()
                        ? "running"
                        : session.path("ending").asString())
                .toList();
    }

    @Test
    void a_patient_books_through_a_flow_after_saying_yes_and_nobody_has_to_look() {
        clinic().patient("Ana", ANA);
        published(starter("front-desk"));

        assertThat(writes("hola")).contains("¿En qué te ayudo?", "1. Reservar una hora");
        assertThat(writes("1")).contains("¿Cuándo te queda bien?");
        assertThat(writes("1")).contains("¿Reservamos Control");
        assertThat(visits()).isEmpty();

        assertThat(writes("sí")).contains("te esperamos", "¿Algo más?");
        assertThat(visits()).hasSize(1);
        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("in-flow");
        assertThat(conversation().at("/turn")).isNotEqualTo("clinic");
    }

    @Test
    void whoever_said_yes_to_an_hour_is_asked_nothing_beside_the_flows_own_question() {
        clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        writes("hola");
        writes("1");
        writes("1");

        assertThat(writes("sí"))
                .contains("¿Algo más?", "Te escribimos de", "Ya está confirmado")
                .doesNotContain("1 para confirmar");

        var booked = visits().path(0);
        assertThat(booked.path("source").asString()).isEqualTo("bot");
        assertThat(booked.path("participation").asString()).isEqualTo("accepted");

        assertThat(writes("2")).as("the second of the flow's choices").contains("Te pasamos con una persona");
        assertThat(visits().path(0).path("status").asString()).isEqualTo("booked");
        assertThat(visits().path(0).path("participation").asString()).isEqualTo("accepted");
    }

    @Test
    void a_reminder_that_asks_nothing_leaves_a_number_to_the_flow_that_asked_before_it() {
        clock.set(at("2026-11-25T12:50:00Z"));
        var patient = clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        writes("hola");
        var visit =
                UUID.fromString(clinic().books(patient, "2026-11-26T13:00:00Z").at("/id"));
        clinic().everythingIsSent();
        writes("1");
        assertThat(clinic().read(visit).at("/participation")).isEqualTo("accepted");
        clock.set(at("2026-11-25T13:00:01Z"));
        clinic().everythingIsSent();
        assertThat(clinic().command(visit, "reminder").text).contains("Ya está confirmado");

        assertThat(writes("2")).contains("Tus próximas reservas");

        assertThat(clinic().read(visit).at("/status")).isEqualTo("booked");
        assertThat(clinic().read(visit).at("/participation")).isEqualTo("accepted");
    }

    @Test
    void a_ticket_that_a_flow_opens_is_told_by_its_number_and_opened_once() {
        clinic().patient("Ana", ANA);
        published(changed(starter("front-desk"), "visits", "action", "open-ticket"));
        writes("hola");

        assertThat(writes("2")).contains("Su número es 1", "¿Algo más?");
        writes("1");
        assertThat(writes("2")).as("the same goes on").contains("Su número es 1");

        var tickets = owner().get("/tickets").json().path("items");
        assertThat(tickets).hasSize(1);
        assertThat(tickets.path(0).path("state").asString()).isEqualTo("open");
        assertThat(tickets.path(0).path("acknowledgedAt").isNull())
                .as("they know its number")
                .isFalse();
    }

    @Test
    void a_button_that_no_flow_waits_for_begins_the_flow_that_names_it_and_the_same_words_do_not() {
        var document = starter("outside-hours");
        var trigger = (ObjectNode) document.path("triggers").path(0);
        trigger.put("on", "button");
        trigger.putArray("words").add("promo-si");
        published(document);

        clinic().hears(clinic().voice.from("+5491123456700").writes("promo-si"));
        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("for-staff");
        int before = clinic().commands().size();
        clinic().hears(ana().with("choice", Map.of("id", "promo-si")).writes("La quiero"));
        jobs.run();
        clinic().everythingIsSent();

        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("in-flow");
        assertThat(clinic().commands()).hasSize(before + 1);
    }

    /** The document with another value at a step. */
    private static JsonNode changed(JsonNode document, String node, String field, String value) {
        document.path("nodes")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(node))
                .forEach(one -> ((ObjectNode) one).put(field, value));
        return document;
    }

    @Test
    void it_is_counted_how_many_came_to_a_step_where_they_went_and_where_they_stopped() {
        clinic().patient("Ana", ANA);
        var flow = published(starter("front-desk"));
        writes("hola");
        writes("2");
        clock.advance(Duration.ofSeconds(1801));
        jobs.run();

        var figures = owner().get("/flows/" + flow + "/figures?days=7");

        assertThat(figures.at("/sessions")).as(figures.text()).isEqualTo("1");
        var nodes = figures.json().path("nodes");
        var menu = node(nodes, "menu");
        assertThat(menu.path("reached").asInt()).isEqualTo(1);
        assertThat(menu.path("ways").path(0).path("way").asString()).isEqualTo("visits");
        assertThat(menu.path("ways").path(0).path("to").asString()).isEqualTo("visits");
        assertThat(menu.path("unanswered").asInt()).isZero();
        assertThat(node(nodes, "done").path("unanswered").asInt()).isEqualTo(1);
    }

    private static JsonNode node(JsonNode nodes, String id) {
        return nodes.valueStream()
                .filter(one -> one.path("node").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_answer_to_a_reminder_wins_over_a_flow() {
        var patient = clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        writes("hola");
        clock.advance(Duration.ofMinutes(1));
        var visit =
                UUID.fromString(clinic().books(patient, "2026-11-26T13:00:00Z").at("/id"));
        clinic().everythingIsSent();

        clinic().hears(ana().writes("1"));
        jobs.run();

        assertThat(clinic().read(visit).at("/participation")).isEqualTo("accepted");
        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("accepted");
    }

    @Test
    void what_no_flow_begins_waits_for_a_person_as_before() {
        published(starter("outside-hours"));

        writes("¿atienden mañana?");

        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("for-staff");
    }

    @Test
    void whoever_asks_for_a_person_gets_one_and_the_flow_is_silent_from_then_on() {
        clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        writes("hola");

        assertThat(writes("5")).contains("Te pasamos con una persona");
        assertThat(conversation().at("/handOver/cause")).isEqualTo("patient");
        assertThat(sessions()).containsExactly("handed-over");

        assertThat(writes("menu")).isEmpty();
    }

    @Test
    void whoever_takes_a_conversation_over_silences_the_flow_without_having_answered_yet() {
        clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        assertThat(writes("hola")).contains("¿En qué te ayudo?");
        assertThat(conversation().at("/state")).isEqualTo("pending");

        var conversation = conversation();
        var taken = owner().ifMatch(conversation.etag()).post("/conversations/" + conversation.id() + "/take", null);
        assertThat(taken.at("/state")).isEqualTo("open");

        assertThat(writes("1")).isEmpty();
    }

    @Test
    void a_crash_in_the_middle_of_a_turn_leaves_nothing_and_the_turn_is_made_once() {
        clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        writes("hola");
        writes("1");
        writes("1");
        int said = clinic().commands().size();
        clinic().hears(ana().writes("sí"));
        var inbound = UUID.fromString(clinic().lastInbound().path("id").asString());

        CurrentOrganization.run(
                clinic().clinic.id(),
                () -> transaction.executeWithoutResult(status -> {
                    turns.turn(inbound, 1);
                    status.setRollbackOnly(); // the process dies before the commit
                }));
        clinic().turn();
        assertThat(visits()).isEmpty();
        assertThat(clinic().commands()).hasSize(said);

        jobs.run();
        CurrentOrganization.run(
                clinic().clinic.id(), () -> transaction.executeWithoutResult(status -> turns.turn(inbound, 1)));
        clinic().everythingIsSent();

        assertThat(visits()).hasSize(1);
        var texts = clinic().commands().stream()
                .skip(said)
                .map(command -> Objects.requireNonNull(command.text))
                .toList();
        assertThat(texts)
                .as("the flow's answer, and the confirmation that every booking gets")
                .hasSize(2)
                .satisfiesOnlyOnce(text -> assertThat(text).contains("¿Algo más?"))
                .satisfiesOnlyOnce(text -> assertThat(text).contains("Te escribimos de"));
    }

    @Test
    void a_session_finishes_on_its_version_and_a_published_one_never_changes() {
        clinic().patient("Ana", ANA);
        var id = published(starter("front-desk"));
        writes("hola");
        var flow = owner().get("/flows/" + id);
        var changed = owner().ifMatch(flow.etag())
                .put("/flows/" + id, Map.of("name", "Otra", "document", starter("outside-hours")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        owner().ifMatch(changed.etag()).post("/flows/" + id + "/publish", null);

        assertThat(writes("2")).contains("No tienes reservas");

        var versions = owner().get("/flows/" + id + "/versions").json().path("items");
        assertThat(versions).hasSize(2);
        assertThat(versions.path(1).path("document")).isEqualTo(flow.json().path("published"));
    }

    @Test
    void whoever_does_not_answer_hears_goodbye_once_and_begins_anew() {
        clinic().patient("Ana", ANA);
        published(starter("front-desk"));
        writes("hola");

        clock.advance(Duration.ofSeconds(1000));
        assertThat(writes("1")).as("its place is no longer held").contains("¿En qué te ayudo?");
        assertThat(sessions()).containsExactly("running", "timed-out");

        int said = clinic().commands().size();
        clock.advance(Duration.ofSeconds(1801));
        jobs.run();
        clinic().everythingIsSent();
        clock.advance(Duration.ofHours(1));
        jobs.run();
        clinic().everythingIsSent();

        assertThat(clinic().commands()).hasSize(said + 1);
        assertThat(clinic().commands().getLast().text).contains("escríbenos «menú»");
        assertThat(sessions().getFirst()).isEqualTo("timed-out");
    }

    @Test
    void a_draft_with_faults_is_not_published_and_answers_nobody() {
        var broken = Map.of(
                "name",
                "Rota",
                "document",
                Map.of(
                        "languages",
                        List.of("es"),
                        "triggers",
                        List.of(Map.of("on", "everything-else", "words", List.of())),
                        "rules",
                        Map.of(
                                "answerSeconds",
                                900,
                                "closeSeconds",
                                1800,
                                "closing",
                                Map.of("es", "", "en", "", "pt", ""),
                                "retries",
                                2,
                                "noticeHours",
                                24),
                        "start",
                        "hi",
                        "nodes",
                        List.of(Map.of(
                                "kind",
                                "message",
                                "id",
                                "hi",
                                "text",
                                Map.of("es", "Hola", "en", "", "pt", ""),
                                "next",
                                ""))));
        var id = LoopClinic.created(owner().post("/flows", broken));
        var flow = owner().get("/flows/" + id);
        assertThat(flow.at("/faults/0/code")).isEqualTo("dead-end");

        assertThat(owner().ifMatch(flow.etag())
                        .post("/flows/" + id + "/publish", null)
                        .code())
                .isEqualTo("flow-has-faults");
        assertThat(writes("hola")).isEmpty();
    }

    @Test
    void a_trial_goes_through_the_real_engine_and_changes_nothing() {
        var patient = clinic().patient("Ana", ANA);
        var document = starter("front-desk");
        var begun = owner().post("/flow-trials", Map.of("document", document, "patientId", patient));
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        var asked = next(document, patient, begun, "1");
        var shall = next(document, patient, asked, "1");
        var done = next(document, patient, shall, "sí");

        assertThat(done.at("/said/0/text")).contains("te esperamos");
        assertThat(visits()).isEmpty();
        assertThat(clinic().commands()).isEmpty();
    }

    private Api.Answer next(JsonNode document, UUID patient, Api.Answer turn, String text) {
        return owner().post(
                        "/flow-trials",
                        Map.of("document", document, "patientId", patient, "state", turn.at("/state"), "text", text));
    }
}
