package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What somebody wants of the clinic has a number, a state and a category. A Tuesday at nine. */
@RecadoTest
class TicketsTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Api desk() {
        return clinic().clinic.receptionist();
    }

    private Api owner() {
        return clinic().clinic.owner();
    }

    private UUID writes(String words) {
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(clinic().voice.from(ANA).writes(words));
        return UUID.fromString(desk().get("/conversations").at("/items/0/id"));
    }

    private void openedFor(List<String> categories, List<Map<String, String>> rules) {
        var changed = owner().ifMatch(owner().get("/ticket-settings").etag())
                .put("/ticket-settings", Map.of("openedFor", categories, "rules", rules));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private JsonNode tickets(String query) {
        return desk().get("/tickets" + query).json().path("items");
    }

    private Api.Answer change(UUID id, Map<String, Object> body) {
        return desk().ifMatch(desk().get("/tickets/" + id).etag()).put("/tickets/" + id, body);
    }

    @Test
    void a_message_about_what_the_clinic_chose_opens_one_and_others_do_not() {
        openedFor(List.of("complaint"), List.of());
        writes("¿Cuánto sale la limpieza?");
        assertThat(tickets("")).isEmpty();

        writes("Quiero hacer un reclamo, muy mala la atención");
        writes("Es una vergüenza, quiero reclamar");

        assertThat(tickets("")).as("one is open at a time").hasSize(1);
        var ticket = tickets("?category=complaint").get(0);
        assertThat(ticket.path("number").asLong()).isEqualTo(1);
        assertThat(ticket.path("categoryBy").asString()).isEqualTo("model");
        assertThat(tickets("?category=payment")).isEmpty();
    }

    @Test
    void a_rule_of_the_clinic_goes_before_the_model() {
        openedFor(List.of("order"), List.of(Map.of("words", "Reclamo lentes", "category", "order")));

        writes("Quiero hacer un reclamo por mis lentes");

        assertThat(tickets("").get(0).path("category").asString()).isEqualTo("order");
        assertThat(tickets("").get(0).path("categoryBy").asString()).isEqualTo("rule");
    }

    @Test
    void it_is_opened_by_hand_answered_and_closed_and_its_numbers_count_on() {
        var conversation = writes("¿Me mandan el certificado?");
        var id = created(desk().post("/conversations/" + conversation + "/tickets", Map.of("category", "documents")));
        assertThat(desk().post("/conversations/" + conversation + "/tickets", Map.of())
                        .code())
                .isEqualTo("ticket-open");

        clock.advance(Duration.ofMinutes(6));
        var reply = desk().post(
                        "/conversations/" + conversation + "/messages",
                        Map.of("content", Map.of("kind", "text", "text", "Ahí va")));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(desk().get("/tickets/" + id).at("/state")).isEqualTo("in-progress");
        assertThat(desk().get("/tickets/" + id).at("/firstAnsweredAt")).isEqualTo("2026-11-24T12:07:00Z");

        assertThat(change(id, Map.of("state", "closed", "category", "documents"))
                        .at("/state"))
                .isEqualTo("closed");
        created(desk().post("/conversations/" + conversation + "/tickets", Map.of()));
        assertThat(tickets("").valueStream().map(one -> one.path("number").asInt()))
                .containsExactly(2, 1);
        assertThat(change(id, Map.of("state", "open")).code()).isEqualTo("ticket-open");

        var figures = desk().get("/ticket-statistics?from=2026-11-24&to=2026-11-25");
        assertThat(figures.at("/count")).as(figures.text()).isEqualTo("2");
        assertThat(figures.at("/medianMinutes")).isEqualTo("6.0");
        assertThat(figures.at("/byHour/0/day")).isEqualTo("2");
        assertThat(figures.at("/byHour/0/hour")).isEqualTo("9");
        var file = owner().get("/tickets/export?from=2026-11-24&to=2026-11-25");
        assertThat(file.text()).contains("documents").contains("2026-11-24 09:07");
    }

    private List<Integer> found(String text) {
        return desk().post("/tickets/search", Map.of("text", text))
                .json()
                .path("items")
                .valueStream()
                .map(one -> one.path("number").asInt())
                .toList();
    }

    @Test
    void one_is_found_by_its_number_and_by_what_was_said_in_its_time() {
        var conversation = writes("Se me rompió el bracket");
        var id = created(desk().post("/conversations/" + conversation + "/tickets", Map.of()));
        change(id, Map.of("state", "closed"));
        clock.advance(Duration.ofDays(3));
        writes("¿Atienden el sábado?");
        created(desk().post("/conversations/" + conversation + "/tickets", Map.of()));

        assertThat(found("bracket")).containsExactly(1);
        assertThat(found("sabado")).containsExactly(2);
        assertThat(found("#2")).containsExactly(2);
        assertThat(found("ortodoncia")).isEmpty();
    }

    @Test
    void that_it_was_received_is_said_once_with_its_number_and_answers_nothing() {
        var conversation = writes("Quiero hacer un reclamo");
        var id = created(desk().post("/conversations/" + conversation + "/tickets", Map.of("category", "complaint")));
        var ticket = desk().get("/tickets/" + id);

        var told = desk().ifMatch(ticket.etag()).post("/tickets/" + id + "/acknowledge", null);

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        clinic().turn();
        assertThat(clinic().commands().stream().map(command -> command.text))
                .containsExactly("Recibimos tu pedido. Su número es 1.");
        assertThat(desk().get("/conversations/" + conversation).at("/turn")).isEqualTo("clinic");
        assertThat(desk().ifMatch(told.etag())
                        .post("/tickets/" + id + "/acknowledge", null)
                        .code())
                .isEqualTo("ticket-not-in-that-state");
    }

    @Test
    void whoever_waits_for_the_notice_learns_whether_it_left_in_time() {
        var conversation = writes("Quiero hacer un reclamo");
        var id = created(desk().post("/conversations/" + conversation + "/tickets", Map.of()));
        desk().ifMatch(desk().get("/tickets/" + id).etag()).post("/tickets/" + id + "/acknowledge", null);
        var notice = UUID.fromString(desk().get("/messages?limit=1").at("/items/0/id"));
        var watch = new NoticeWatch(jdbc, transaction, new ConversationProperties(Duration.ofMillis(1)));

        assertThat(waits(watch, notice)).contains(Problem.NOT_SENT_IN_TIME);
        clinic().everythingIsSent();
        assertThat(waits(watch, notice)).isEmpty();
    }

    private Optional<Problem> waits(NoticeWatch watch, UUID notice) {
        return clinic().clinic.inside(() -> {
            try {
                watch.mustLeave(notice);
                return Optional.empty();
            } catch (ProblemException e) {
                return Optional.of(e.problem());
            }
        });
    }

    @Test
    void while_the_line_is_down_nothing_is_said_now_or_later() {
        var conversation = writes("Quiero hacer un reclamo");
        var id = created(desk().post("/conversations/" + conversation + "/tickets", Map.of()));
        clinic().hears(clinic().voice.lineIs("reconnecting", "network"));

        var refused = desk().ifMatch(desk().get("/tickets/" + id).etag()).post("/tickets/" + id + "/acknowledge", null);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("line-down");
        clinic().hears(clinic().voice.lineIs("linked", "none"));
        clinic().turn();
        assertThat(clinic().commands()).isEmpty();
    }
}
