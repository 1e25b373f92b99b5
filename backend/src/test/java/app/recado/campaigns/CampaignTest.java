package app.recado.campaigns;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
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

@RecadoTest
class CampaignTest {

    private static final String ANA = "+5491123456789";
    private static final String BETO = "+5491123456780";
    private static final String CARLA = "+5491123456781";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    CampaignRelease release;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T13:00:00Z")); // ten in the morning in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    /** A template of the clinic's own with one published text. */
    private String template(String purpose, String words) {
        var owner = loop().clinic.owner();
        var id = owner.post("/custom-templates", Map.of("name", "Plantilla " + UUID.randomUUID(), "purpose", purpose))
                .at("/id");
        var text = owner.get("/template-texts")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> one.at("/customTemplateId").asString("").equals(id)
                        && one.at("/language").asString().equals("es"))
                .findFirst()
                .orElseThrow();
        var path = "/template-texts/" + text.at("/id").asString();
        var drafted = owner.ifMatch("\"v0\"").put(path + "/draft", Map.of("body", words));
        assertThat(owner.ifMatch(drafted.etag()).post(path + "/publish", null).status())
                .isEqualTo(200);
        return id;
    }

    private static Map<String, Object> everybody() {
        return new HashMap<>(Map.of(
                "tags",
                List.of(),
                "healthcareServiceIds",
                List.of(),
                "insuranceIds",
                List.of(),
                "withoutUpcoming",
                false));
    }

    private Map<String, Object> campaign(String template, boolean frozen, int perDay, Map<String, Object> audience) {
        return new HashMap<>(Map.of(
                "name",
                "Control anual",
                "templateId",
                template,
                "lineId",
                loop().line,
                "audience",
                audience,
                "frozen",
                frozen,
                "startsAt",
                "2026-11-24T12:00:00Z",
                "endsAt",
                "2026-12-24T12:00:00Z",
                "sendFrom",
                "09:00",
                "sendUntil",
                "20:00",
                "perDay",
                perDay));
    }

    private UUID started(Map<String, Object> campaign) {
        var owner = loop().clinic.owner();
        var made = owner.post("/campaigns", campaign);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var running = owner.ifMatch(made.etag()).post("/campaigns/" + made.id() + "/start", Map.of());
        assertThat(running.status()).as(running.text()).isEqualTo(200);
        return made.id();
    }

    private Answer act(UUID campaign, String action) {
        var seen = loop().clinic.owner().get("/campaigns/" + campaign);
        return loop().clinic.owner().ifMatch(seen.etag()).post("/campaigns/" + campaign + "/" + action, null);
    }

    private void wants(UUID patient, boolean allowed) {
        var said = loop().clinic
                .receptionist()
                .post(
                        "/patients/" + patient + "/consents",
                        Map.of("allowed", allowed, "evidence", "Firmó el formulario"));
        assertThat(said.status()).as(said.text()).isEqualTo(201);
    }

    private void sends() {
        release.run();
        loop().everythingIsSent();
    }

    private List<String> writtenTo() {
        return loop().commands().stream().map(command -> command.to).toList();
    }

    private String state(UUID campaign) {
        return loop().clinic.owner().get("/campaigns/" + campaign).at("/state");
    }

    @Test
    void marketing_reaches_those_who_asked_for_it_and_a_stop_that_answers_it_stops_marketing_alone() {
        var ana = loop().patient("Ana", ANA);
        wants(ana, true);
        wants(loop().patient("Beto", BETO), false);
        loop().patient("Carla", CARLA); // never asked
        var counted = loop().clinic
                .owner()
                .post("/campaigns/audience-count", Map.of("audience", everybody(), "purpose", "marketing"));
        assertThat(counted.json().toString()).isEqualTo("{\"matching\":3,\"recipients\":1,\"cost\":null}");

        var campaign =
                started(campaign(template("marketing", "{{patient.givenName}}, ¡10 %!"), true, 100, everybody()));
        sends();
        assertThat(writtenTo()).containsExactly(ANA);
        assertThat(loop().commands().getFirst().text).isEqualTo("Ana, ¡10 %!");

        clock.advance(Duration.ofMinutes(5));
        loop().hears(loop().voice.from(ANA).writes("BAJA"));
        loop().everythingIsSent();
        assertThat(loop().lastInbound().path("outcome").asString()).isEqualTo("opted-out");
        assertThat(loop().lastInbound().path("reason").asString()).isEqualTo("marketing");
        assertThat(loop().commands().getLast().text).contains("promociones").contains("BAJA otra vez");
        var card = loop().clinic.owner().get("/patients/" + ana);
        assertThat(card.at("/messaging")).isEqualTo("allowed");
        assertThat(card.at("/marketing")).isEqualTo("opted-out");
        var consents = loop().clinic
                .practitioner()
                .get("/patients/" + ana + "/consents")
                .json()
                .at("/items");
        assertThat(consents.valueStream()
                        .map(one -> one.at("/source").asString() + " " + one.at("/allowed") + " "
                                + one.at("/evidence").asString()))
                .containsExactly("patient false BAJA", "staff true Firmó el formulario");

        var visit = loop().books(ana, "2026-11-26T13:00:00Z").id();
        loop().turn();
        assertThat(loop().message(visit, "confirmation").path("state").asString())
                .isEqualTo("accepted");
        var results = loop().clinic.owner().get("/campaigns/" + campaign + "/results");
        assertThat(results.json().at("/sent").asInt()).isOne();
        assertThat(results.json().at("/answered").asInt()).isOne();
        assertThat(results.json().at("/booked").asInt()).isOne();
        assertThat(results.json().at("/optedOut").asInt()).isOne();
        assertThat(results.at("/days/0/day")).isEqualTo("2026-11-24");
    }

    @Test
    void a_budget_that_is_used_up_stops_campaigns_that_advertise_and_neither_care_nor_visits() {
        var owner = loop().clinic.owner();
        var budget = owner.get("/message-budget");
        var spent = owner.ifMatch(budget.etag()).put("/message-budget", Map.of("monthly", 0, "currency", "USD"));
        assertThat(spent.at("/reached")).as(spent.text()).isEqualTo("true");
        var ana = loop().patient("Ana", ANA);
        wants(ana, true);
        started(campaign(template("marketing", "¡10 %!"), true, 100, everybody()));
        started(campaign(template("care", "Vacunas al día"), true, 100, everybody()));
        loop().books(ana, "2026-12-01T13:00:00Z");
        for (int turn = 0; turn < 3; turn++) {
            sends();
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(loop().commands()).hasSize(2).noneMatch(command -> command.text.contains("¡10 %!"));

        assertThat(owner.ifMatch(spent.etag())
                        .put("/message-budget", Map.of("monthly", 5, "currency", "USD"))
                        .status())
                .isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        sends();
        assertThat(loop().commands().getLast().text).isEqualTo("¡10 %!");
    }

    @Test
    void whoever_answers_a_campaign_goes_on_in_the_flow_that_begins_by_it_and_nobody_else_does() {
        wants(loop().patient("Ana", ANA), true);
        loop().patient("Beto", BETO);
        var nothing = Map.of("es", "", "en", "", "pt", "");
        var asks = Map.of("es", "¿Te llamamos?", "en", "", "pt", "");
        var document = Map.of(
                "languages",
                List.of("es"),
                "triggers",
                List.of(Map.of("on", "campaign-answer", "words", List.of())),
                "rules",
                Map.of("answerSeconds", 900, "closeSeconds", 1800, "closing", nothing, "retries", 2, "noticeHours", 24),
                "start",
                "call",
                "nodes",
                List.of(Map.of("kind", "hand-over", "id", "call", "text", asks)));
        var owner = loop().clinic.owner();
        var flow = LoopClinic.created(owner.post("/flows", Map.of("name", "Campaña", "document", document)));
        var published = owner.ifMatch(owner.get("/flows/" + flow).etag()).post("/flows/" + flow + "/publish", null);
        assertThat(published.status()).as(published.text()).isEqualTo(200);
        started(campaign(template("marketing", "{{patient.givenName}}, ¡10 %!"), true, 100, everybody()));
        sends();
        clock.advance(Duration.ofMinutes(5));

        loop().hears(loop().voice.from(BETO).writes("la quiero"));
        assertThat(loop().lastInbound().path("outcome").asString()).isEqualTo("for-staff");
        clock.advance(Duration.ofSeconds(5));
        loop().hears(loop().voice.from(ANA).writes("la quiero"));
        assertThat(loop().lastInbound().path("outcome").asString()).isEqualTo("in-flow");
    }

    @Test
    void a_second_stop_stops_everything() {
        var ana = loop().patient("Ana", ANA);
        wants(ana, true);
        started(campaign(template("marketing", "¡10 %!"), true, 100, everybody()));
        sends();
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofMinutes(5));
            loop().hears(loop().voice.from(ANA).writes("BAJA"));
            loop().everythingIsSent();
        }
        assertThat(loop().clinic.owner().get("/patients/" + ana).at("/messaging"))
                .isEqualTo("opted-out");
    }

    @Test
    void whoever_stops_after_they_were_chosen_is_not_written_to() {
        var ana = loop().patient("Ana", ANA);
        wants(ana, true);
        var campaign = started(campaign(template("marketing", "¡10 %!"), true, 100, everybody()));
        release.run(); // planned, not sent
        wants(ana, false);
        loop().everythingIsSent();
        assertThat(writtenTo()).isEmpty();
        var message = loop().clinic.owner().get("/messages").json().at("/items/0");
        assertThat(message.at("/kind").asString()).isEqualTo("campaign");
        assertThat(message.at("/state").asString()).isEqualTo("suppressed");
        assertThat(message.at("/reason").asString()).isEqualTo("no-marketing-consent");
        assertThat(message.at("/appointmentId").isNull()).isTrue();
        sends();
        assertThat(state(campaign)).isEqualTo("completed");
    }

    @Test
    void whoever_has_their_data_restricted_is_neither_counted_nor_written_to() {
        var ana = loop().patient("Ana", ANA);
        var campaign = started(campaign(template("care", "Hola"), true, 100, everybody()));
        release.run(); // planned, not sent
        var card = loop().clinic.owner().get("/patients/" + ana);
        assertThat(loop().clinic
                        .owner()
                        .ifMatch(card.etag())
                        .post("/patients/" + ana + "/restrict", Map.of("reason", "Discute sus datos"))
                        .status())
                .isEqualTo(200);
        sends();
        assertThat(writtenTo()).isEmpty();
        assertThat(loop().clinic
                        .owner()
                        .get("/campaigns/" + campaign + "/results")
                        .at("/suppressed"))
                .isEqualTo("1");
        assertThat(count("withoutUpcoming", false)).isZero();
    }

    @Test
    void a_new_number_begins_slowly_with_campaigns_and_care_waits_for_nothing() {
        for (int i = 10; i < 32; i++) {
            loop().patient("Paciente " + i, "+54911234567" + i);
        }
        started(campaign(template("care", "Cuidado de {{patient.givenName}}"), true, 100, everybody()));
        for (int turn = 0; turn < 6; turn++) {
            sends();
        }
        assertThat(writtenTo()).as("the first days").hasSize(20);
        var line = loop().clinic.owner().get("/whatsapp-lines/" + loop().line);
        assertThat(line.at("/warmUp/day")).isEqualTo("1");
        assertThat(line.at("/warmUp/perDay")).isEqualTo("20");
        assertThat(line.at("/warmUp/until")).isEqualTo("2026-11-27T13:00:00Z");

        var visit =
                loop().books(loop().patient("Ana", ANA), "2026-12-01T13:00:00Z").id();
        loop().everythingIsSent();
        assertThat(loop().story(visit)).contains("confirmation sent");

        clock.advance(Duration.ofDays(1));
        sends();
        assertThat(writtenTo()).as("the last two, and the confirmation").hasSize(23);
        clock.advance(Duration.ofDays(28));
        assertThat(loop().clinic
                        .owner()
                        .get("/whatsapp-lines/" + loop().line)
                        .json()
                        .path("warmUp")
                        .isNull())
                .isTrue();
    }

    @Test
    void what_a_campaign_would_cost_is_said_before_it_starts_with_what_is_left_of_the_budget() {
        var owner = loop().clinic.owner();
        loop().patient("Ana", ANA);
        loop().patient("Beto", BETO);
        var official = owner.post("/whatsapp-lines", Map.of("name", "Oficial", "engine", "cloud-api"))
                .id();
        clinics.platformAdmin()
                .post(
                        "/api/v1/platform/message-prices",
                        Map.of(
                                "items",
                                List.of(Map.of(
                                        "market",
                                        "AR",
                                        "category",
                                        "utility",
                                        "validFrom",
                                        "2026-11-24",
                                        "currency",
                                        "USD",
                                        "price",
                                        0.03))));
        owner.ifMatch(owner.get("/message-budget").etag())
                .put("/message-budget", Map.of("monthly", 5, "currency", "USD"));
        var question =
                new HashMap<String, Object>(Map.of("audience", everybody(), "purpose", "care", "lineId", official));

        var told = owner.post("/campaigns/audience-count", question);

        assertThat(told.at("/recipients")).as(told.text()).isEqualTo("2");
        assertThat(told.at("/cost/category")).isEqualTo("utility");
        assertThat(told.json().at("/cost/amounts/0/amount").asDouble()).isEqualTo(0.06);
        assertThat(told.json().at("/cost/budgetLeft/amount").asDouble()).isEqualTo(5);
        assertThat(told.at("/cost/exceedsBudget")).isEqualTo("false");
        question.put("lineId", loop().line);
        assertThat(owner.post("/campaigns/audience-count", question).at("/cost/charged"))
                .as("a linked phone")
                .isEqualTo("false");
        question.put("lineId", UUID.randomUUID());
        assertThat(owner.post("/campaigns/audience-count", question).at("/errors/0/pointer"))
                .isEqualTo("/lineId");
    }

    @Test
    void a_day_has_a_budget_and_hours_and_what_is_paused_waits() {
        for (int i = 0; i < 4; i++) {
            loop().patient("Paciente " + i, "+549112345670" + i);
        }
        var campaign = started(campaign(template("care", "Cuidado de {{patient.givenName}}"), true, 3, everybody()));
        sends();
        sends();
        assertThat(writtenTo()).hasSize(3);
        assertThat(act(campaign, "pause").status()).isEqualTo(200);
        assertThat(act(campaign, "pause").code()).isEqualTo("campaign-not-in-that-state");

        clock.set(at("2026-11-25T13:00:00Z"));
        sends();
        assertThat(writtenTo()).hasSize(3);
        act(campaign, "resume");
        clock.set(at("2026-11-25T23:30:00Z")); // half past eight in the evening
        sends();
        assertThat(writtenTo()).hasSize(3);
        clock.set(at("2026-11-26T13:00:00Z"));
        sends();
        sends();
        assertThat(writtenTo()).hasSize(4).doesNotHaveDuplicates();
        assertThat(state(campaign)).isEqualTo("completed");
    }

    @Test
    void no_more_are_on_their_way_than_a_reminder_may_wait_for_and_a_cancelled_one_sends_nothing_more() {
        for (int i = 0; i < 8; i++) {
            loop().patient("Paciente " + i, "+549112345670" + i);
        }
        var campaign = started(campaign(template("care", "Hola"), true, 100, everybody()));
        release.run();
        release.run();
        loop().turn(); // the gateway has them and has sent none
        release.run();
        assertThat(loop().commands()).hasSize(5);
        assertThat(act(campaign, "cancel").at("/state")).isEqualTo("cancelled");
        loop().everythingIsSent();
        sends();
        assertThat(loop().commands()).hasSize(5);
    }

    @Test
    void many_people_ask_first_and_whoever_starts_says_how_many() {
        for (int i = 10; i < 61; i++) {
            loop().patient("Paciente " + i, "+5491123457" + (100 + i));
        }
        var owner = loop().clinic.owner();
        var made = owner.post("/campaigns", campaign(template("care", "Hola"), true, 100, everybody()));
        var path = "/campaigns/" + made.id() + "/start";
        assertThat(owner.ifMatch(made.etag()).post(path, Map.of()).code()).isEqualTo("campaign-not-confirmed");
        assertThat(owner.ifMatch(made.etag())
                        .post(path, Map.of("recipients", 50))
                        .code())
                .isEqualTo("campaign-not-confirmed");
        assertThat(owner.ifMatch(made.etag())
                        .post(path, Map.of("recipients", 51))
                        .at("/recipients"))
                .isEqualTo("51");
        assertThat(owner.ifMatch(made.etag())
                        .post(path, Map.of("recipients", 51))
                        .code())
                .isEqualTo("stale");
    }

    @Test
    void an_audience_that_is_not_frozen_takes_in_whoever_fits_later() {
        loop().patient("Ana", ANA);
        var campaign = started(campaign(template("care", "Hola"), false, 100, everybody()));
        sends();
        loop().patient("Beto", BETO);
        sends();
        assertThat(writtenTo()).containsExactly(ANA, BETO);
        assertThat(state(campaign)).isEqualTo("running");
        clock.set(at("2026-12-24T12:00:00Z"));
        sends();
        assertThat(state(campaign)).isEqualTo("completed");
    }

    @Test
    void an_audience_is_narrowed_by_visits_age_tags_and_what_lies_ahead() {
        var ana = loop().patient("Ana", ANA);
        loop().books(ana, "2026-11-26T13:00:00Z");
        var beto = loop().clinic
                .receptionist()
                .post(
                        "/patients",
                        Map.of(
                                "givenName",
                                "Beto",
                                "phone",
                                BETO,
                                "birthDate",
                                "1996-11-25",
                                "tags",
                                List.of("control")));
        assertThat(beto.status()).isEqualTo(201);
        assertThat(count("withoutUpcoming", true)).isOne();
        assertThat(count("tags", List.of("control"))).isOne();
        assertThat(count("ageFrom", 29)).isOne();
        assertThat(count("ageFrom", 30)).isZero(); // thirty tomorrow
        assertThat(count("ageTo", 29)).isOne();
        assertThat(count("healthcareServiceIds", List.of(loop().service))).isZero(); // booked, not seen
        assertThat(count("seenSince", "2026-01-01")).isZero();
    }

    private int count(String field, Object value) {
        var audience = everybody();
        audience.put(field, value);
        return loop().clinic
                .owner()
                .post("/campaigns/audience-count", Map.of("audience", audience, "purpose", "care"))
                .json()
                .at("/recipients")
                .asInt();
    }

    @Test
    void a_template_that_speaks_of_a_visit_or_has_no_text_is_refused_by_name() {
        var owner = loop().clinic.owner();
        var spoken =
                owner.post("/campaigns", campaign(template("care", "El {{appointment.date}}"), true, 1, everybody()));
        assertThat(spoken.at("/errors/0/code")).isEqualTo("needs-visit");
        assertThat(spoken.at("/errors/0/detail")).contains("appointment.date");
        var empty = owner.post("/custom-templates", Map.of("name", "Vacía", "purpose", "care"))
                .at("/id");
        assertThat(owner.post("/campaigns", campaign(empty, true, 1, everybody()))
                        .at("/errors/0/code"))
                .isEqualTo("not-published");
        assertThat(loop().clinic
                        .receptionist()
                        .post("/campaigns", campaign(empty, true, 1, everybody()))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void birthdays_are_written_to_on_their_day_by_a_campaign_that_looks_for_them_every_day() {
        born("Ana", ANA, "1990-11-24");
        born("Beto", BETO, "2001-11-25");
        born("Carla", CARLA, "1985-05-02");
        var audience = everybody();
        audience.put("birthday", true);
        var template = template("care", "¡Feliz cumpleaños, {{patient.givenName}}!");
        var frozen = loop().clinic.owner().post("/campaigns", campaign(template, true, 100, audience));
        assertThat(frozen.code()).isEqualTo("invalid-fields");

        started(campaign(template, false, 100, audience));
        sends();
        assertThat(writtenTo()).containsExactly(ANA);
        clock.advance(Duration.ofDays(1));
        sends();
        sends();
        assertThat(writtenTo()).containsExactly(ANA, BETO);
    }

    private void born(String name, String phone, String day) {
        assertThat(loop().clinic
                        .receptionist()
                        .post("/patients", Map.of("givenName", name, "phone", phone, "birthDate", day))
                        .status())
                .isEqualTo(201);
    }
}
