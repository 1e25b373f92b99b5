package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Conversations that wait are shared out among the people who are there, and are answered within a time. A Tuesday at nine. */
@RecadoTest
class InboxRoutingTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Nullable LoopClinic opened;

    private int written;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Api agent(String name) {
        return clinic().clinic.withToken(TestTokens.member(name, clinic().clinic.id(), List.of(Allow.RECEPTIONIST)));
    }

    private Api owner() {
        return clinic().clinic.owner();
    }

    private void settings(Map<String, Object> changes) {
        var body = new HashMap<String, Object>(Map.of("routing", "round-robin", "capacity", 10, "warningMinutes", 5));
        body.putAll(changes);
        var changed = owner().ifMatch(owner().get("/inbox-settings").etag()).put("/inbox-settings", body);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    /** From eight to twelve, local time, on all working days. */
    private void mornings() {
        var week = List.of("mon", "tue", "wed", "thu", "fri").stream()
                .map(day -> Map.of("day", day, "from", "08:00", "until", "12:00"))
                .toList();
        var schedule = owner().post("/schedules", Map.of("validFrom", "2026-10-01", "hours", week));
        assertThat(schedule.status()).as(schedule.text()).isEqualTo(201);
    }

    private void isThere(String name) {
        assertThat(agent(name)
                        .post("/inbox-presence", Map.of("available", true))
                        .status())
                .isEqualTo(204);
    }

    /** Somebody new writes something for staff. */
    private UUID somebodyWrites() {
        return writes("+54911555000" + String.format("%02d", written++));
    }

    private UUID writes(String phone) {
        clock.advance(Duration.ofSeconds(10));
        clinic().hears(clinic().voice.from(phone).writes("¿Tienen hora hoy?"));
        return UUID.fromString(owner().get("/conversations?limit=1").at("/items/0/id"));
    }

    private String assignee(UUID id) {
        return owner().get("/conversations/" + id)
                .json()
                .at("/assignee/memberId")
                .asString("");
    }

    private List<String> assignees(List<UUID> ids) {
        jobs.run();
        return ids.stream().map(this::assignee).toList();
    }

    private List<String> left() {
        clinic().everythingIsSent();
        return clinic().commands().stream().map(command -> command.text).toList();
    }

    @Test
    void they_go_to_those_who_are_there_in_turn_and_to_nobody_beyond_their_room() {
        settings(Map.of("capacity", 2));
        isThere("marcela");
        isThere("bruno");
        agent("carla").post("/inbox-presence", Map.of("available", false));

        var ids = List.of(somebodyWrites(), somebodyWrites(), somebodyWrites(), somebodyWrites(), somebodyWrites());

        var whose = assignees(ids);
        assertThat(whose).containsOnlyOnce("").doesNotContain("carla");
        assertThat(whose.stream().filter("marcela"::equals)).hasSize(2);
        assertThat(whose.stream().filter("bruno"::equals)).hasSize(2);
        assertThat(owner().get("/inbox-members")
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(one -> one.path("memberId").asString().equals("marcela"))
                        .map(one -> one.path("open").asInt()))
                .containsExactly(2);
    }

    @Test
    void whoever_closes_their_console_is_given_nothing_and_whoever_comes_takes_what_waits() {
        settings(Map.of());
        isThere("marcela");
        clock.advance(Duration.ofMinutes(4));

        var id = somebodyWrites();
        assertThat(assignees(List.of(id))).containsExactly("");

        isThere("bruno");
        assertThat(assignees(List.of(id))).containsExactly("bruno");
    }

    @Test
    void the_least_busy_is_chosen_whoever_was_asked_last() {
        settings(Map.of("routing", "least-busy"));
        isThere("marcela");
        var first = somebodyWrites();
        var second = somebodyWrites();
        assertThat(assignees(List.of(first, second))).containsExactly("marcela", "marcela");
        isThere("bruno");

        var third = somebodyWrites();
        var fourth = somebodyWrites();

        assertThat(assignees(List.of(third, fourth))).containsExactly("bruno", "bruno");
    }

    @Test
    void a_line_s_conversations_are_its_team_s_and_go_to_nobody_else() {
        settings(Map.of());
        isThere("marcela");
        isThere("bruno");
        var team = created(owner().post(
                        "/inbox-teams",
                        Map.of("name", "Óptica", "memberIds", List.of("bruno"), "lineIds", List.of(clinic().line))));
        assertThat(owner().post("/inbox-teams", Map.of("name", "Óptica", "memberIds", List.of(), "lineIds", List.of()))
                        .code())
                .isEqualTo("team-name-taken");

        var ids = List.of(somebodyWrites(), somebodyWrites());

        assertThat(assignees(ids)).containsExactly("bruno", "bruno");
        assertThat(owner().get("/conversations?teamId=" + team).json().path("items"))
                .hasSize(2);

        var one = owner().get("/conversations/" + ids.getFirst());
        var body = new HashMap<String, @Nullable Object>();
        body.put("teamId", null);
        var given = owner().ifMatch(one.etag()).post("/conversations/" + ids.getFirst() + "/team", body);
        assertThat(given.status()).as(given.text()).isEqualTo(200);
        assertThat(given.json().path("team").isNull()).isTrue();
        assertThat(assignees(List.of(ids.getFirst())))
                .as("anybody's turn again")
                .containsExactly("marcela");
    }

    @Test
    void nobody_is_given_anything_while_the_clinic_is_closed() {
        settings(Map.of());
        mornings();
        clock.set(at("2026-11-24T23:00:00Z"));
        isThere("marcela");

        var id = somebodyWrites();
        assertThat(assignees(List.of(id))).containsExactly("");

        clock.set(at("2026-11-25T11:00:00Z"));
        isThere("marcela");
        assertThat(assignees(List.of(id))).containsExactly("marcela");
    }

    @Test
    void the_time_for_an_answer_counts_while_the_clinic_is_open_and_ends_with_the_answer() {
        settings(Map.of("routing", "off", "responseMinutes", 30, "warningMinutes", 10));
        mornings();
        clock.set(at("2026-11-24T14:49:50Z"));

        var id = somebodyWrites();

        var one = owner().get("/conversations/" + id);
        assertThat(one.at("/responseWarnAt")).isEqualTo("2026-11-25T11:10:00Z");
        assertThat(one.at("/responseDueAt")).isEqualTo("2026-11-25T11:20:00Z");
        clock.advance(Duration.ofSeconds(10));
        clinic().hears(clinic().voice
                .from("+5491155500000")
                .with("fromMe", true)
                .writes("Sí, a las 16"));
        assertThat(owner().get("/conversations/" + id)
                        .json()
                        .path("responseDueAt")
                        .isNull())
                .isTrue();
    }

    @Test
    void whoever_writes_while_it_is_closed_is_told_so_once_until_it_opens_again() {
        settings(Map.of("outOfHoursText", "Estamos cerrados. Volvemos a las 8."));
        mornings();
        writes(ANA);
        assertThat(left()).as("open at nine").isEmpty();

        clock.set(at("2026-11-24T23:00:00Z"));
        writes(ANA);
        writes(ANA);
        assertThat(left()).containsExactly("Estamos cerrados. Volvemos a las 8.");

        clock.set(at("2026-11-25T23:00:00Z"));
        writes(ANA);
        assertThat(left()).hasSize(2);
    }

    @Test
    void people_chosen_are_told_on_their_own_phones_that_somebody_asks_for_a_person_once() {
        var saved = owner().get("/hand-over-settings");
        var wrong = Map.of("minutes", 5, "emails", List.of(), "phones", List.of("once"));
        assertThat(owner().ifMatch(saved.etag())
                        .put("/hand-over-settings", wrong)
                        .code())
                .isEqualTo("invalid-fields");
        var body = Map.of("minutes", 5, "emails", List.of(), "phones", List.of("11 5555-9999"));
        var changed = owner().ifMatch(saved.etag()).put("/hand-over-settings", body);
        assertThat(changed.at("/phones/0")).as(changed.text()).isEqualTo("+5491155559999");

        clock.advance(Duration.ofSeconds(10));
        clinic().hears(clinic().voice.from(ANA).writes("Quiero hablar con una persona"));
        jobs.run();
        clinic().turn();
        jobs.run();

        assertThat(clinic().commands().stream().filter(command -> command.text.contains("pide una persona")))
                .hasSize(1)
                .allSatisfy(command -> assertThat(command.text).doesNotContain(ANA));
        assertThat(owner().get("/conversations").json().path("items"))
                .as("no conversation with staff")
                .hasSize(1);
    }
}
