package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import app.recado.testing.TestVoice;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What is said with one person on one line is one conversation, which a team answers together. */
@RecadoTest
class SharedInboxTest {

    private static final String ANA = "+5491123456789";
    private static final String LID = "99887766554433";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

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

    private Api marcela() {
        return clinic().clinic
                .withToken(TestTokens.member("marcela", clinic().clinic.id(), List.of(Allow.RECEPTIONIST)));
    }

    private GatewayVoice.Inbound from(String phone) {
        clock.advance(Duration.ofSeconds(10));
        return clinic().voice.from(phone);
    }

    private JsonNode list(String query) {
        return desk().get("/conversations" + query).json().path("items");
    }

    private UUID only() {
        assertThat(list("")).hasSize(1);
        return UUID.fromString(list("").at("/0/id").asString());
    }

    private Answer one(UUID id) {
        return desk().get("/conversations/" + id);
    }

    private JsonNode entries(UUID id) {
        return desk().get("/conversations/" + id + "/entries").json().path("items");
    }

    /** What was said, oldest first; events left out. */
    private List<String> said(UUID id) {
        return entries(id)
                .valueStream()
                .filter(entry -> !entry.path("kind").asString().equals("event"))
                .map(SharedInboxTest::words)
                .toList()
                .reversed();
    }

    private static String words(JsonNode entry) {
        return switch (entry.path("kind").asString()) {
            case "inbound" ->
                (entry.at("/inbound/fromMe").asBoolean() ? "phone: " : "patient: ")
                        + entry.at("/inbound/text")
                                .asString(entry.at("/inbound/kind").asString());
            case "outbound" ->
                entry.at("/outbound/occasion").asString() + ": "
                        + entry.at("/outbound/state").asString();
            default -> "note: " + entry.at("/note/text").asString();
        };
    }

    private Answer act(Api who, UUID id, String action, @Nullable Object body) {
        return who.ifMatch(one(id).etag()).post("/conversations/" + id + "/" + action, body);
    }

    private Answer replies(Api who, UUID id, String text, @Nullable String lastAnswerId) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("content", Map.of("kind", "text", "text", text));
        body.put("lastAnswerId", lastAnswerId);
        return who.post("/conversations/" + id + "/messages", body);
    }

    @Test
    void everything_said_stands_in_one_conversation_in_order() {
        var ana = clinic().patient("Ana", ANA);
        clinic().books(ana, "2026-11-27T13:00:00Z");
        clinic().everythingIsSent();
        clinic().hears(from(ANA).id("Q1").writes("¿Puedo llevar a mi hija?"));
        var id = only();
        assertThat(one(id).at("/turn")).isEqualTo("clinic");

        clock.advance(Duration.ofSeconds(10));
        assertThat(replies(desk(), id, "Sí, claro", null).status()).isEqualTo(201);
        clinic().everythingIsSent();
        clinic().hears(from(ANA).with("fromMe", true).writes("La esperamos"));
        clinic().hears(from(ANA)
                .with("kind", "call")
                .with("call", Map.of("video", false, "missed", true))
                .sends());
        clinic().hears(from(ANA).with("kind", "edit").about("Q1").writes("¿Puedo llevar a mis hijas?"));

        assertThat(said(id))
                .containsExactly(
                        "confirmation: sent",
                        "patient: ¿Puedo llevar a mis hijas?",
                        "manual: sent",
                        "phone: La esperamos",
                        "patient: call");
        assertThat(one(id).at("/patients/0/displayName")).isEqualTo("Ana Núñez");
        assertThat(list("?turn=clinic")).as("the missed call").hasSize(1);
    }

    @Test
    void an_answer_quotes_what_it_answers_and_shows_it_on_both_sides() {
        clinic().hears(from(ANA).id("Q7").writes("¿Hay lugar el jueves?"));
        clinic().hears(from(ANA).id("Q8").writes("¿Y cuánto sale?"));
        var id = only();
        var asked = entry(id, "¿Hay lugar el jueves?");
        var body = new HashMap<String, @Nullable Object>();
        body.put("content", Map.of("kind", "text", "text", "El jueves sí"));
        body.put("quotedId", asked);
        body.put("lastAnswerId", null);

        var answered = desk().post("/conversations/" + id + "/messages", body);
        clinic().everythingIsSent();

        assertThat(answered.status()).as(answered.text()).isEqualTo(201);
        assertThat(answered.at("/quotedId")).isEqualTo(asked);
        var left = clinic().commands().getLast().payload;
        assertThat(left.at("/quoting/id").asString()).isEqualTo("Q7");
        assertThat(left.at("/quoting/text").asString()).isEqualTo("¿Hay lugar el jueves?");
        body.put("quotedId", UUID.randomUUID());
        body.put("lastAnswerId", answered.id());
        assertThat(desk().post("/conversations/" + id + "/messages", body).at("/errors/0/pointer"))
                .isEqualTo("/quotedId");
    }

    @Test
    void an_answer_quotes_a_picture_or_a_voice_note_as_what_it_is() {
        clinic().hears(from(ANA).id("Q9").with("kind", "image").sends());
        var id = only();
        var picture = entries(id)
                .valueStream()
                .filter(entry -> entry.at("/inbound/kind").asString("").equals("image"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        var body = new HashMap<String, @Nullable Object>();
        body.put("content", Map.of("kind", "text", "text", "Se ve muy bien"));
        body.put("quotedId", picture);
        body.put("lastAnswerId", null);
        var answered = desk().post("/conversations/" + id + "/messages", body);
        assertThat(answered.at("/quotedId")).isEqualTo(picture);

        var recorded = desk().with("Content-Type", "application/octet-stream").post("/media", TestVoice.webm(4));
        body.put("content", Map.of("kind", "voice", "mediaId", recorded.id()));
        body.put("quotedId", null);
        body.put("lastAnswerId", answered.id());
        var spoken = desk().post("/conversations/" + id + "/messages", body);
        assertThat(spoken.at("/outbound/contentKind")).isEqualTo("voice");
        assertThat(spoken.json().at("/outbound/file/seconds").asInt()).isEqualTo(4);
        clinic().everythingIsSent();

        body.put("content", Map.of("kind", "text", "text", "Eso era todo"));
        body.put("quotedId", spoken.id());
        body.put("lastAnswerId", spoken.id());
        assertThat(desk().post("/conversations/" + id + "/messages", body).status())
                .isEqualTo(201);
        clinic().everythingIsSent();

        var left = clinic().commands().stream().map(command -> command.payload).toList();
        assertThat(left.getFirst().at("/quoting/id").asString()).isEqualTo("Q9");
        assertThat(left.getFirst().at("/quoting/kind").asString()).isEqualTo("image");
        assertThat(left.getLast().at("/quoting/kind").asString()).isEqualTo("audio");
    }

    @Test
    void a_reaction_stands_at_what_it_is_about_and_answers_nothing() {
        clinic().hears(from(ANA).id("Q9").writes("Ya pagué"));
        var id = only();
        var said = entry(id, "Ya pagué");

        var reacted = desk().post("/conversations/%s/entries/%s/reaction".formatted(id, said), Map.of("emoji", "👍"));
        clinic().everythingIsSent();

        assertThat(reacted.status()).as(reacted.text()).isEqualTo(201);
        assertThat(reacted.at("/targetId")).isEqualTo(said);
        var left = clinic().commands().getLast().payload;
        assertThat(left.path("kind").asString()).isEqualTo("reaction");
        assertThat(left.at("/target/id").asString()).isEqualTo("Q9");
        assertThat(one(id).at("/turn")).as("they still wait").isEqualTo("clinic");
        assertThat(desk().post(
                                "/conversations/%s/entries/%s/reaction".formatted(id, UUID.randomUUID()),
                                Map.of("emoji", "👍"))
                        .status())
                .isEqualTo(404);
    }

    /** The id under which these words stand in a conversation. */
    private String entry(UUID id, String words) {
        return entries(id)
                .valueStream()
                .filter(entry -> entry.at("/inbound/text").asString("").equals(words))
                .map(entry -> entry.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_line_says_how_much_was_said_on_it_and_how_fast_people_answered() {
        clinic().hears(from(ANA).writes("hola"));
        clinic().hears(from(ANA).writes("¿hay alguien?"));
        var id = only();
        clock.advance(Duration.ofMinutes(6));
        replies(desk(), id, "Sí, digame", null);
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(from(ANA).writes("gracias"));

        var figures = desk().get("/conversation-statistics?from=2026-11-24&to=2026-11-25");

        assertThat(figures.status()).as(figures.text()).isEqualTo(200);
        assertThat(figures.json().path("items")).hasSize(1);
        assertThat(figures.at("/items/0/name")).isEqualTo("Recepción");
        assertThat(figures.at("/items/0/received")).isEqualTo("3");
        assertThat(figures.at("/items/0/people")).isEqualTo("1");
        assertThat(figures.at("/items/0/answered")).isEqualTo("1");
        assertThat(figures.at("/items/0/waits")).isEqualTo("2");
        assertThat(figures.at("/items/0/unanswered")).isEqualTo("1");
        assertThat(figures.json().at("/items/0/medianMinutes").asDouble())
                .as("from the first of the two")
                .isBetween(6.1, 6.2);
        assertThat(desk().get("/conversation-statistics?from=2026-11-25&to=2026-11-26")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void each_person_has_figures_of_their_own_and_the_clinics_phone_has_some_too() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        clock.advance(Duration.ofMinutes(6));
        var first = replies(marcela(), id, "Sí, dígame", null);
        clinic().everythingIsSent();
        assertThat(replies(marcela(), id, "La escucho", first.id().toString()).status())
                .isEqualTo(201);
        clinic().everythingIsSent();
        clinic().hears(from(ANA).writes("¿hay lugar?"));
        clock.advance(Duration.ofMinutes(2));
        clinic().hears(from(ANA).with("fromMe", true).writes("Sí, mañana a las diez"));
        act(desk(), id, "resolve", null);

        var people = desk().get("/conversation-statistics?from=2026-11-24&to=2026-11-25")
                .json()
                .path("people");

        assertThat(people).as(people.toString()).hasSize(3);
        var marcela = people.path(0);
        assertThat(marcela.path("answered").asInt()).isEqualTo(2);
        assertThat(marcela.path("firstAnswers").asInt()).isEqualTo(1);
        assertThat(marcela.path("medianMinutes").asDouble()).isBetween(6.0, 6.2);
        assertThat(marcela.path("resolved").asInt()).isZero();
        assertThat(marcela.path("byHour")).hasSize(1);
        assertThat(marcela.at("/byHour/0/day").asInt()).as("Tuesday").isEqualTo(2);
        assertThat(marcela.at("/byHour/0/hour").asInt())
                .as("on the clinic's clock")
                .isEqualTo(9);
        assertThat(marcela.at("/byHour/0/count").asInt()).isEqualTo(2);
        var phone = people.path(1);
        assertThat(phone.path("ownPhone").asBoolean()).isTrue();
        assertThat(phone.path("firstAnswers").asInt()).isEqualTo(1);
        assertThat(phone.path("medianMinutes").asDouble()).isBetween(2.0, 2.5);
        var desk = people.path(2);
        assertThat(desk.path("answered").asInt()).isZero();
        assertThat(desk.path("resolved").asInt()).isEqualTo(1);
        assertThat(desk.path("byHour")).isEmpty();
    }

    @Test
    void an_answer_by_whatever_way_ends_the_wait_and_is_the_first_response() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        var waiting = one(id).at("/waitingSince");
        clinic().hears(from(ANA).with("fromMe", true).writes("Hola, ¿en qué ayudo?"));

        var answered = one(id);
        assertThat(waiting).isNotNull();
        assertThat(answered.json().path("waitingSince").isNull()).isTrue();
        assertThat(answered.at("/turn")).isEqualTo("patient");
        assertThat(answered.at("/firstResponseAt")).isEqualTo("2026-11-24T12:00:20Z");
        assertThat(desk().get("/inbound-messages?open=true").json().path("items"))
                .isEmpty();
    }

    @Test
    void resolving_settles_its_messages_and_a_new_one_reopens_the_same_conversation() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        assertThat(act(desk(), id, "resolve", null).at("/state")).isEqualTo("resolved");
        assertThat(desk().get("/inbound-messages?open=true").json().path("items"))
                .isEmpty();

        clinic().hears(from(ANA).writes("otra cosa"));

        assertThat(only()).isEqualTo(id);
        assertThat(one(id).at("/state")).isEqualTo("open");
        assertThat(one(id).json().path("resolvedAt").isNull()).isTrue();
    }

    @Test
    void what_recado_understands_asks_nobody_and_ends_by_itself_after_a_day() {
        clinic().books(clinic().patient("Ana", ANA), "2026-11-30T13:00:00Z");
        clinic().everythingIsSent();
        clinic().hears(from(ANA).writes("1"));
        var id = only();
        assertThat(one(id).at("/turn")).isEqualTo("recado");
        assertThat(one(id).at("/state")).isEqualTo("pending");

        clock.advance(Duration.ofHours(25));
        jobs.run();

        assertThat(one(id).at("/state")).isEqualTo("resolved");
    }

    @Test
    void a_receipt_that_comes_late_shows_in_a_resolved_conversation_and_leaves_it_resolved() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        replies(desk(), id, "Hola", null);
        clinic().everythingIsSent();
        act(desk(), id, "resolve", null);
        var before = one(id).etag();

        clinic().hears(clinic().voice.messageIs(clinic().commands().getLast(), "read"));

        assertThat(said(id)).contains("manual: read");
        assertThat(one(id).etag()).isEqualTo(before);
    }

    @Test
    void somebody_who_answers_after_a_colleague_sees_that_answer_first() {
        clinic().hears(from(ANA).writes("¿atienden hoy?"));
        var id = only();
        clock.advance(Duration.ofSeconds(5));
        assertThat(replies(marcela(), id, "Sí, hasta las 18", null).status()).isEqualTo(201);

        assertThat(replies(desk(), id, "No", null).code()).isEqualTo("answered-meanwhile");
        assertThat(said(id)).doesNotContain("No");
        var seen = one(id).at("/lastAnswerId");
        clock.advance(Duration.ofSeconds(5));
        assertThat(replies(desk(), id, "Y mañana también", seen).status()).isEqualTo(201);
    }

    @Test
    void of_two_people_who_answer_at_the_same_moment_one_is_told() throws Exception {
        clinic().hears(from(ANA).writes("¿atienden hoy?"));
        var id = only();
        clock.advance(Duration.ofSeconds(5));
        var together = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Integer> one = () -> {
                together.await();
                return replies(desk(), id, "Sí", null).status();
            };
            Callable<Integer> other = () -> {
                together.await();
                return replies(marcela(), id, "Sí", null).status();
            };
            var first = threads.submit(one);
            var second = threads.submit(other);
            assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder(201, 409);
        }
    }

    @Test
    void of_two_people_who_take_it_one_has_it_and_the_other_sees_who() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        var seen = one(id).etag();

        assertThat(marcela()
                        .ifMatch(seen)
                        .post("/conversations/" + id + "/take", null)
                        .status())
                .isEqualTo(200);
        assertThat(desk().ifMatch(seen)
                        .post("/conversations/" + id + "/take", null)
                        .code())
                .isEqualTo("stale");
        assertThat(one(id).at("/assignee/memberId")).isEqualTo("marcela");
        assertThat(list("?assignee=none")).isEmpty();
        assertThat(list("?assignee=me")).isEmpty();
        assertThat(marcela().get("/conversations?assignee=me").json().path("items"))
                .hasSize(1);
        assertThat(act(desk(), id, "assign", Map.of("memberId", "nobody")).code())
                .isEqualTo("invalid-fields");
        assertThat(act(desk(), id, "assign", "{\"memberId\":null}")
                        .json()
                        .path("assignee")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_snoozed_one_comes_back_at_its_time_or_when_somebody_writes() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        replies(desk(), id, "Hola", null);
        assertThat(act(desk(), id, "snooze", Map.of("until", "2026-11-24T11:00:00Z"))
                        .code())
                .isEqualTo("invalid-fields");
        act(desk(), id, "snooze", Map.of("until", "2026-11-24T15:00:00Z"));
        assertThat(list("?state=snoozed")).hasSize(1);

        clock.set(at("2026-11-24T15:00:01Z"));
        jobs.run();
        assertThat(one(id).at("/turn")).isEqualTo("clinic");

        act(desk(), id, "snooze", Map.of("until", "2026-11-25T15:00:00Z"));
        clinic().hears(from(ANA).writes("¿y?"));
        assertThat(one(id).at("/state")).isEqualTo("open");
    }

    @Test
    void urgent_ones_wait_in_front_of_those_that_wait_longer() {
        clinic().hears(from(ANA).writes("hola"));
        clinic().hears(from("+5491145678901").writes("me duele"));
        var second = list("?turn=clinic").at("/1/id").asString();
        assertThat(list("?turn=clinic").at("/0/contact/phone").asString()).isEqualTo(ANA);

        var sorted = desk().ifMatch(one(UUID.fromString(second)).etag())
                .put(
                        "/conversations/" + second,
                        Map.of("priority", "urgent", "labels", List.of("Ortodoncia", " Dolor ")));

        assertThat(sorted.json().path("labels").toString()).isEqualTo("[\"Dolor\",\"Ortodoncia\"]");
        assertThat(list("?turn=clinic").at("/0/id").asString()).isEqualTo(second);
        assertThat(list("?label=Dolor")).hasSize(1);
        var firstPage = desk().get("/conversations?turn=clinic&limit=1").json();
        var next = desk().get("/conversations?turn=clinic&limit=1&cursor="
                + firstPage.path("nextCursor").asString());
        assertThat(next.at("/items/0/contact/phone")).isEqualTo(ANA);
    }

    @Test
    void it_is_unread_for_each_person_apart_and_a_mention_marks_it() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        assertThat(marcela().post("/conversations/" + id + "/read", null).status())
                .isEqualTo(204);
        assertThat(marcela().get("/conversations/" + id).at("/unread")).isEqualTo("false");
        assertThat(one(id).at("/unread")).isEqualTo("true");

        clock.advance(Duration.ofSeconds(5));
        assertThat(desk().post(
                                "/conversations/" + id + "/notes",
                                Map.of("text", "¿Lo ves?", "mentions", List.of("marcela")))
                        .status())
                .isEqualTo(201);

        assertThat(marcela().get("/conversations/" + id).at("/mentioned")).isEqualTo("true");
        assertThat(said(id)).containsExactly("patient: hola", "note: ¿Lo ves?");
        assertThat(clinic().commands()).isEmpty();
        assertThat(desk().post("/conversations/" + id + "/notes", Map.of("text", "x", "mentions", List.of("nobody")))
                        .code())
                .isEqualTo("invalid-fields");
    }

    @Test
    void somebody_without_a_number_has_one_conversation_per_line() {
        var other = created(clinic().clinic.owner().post("/whatsapp-lines", Map.of("name", "Cobranzas")));
        var there = new GatewayVoice(clinics.anonymous(), clock, clinic().clinic.id(), other);
        clinic().hears(from(ANA).onlyLid(LID).writes("hola"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(there.deliver(there.from(ANA).onlyLid(LID).writes("debo algo?"))
                        .status())
                .isEqualTo(204);

        assertThat(list("")).hasSize(2);
        assertThat(list("").at("/0/contact/id")).isEqualTo(list("").at("/1/contact/id"));
        assertThat(list("?lineId=" + other)).hasSize(1);
    }

    @Test
    void a_contact_becomes_a_patient_in_the_middle_and_may_be_said_to_be_another_one() {
        clinic().hears(from(ANA).writes("quiero un turno"));
        var id = only();
        assertThat(one(id).json().path("patients")).isEmpty();

        clinic().patient("Ana", ANA);
        assertThat(one(id).at("/patients/0/displayName")).isEqualTo("Ana Núñez");

        var leo = clinic().patient("Leo", null);
        act(desk(), id, "link", Map.of("patientId", leo));
        assertThat(one(id).at("/patients/0/displayName")).isEqualTo("Leo Núñez");
        assertThat(list("?patientId=" + leo)).hasSize(1);
        act(desk(), id, "unlink", null);
        assertThat(one(id).at("/patients/0/displayName")).isEqualTo("Ana Núñez");
        assertThat(entries(id)
                        .valueStream()
                        .map(entry -> entry.at("/event/kind").asString("") + " "
                                + entry.at("/event/detail").asString(""))
                        .toList())
                .contains("linked Leo Núñez", "unlinked Leo Núñez");
    }

    @Test
    void two_contacts_that_are_one_person_have_one_conversation_with_everything_in_it() {
        clinic().hears(from(ANA).writes("hola"));
        clinic().hears(from(ANA).onlyLid(LID).writes("soy yo"));
        assertThat(list("")).hasSize(2);
        var stranger = list("?limit=1").at("/0/id").asString();
        desk().post("/conversations/" + stranger + "/notes", Map.of("text", "¿quién es?"));

        clinic().hears(from(ANA).alsoLid(LID).writes("la misma"));

        assertThat(said(only()))
                .containsExactlyInAnyOrder("patient: hola", "patient: soy yo", "note: ¿quién es?", "patient: la misma");
    }

    @Test
    void two_patients_with_open_conversations_are_merged_and_both_conversations_are_of_the_one_who_stays() {
        var ana = clinic().patient("Ana", ANA);
        var anita = clinic().patient("Anita", "+5491145678901");
        clinic().hears(from(ANA).writes("hola"));
        clinic().hears(from("+5491145678901").writes("hola"));
        var second = UUID.fromString(list("?limit=1").at("/0/id").asString());
        act(desk(), second, "link", Map.of("patientId", anita));

        var merged = clinic().clinic
                .owner()
                .ifMatch(desk().get("/patients/" + ana).etag())
                .post("/patients/" + ana + "/merge", Map.of("patientId", anita, "version", 0));

        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(list("")).hasSize(2);
        assertThat(list("?patientId=" + ana)).hasSize(2);
    }

    @Test
    void groups_have_no_conversation() {
        for (int i = 0; i < 20; i++) {
            clinic().hears(from(ANA).inChat("group", "120363000000000000@g.us").writes("hola " + i));
        }
        assertThat(list("")).isEmpty();
    }

    @Test
    void colleagues_see_who_is_writing_for_some_seconds() {
        clinic().hears(from(ANA).writes("hola"));
        var id = only();
        assertThat(marcela()
                        .post("/conversations/" + id + "/typing", Map.of("typing", true))
                        .status())
                .isEqualTo(204);
        var typing = "/conversations/" + id + "/typing";
        assertThat(desk().get(typing).at("/items/0/memberId")).isEqualTo("marcela");
        assertThat(marcela().get(typing).json().path("items")).as("oneself").isEmpty();

        clock.advance(Duration.ofSeconds(11));
        assertThat(desk().get(typing).json().path("items")).isEmpty();
    }

    @Test
    void words_are_found_in_what_people_said_without_accents_and_by_their_beginning() {
        clinic().patient("Ana", ANA);
        clinic().hears(from(ANA).writes("Se me despegó un bracket y me lastima"));
        clinic().hears(from("+5491145678901").id("B1").writes("El bracket anda bien"));
        var id = UUID.fromString(list("?turn=clinic").at("/0/id").asString());
        replies(desk(), id, "Vení hoy por el bracket", null);

        assertThat(found("bracket")).hasSize(3);
        assertThat(found("despego brack")).hasSize(1);
        assertThat(found("despego brack").at("/0/patients/0/displayName").asString())
                .isEqualTo("Ana Núñez");
        assertThat(found("bracket despegado")).isEmpty();
        clinic().hears(from("+5491145678901").with("kind", "edit").about("B1").writes("El arco anda bien"));
        assertThat(found("arco")).hasSize(1);
        assertThat(found("bracket")).hasSize(2);
        var elsewhere = clinics.open();
        assertThat(elsewhere
                        .receptionist()
                        .post("/conversations/search", Map.of("text", "bracket"))
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private JsonNode found(String text) {
        return desk().post("/conversations/search", Map.of("text", text)).json().path("items");
    }

    @Test
    void a_thread_of_five_thousand_messages_is_read_by_pages_from_its_end() {
        clinic().hears(from(ANA).writes("la primera"));
        var id = only();
        clinic().clinic
                .inside(() ->
                        transaction.executeWithoutResult(status -> jdbc.sql("""
                        insert into inbound_message (organization_id, id, line_id, chat_key, sender_key, from_me,
                               provider_message_id, phone, text, kind, chat_kind, offline, sent_at, received_at, outcome,
                               contact_id)
                        select organization_id, gen_random_uuid(), line_id, chat_key, sender_key, false, 'M' || n, phone,
                               'n ' || n, 'text', 'direct', false, sent_at + make_interval(secs => n / 3),
                               sent_at + make_interval(secs => n / 3), 'ignored', contact_id
                          from inbound_message, generate_series(1, 5000) n
                         where text = 'la primera'
                        """).update()));
        var seen = new HashSet<String>();
        String cursor = null;
        int pages = 0;
        do {
            var page = desk().get(
                            "/conversations/" + id + "/entries?limit=200" + (cursor == null ? "" : "&cursor=" + cursor))
                    .json();
            page.path("items")
                    .valueStream()
                    .forEach(entry -> seen.add(entry.path("id").asString()));
            cursor = page.path("nextCursor").asString(null);
            pages++;
        } while (cursor != null);
        assertThat(seen).hasSize(5002); // and that it was opened
        assertThat(pages).isEqualTo(26);
    }

    @Test
    void the_database_refuses_a_second_conversation_of_a_contact_on_a_line() {
        clinic().hears(from(ANA).writes("hola"));
        var refused = clinic().clinic.inside(() -> {
            try {
                transaction.executeWithoutResult(status -> jdbc.sql("""
                        insert into conversation (organization_id, id, contact_id, line_id, state, opened_at, last_at, last_by,
                                                  created_at)
                        select organization_id, gen_random_uuid(), contact_id, line_id, 'open', now(), now(), 'patient', now()
                          from conversation
                        """).update());
                return false;
            } catch (DuplicateKeyException e) {
                return true;
            }
        });
        assertThat(refused).isTrue();
    }

    @Test
    void saved_replies_have_one_shortcut_each_and_known_fields() {
        var body = Map.of("shortcut", "horas-hoy", "text", "{{patient.givenName}}, hoy hay lugar.");
        var reply = desk().post("/canned-replies", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(desk().post("/canned-replies", body).code()).isEqualTo("shortcut-taken");
        assertThat(desk().post("/canned-replies", Map.of("shortcut", "otro", "text", "{{patient.diagnosis}}"))
                        .code())
                .isEqualTo("invalid-fields");
        assertThat(desk().post("/canned-replies", Map.of("shortcut", "Con espacio", "text", "x"))
                        .code())
                .isEqualTo("invalid-fields");
        var id = reply.id();
        assertThat(desk().ifMatch(reply.etag()).delete("/canned-replies/" + id).status())
                .isEqualTo(204);
        assertThat(desk().get("/canned-replies").json().path("items")).isEmpty();
    }
}
