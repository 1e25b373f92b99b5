package app.recado.engines.setup;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.campaigns.CampaignRelease;
import app.recado.engines.CloudApiLine;
import app.recado.engines.TwilioLine;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeTemplates;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Texts handed to Meta and Twilio from here, and what leaves because of what these say. */
@RecadoTest
class TemplateSubmissionTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    DueJobs jobs;

    @Autowired
    CampaignRelease campaigns;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static Map<String, Object> of(UUID line, String field, Object template) {
        return new HashMap<>(Map.of(
                "lineId", line, field, template, "language", "es", "category", "utility", "providerLanguage", "es_AR"));
    }

    private UUID handedIn(Clinics.Clinic clinic, Map<String, Object> wanted) {
        var made = clinic.owner().post("/template-submissions", wanted);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("/state")).isEqualTo("submitting");
        jobs.run();
        return made.id();
    }

    private static JsonNode seen(Clinics.Clinic clinic, UUID submission) {
        return clinic.owner().get("/template-submissions/" + submission).json();
    }

    private static String stands(Clinics.Clinic clinic, UUID submission) {
        var seen = seen(clinic, submission);
        return seen.path("state").asString()
                + (seen.path("reason").isNull() ? "" : " " + seen.path("reason").asString());
    }

    /** The platform tells of a template by itself. */
    private void tells(CloudApiLine line, String field, String name, String more) {
        var body = """
                {"object":"whatsapp_business_account","entry":[{"id":"%s","time":%d,"changes":[{"field":"%s","value":{
                 "message_template_id":1689556908129832,"message_template_name":"%s","message_template_language":"es_AR",%s}}]}]}
                """.formatted(line.account, clock.instant().getEpochSecond(), field, name, more);
        assertThat(line.delivers(body.getBytes(StandardCharsets.UTF_8), CloudApiLine.SECRET)
                        .status())
                .isEqualTo(200);
    }

    private void becomes(CloudApiLine line, String name, String event) {
        tells(
                line,
                "message_template_status_update",
                name,
                "\"event\":\"%s\",\"reason\":\"NONE\",\"message_template_category\":\"UTILITY\"".formatted(event));
    }

    private LoopClinic on(CloudApiLine line) {
        return LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
    }

    /** Ana's visit on Wednesday, whose reminder is due on Tuesday at the same hour. */
    private UUID reminded(LoopClinic loop) {
        var ana = loop.clinic
                .receptionist()
                .post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez", "phone", ANA, "language", "es"));
        var visit = loop.books(LoopClinic.created(ana), "2026-11-25T13:00:00Z").id();
        loop.turn();
        clock.set(Instant.parse("2026-11-24T13:00:00Z"));
        loop.turn();
        return visit;
    }

    private static String reminder(LoopClinic loop, UUID visit) {
        var message = loop.message(visit, "reminder");
        return message.path("state").asString()
                + (message.path("reason").isNull()
                        ? ""
                        : " " + message.path("reason").asString());
    }

    @Test
    void an_occasion_is_handed_to_meta_with_examples_and_leaves_with_it_once_it_is_approved() {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        var id = handedIn(line.clinic, of(line.line, "kind", "reminder"));

        assertThat(stands(line.clinic, id)).isEqualTo("pending");
        assertThat(meta.all())
                .as("the question, and what those get who answered it")
                .hasSize(2);
        var main = meta.all().getFirst();
        assertThat(main.asHandedIn.path("category").asString()).isEqualTo("UTILITY");
        assertThat(main.asHandedIn.path("language").asString()).isEqualTo("es_AR");
        assertThat(main.asHandedIn.at("/components/0/text").asString()).startsWith("Hola, {{1}}. Te recordamos");
        assertThat(main.asHandedIn.at("/components/0/example/body_text/0/0").asString())
                .isEqualTo("Ana");
        assertThat(main.asHandedIn.at("/components/1/buttons").valueStream())
                .extracting(button -> button.path("type").asString() + " "
                        + button.path("text").asString())
                .containsExactly("QUICK_REPLY Confirmo", "QUICK_REPLY No puedo ir");
        assertThat(meta.last().asHandedIn.at("/components/0/text").asString()).contains("Ya está confirmado");

        becomes(line, main.name, "APPROVED");
        becomes(line, meta.last().name, "APPROVED");

        assertThat(stands(line.clinic, id)).isEqualTo("approved");
        var mapping = line.clinic
                .owner()
                .get(line.path() + "/templates")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("kind").asString().equals("reminder")
                        && one.path("language").asString().equals("es"))
                .findFirst()
                .orElseThrow()
                .path("mapping");
        assertThat(mapping.path("name").asString()).isEqualTo(main.name);
        assertThat(mapping.path("confirmedName").asString()).isEqualTo(meta.last().name);
        var loop = on(line);
        var visit = reminded(loop);
        assertThat(reminder(loop, visit)).isEqualTo("sent");
        assertThat(line.platform
                        .messages()
                        .getLast()
                        .json()
                        .at("/template/name")
                        .asString())
                .isEqualTo(main.name);
        assertThat(loop.message(visit, "reminder").path("text").asString())
                .startsWith("Hola, Ana. Te recordamos")
                .contains("miércoles 25 de noviembre");
    }

    @Test
    void a_rejected_text_says_why_and_is_handed_in_anew_under_another_name() {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        var id = handedIn(line.clinic, of(line.line, "kind", "survey"));
        var again = line.clinic.owner().post("/template-submissions", of(line.line, "kind", "survey"));
        assertThat(again.code()).isEqualTo("template-not-in-that-state");

        tells(line, "message_template_status_update", meta.last().name, """
                "event":"REJECTED","reason":"INVALID_FORMAT","message_template_category":"MARKETING",
                "rejection_info":{"reason":"Parameters stand next to each other.","recommendation":"Separate them."}
                """);

        assertThat(stands(line.clinic, id)).isEqualTo("rejected invalid-format");
        assertThat(seen(line.clinic, id).path("detail").asString())
                .isEqualTo("Parameters stand next to each other. Separate them.");
        handedIn(line.clinic, of(line.line, "kind", "survey"));
        assertThat(meta.all()).hasSize(2);
        assertThat(meta.all().getFirst().name).isNotEqualTo(meta.last().name);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_paused_template_holds_its_messages_back_until_it_is_approved_again(boolean fromHere) {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        var name = "recordatorio_turno";
        if (fromHere) {
            handedIn(line.clinic, of(line.line, "kind", "reminder"));
            name = meta.all().getFirst().name;
            becomes(line, name, "APPROVED");
        } else {
            line.clinic
                    .owner()
                    .ifMatch("\"v0\"")
                    .put(
                            line.path() + "/templates/reminder/es",
                            LineTemplateApiTest.template(name, "es_AR", List.of("patient.givenName"), true));
        }
        clock.advance(Duration.ofMinutes(1));
        becomes(line, name, "PAUSED");
        var loop = on(line);
        var visit = reminded(loop);
        assertThat(reminder(loop, visit)).isEqualTo("queued template-paused");

        becomes(line, name, "APPROVED");
        clock.advance(Duration.ofMinutes(10));
        loop.turn();

        assertThat(reminder(loop, visit)).isEqualTo("sent");
    }

    @Test
    void a_category_changes_with_the_completed_notice_and_the_route_with_it() {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        var id = handedIn(line.clinic, of(line.line, "kind", "reminder"));
        var name = meta.all().getFirst().name;
        becomes(line, name, "APPROVED");

        tells(
                line,
                "template_category_update",
                name,
                "\"new_category\":\"UTILITY\",\"correct_category\":\"MARKETING\",\"category_update_timestamp\":1795435200");
        assertThat(seen(line.clinic, id).path("category").asString()).isEqualTo("utility");

        tells(
                line,
                "template_category_update",
                name,
                "\"previous_category\":\"UTILITY\",\"new_category\":\"MARKETING\"");
        tells(
                line,
                "message_template_quality_update",
                name,
                "\"previous_quality_score\":\"GREEN\",\"new_quality_score\":\"RED\"");
        assertThat(seen(line.clinic, id).path("category").asString()).isEqualTo("marketing");
        assertThat(seen(line.clinic, id).path("quality").asString()).isEqualTo("red");
        reminded(on(line));
        assertThat(line.platform.messages().getLast().path()).endsWith("/marketing_messages");
    }

    @Test
    void an_answer_that_was_lost_makes_no_second_template() {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        meta.losesItsNextAnswer();
        var id = handedIn(line.clinic, of(line.line, "kind", "survey"));
        assertThat(stands(line.clinic, id)).isEqualTo("submitting provider-unreachable");

        clock.advance(Duration.ofMinutes(5));
        jobs.run();

        assertThat(stands(line.clinic, id)).isEqualTo("pending");
        assertThat(meta.all()).hasSize(1);
    }

    @Test
    void twilio_writes_the_content_asks_for_approval_and_is_asked_what_became_of_it() {
        var line = TwilioLine.linked(clinics);
        var twilio = FakeTemplates.atTwilio(line.account, line::usual);
        twilio.losesItsNextAnswer();
        var id = handedIn(line.clinic, of(line.line, "kind", "reminder"));
        for (int step = 0; step < 2; step++) {
            clock.advance(Duration.ofMinutes(5));
            jobs.run();
        }
        assertThat(stands(line.clinic, id)).isEqualTo("pending");
        assertThat(twilio.all()).hasSize(2);
        var main = twilio.all().stream()
                .filter(one -> one.name.startsWith("recado_reminder_") && !one.name.contains("confirmed"))
                .findFirst()
                .orElseThrow();
        assertThat(main.asHandedIn.at("/types/twilio~1quick-reply/actions/0/id").asString())
                .isEqualTo("recado-yes");
        assertThat(main.asHandedIn.at("/variables/1").asString()).isEqualTo("Ana");

        main.status = "rejected";
        main.reason = "The template is missing sample content";
        clock.advance(Duration.ofMinutes(5));
        jobs.run();
        assertThat(stands(line.clinic, id)).isEqualTo("rejected rejected");
        assertThat(seen(line.clinic, id).path("detail").asString()).contains("missing sample content");

        var second = handedIn(line.clinic, of(line.line, "kind", "reminder"));
        clock.advance(Duration.ofSeconds(1));
        jobs.run();
        twilio.all().forEach(one -> one.status = "approved");
        clock.advance(Duration.ofMinutes(5));
        jobs.run();
        assertThat(stands(line.clinic, second)).isEqualTo("approved");
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var visit = reminded(loop);
        assertThat(reminder(loop, visit)).isEqualTo("sent");
        assertThat(twilio.all().stream().map(one -> one.id))
                .contains(line.sent(line.platform.messages().size()).get("ContentSid"));
    }

    /** A template of the clinic's own with a published Spanish text. */
    private static UUID own(Clinics.Clinic clinic, String words) {
        var owner = clinic.owner();
        var id = owner.post(
                        "/custom-templates", Map.of("name", "Plantilla " + UUID.randomUUID(), "purpose", "marketing"))
                .id();
        var text = owner.get("/template-texts")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> one.at("/customTemplateId").asString("").equals(id.toString())
                        && one.at("/language").asString().equals("es"))
                .findFirst()
                .orElseThrow();
        var path = "/template-texts/" + text.at("/id").asString();
        var drafted = owner.ifMatch("\"v0\"").put(path + "/draft", Map.of("body", words));
        assertThat(owner.ifMatch(drafted.etag()).post(path + "/publish", null).status())
                .isEqualTo(200);
        return id;
    }

    @Test
    void a_campaign_on_an_official_line_needs_an_approved_text_and_leaves_by_the_marketing_route() {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        var loop = on(line);
        var template = own(line.clinic, "Hola {{patient.givenName}}, es tiempo de tu control.");
        var ana = loop.patient("Ana", ANA);
        line.clinic.receptionist().post("/patients/" + ana + "/consents", Map.of("allowed", true, "evidence", "Firmó"));
        var campaign = Map.of(
                "name",
                "Control anual",
                "templateId",
                template,
                "lineId",
                line.line,
                "audience",
                Map.of(
                        "tags",
                        List.of(),
                        "healthcareServiceIds",
                        List.of(),
                        "insuranceIds",
                        List.of(),
                        "withoutUpcoming",
                        false),
                "frozen",
                false,
                "startsAt",
                "2026-11-23T12:00:00Z",
                "endsAt",
                "2026-12-23T12:00:00Z",
                "sendFrom",
                "09:00",
                "sendUntil",
                "20:00",
                "perDay",
                100);
        assertThat(line.clinic.owner().post("/campaigns", campaign).at("/errors/0/code"))
                .isEqualTo("not-approved");

        var wanted = of(line.line, "customTemplateId", template);
        wanted.put("category", "marketing");
        handedIn(line.clinic, wanted);
        becomesMarketing(line, meta.last().name, "APPROVED");
        var made = line.clinic.owner().post("/campaigns", campaign);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        line.clinic.owner().ifMatch(made.etag()).post("/campaigns/" + made.id() + "/start", Map.of());
        clock.advance(Duration.ofMinutes(1));
        becomesMarketing(line, meta.last().name, "PAUSED");
        campaigns.run();
        loop.turn();
        assertThat(line.platform.messages()).isEmpty();
        becomesMarketing(line, meta.last().name, "APPROVED");
        clock.advance(Duration.ofMinutes(10));
        loop.turn();

        var sent = line.platform.messages().getLast();
        assertThat(sent.path()).endsWith("/marketing_messages");
        assertThat(sent.json().at("/template/name").asString()).isEqualTo(meta.last().name);
        assertThat(sent.json().at("/template/components/0/parameters/0/text").asString())
                .isEqualTo("Ana");
    }

    private void becomesMarketing(CloudApiLine line, String name, String event) {
        tells(
                line,
                "message_template_status_update",
                name,
                "\"event\":\"%s\",\"reason\":\"NONE\",\"message_template_category\":\"MARKETING\"".formatted(event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{patient.givenName}}, te esperamos.", "Hola {{patient.givenName}} {{organization.name}} hoy."})
    void what_no_provider_takes_is_refused_before_it_is_handed_in(String words) {
        var line = CloudApiLine.unset(clinics);
        var template = own(line.clinic, words);

        var refused = line.clinic.owner().post("/template-submissions", of(line.line, "customTemplateId", template));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("template-not-submittable");
    }

    @Test
    void every_text_of_recado_can_be_handed_in_and_no_linked_phone_takes_any() {
        var line = CloudApiLine.linked(clinics);
        var meta = FakeTemplates.atMeta(line.account, line::usual);
        var kinds = List.of(
                "confirmation",
                "reminder",
                "cancellation",
                "reschedule",
                "offer",
                "followup",
                "survey",
                "missed",
                "recall");
        for (var kind : kinds) {
            for (var language : List.of("es", "en", "pt-BR")) {
                var wanted = of(line.line, "kind", kind);
                wanted.put("language", language);
                handedIn(line.clinic, wanted);
            }
        }
        assertThat(meta.all()).hasSize(kinds.size() * 3 + 3 * 3);
        var phone = line.clinic
                .owner()
                .post("/whatsapp-lines", Map.of("name", "Mostrador"))
                .id();
        assertThat(line.clinic
                        .owner()
                        .post("/template-submissions", of(phone, "kind", "reminder"))
                        .code())
                .isEqualTo("templates-not-supported");
        assertThat(line.clinic
                        .receptionist()
                        .post("/template-submissions", of(line.line, "kind", "reminder"))
                        .code())
                .isEqualTo("forbidden");
    }
}
