package app.recado.engines.setup;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.engines.TwilioLine;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What leaves on an official line, from the booking to the provider and from the patient's answer to the agenda. */
@RecadoTest
class TemplateHandOverTest {

    private static final String ANA = "+5491123456789";
    private static final String SID = "HX0123456789abcdef0123456789abcdef";
    private static final List<String> NAME_DAY_TIME =
            List.of("patient.givenName", "appointment.date", "appointment.time");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static void maps(
            Clinics.Clinic clinic,
            UUID line,
            String kindAndLanguage,
            String name,
            @Nullable String language,
            boolean buttons) {
        var path = "/whatsapp-lines/" + line + "/templates/" + kindAndLanguage;
        var answer = clinic.owner()
                .ifMatch("\"v0\"")
                .put(path, LineTemplateApiTest.template(name, language, NAME_DAY_TIME, buttons));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Ana's visit on Wednesday at ten by the clinic's clocks. */
    private UUID booked(LoopClinic loop, String language) {
        var ana = loop.clinic
                .receptionist()
                .post(
                        "/patients",
                        Map.of("givenName", "Ana", "familyName", "Núñez", "phone", ANA, "language", language));
        return loop.books(LoopClinic.created(ana), "2026-11-25T13:00:00Z").id();
    }

    private LoopClinic on(CloudApiLine line) {
        return LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
    }

    private void leaves(LoopClinic loop) {
        loop.turn();
    }

    private static JsonNode sent(CloudApiLine line, int n) {
        return line.platform.messages().get(n - 1).json();
    }

    private static String words(LoopClinic loop, UUID visit, String kind) {
        return loop.message(visit, kind).path("text").asString();
    }

    @Test
    void a_mapped_reminder_leaves_as_the_template_filled_from_what_the_words_say() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "reminder/es", "recordatorio_turno", "es_AR", false);
        var visit = booked(loop, "es");
        leaves(loop);
        clock.set(Instant.parse("2026-11-24T13:00:00Z"));

        leaves(loop);

        assertThat(sent(line, 1).path("type").asString())
                .as("the confirmation, unmapped")
                .isNotEqualTo("template");
        var template = sent(line, 2).path("template");
        assertThat(template.path("name").asString()).isEqualTo("recordatorio_turno");
        assertThat(template.at("/language/code").asString()).isEqualTo("es_AR");
        assertThat(template.at("/components/0/parameters")
                        .valueStream()
                        .map(p -> p.path("text").asString()))
                .containsExactly("Ana", "miércoles 25 de noviembre", "10:00");
        assertThat(template.path("components").size()).isEqualTo(1);
        assertThat(words(loop, visit, "reminder")).contains("Ana", "miércoles 25 de noviembre", "10:00", "BAJA");
        assertThat(loop.message(visit, "reminder").path("contentKind").asString())
                .isEqualTo("text");
        assertThat(loop.message(visit, "reminder").path("state").asString()).isEqualTo("sent");
    }

    /** The reminder of Ana's visit, which she has confirmed, with the template as it is mapped. */
    private JsonNode remindedAfterConfirming(CloudApiLine line, LoopClinic loop) {
        var visit = booked(loop, "es");
        leaves(loop);
        loop.act(visit, "participation", Map.of("participation", "accepted"));
        clock.set(Instant.parse("2026-11-24T13:00:00Z"));
        leaves(loop);
        assertThat(loop.message(visit, "reminder").path("state").asString()).isEqualTo("sent");
        assertThat(words(loop, visit, "reminder").contains("1 para confirmar"))
                .isEqualTo(sent(line, 2).at("/template/name").asString().equals("recordatorio_turno"));
        return sent(line, 2).path("template");
    }

    @Test
    void whoever_has_confirmed_gets_the_template_that_does_not_ask_again() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        var wanted = LineTemplateApiTest.template("recordatorio_turno", "es_AR", NAME_DAY_TIME, true);
        wanted.put("confirmedName", "recordatorio_confirmado");
        assertThat(line.clinic
                        .owner()
                        .ifMatch("\"v0\"")
                        .put("/whatsapp-lines/" + line.line + "/templates/reminder/es", wanted)
                        .status())
                .isEqualTo(200);

        var template = remindedAfterConfirming(line, loop);

        assertThat(template.path("name").asString()).isEqualTo("recordatorio_confirmado");
        assertThat(template.path("components").size()).as("no buttons").isEqualTo(1);
        assertThat(template.at("/components/0/parameters").size()).isEqualTo(3);
    }

    @Test
    void without_such_a_template_they_are_asked_again_rather_than_not_reminded() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "reminder/es", "recordatorio_turno", "es_AR", true);

        var template = remindedAfterConfirming(line, loop);

        assertThat(template.path("name").asString()).isEqualTo("recordatorio_turno");
        assertThat(template.path("components").size()).as("with its buttons").isEqualTo(3);
    }

    @Test
    void at_twilio_it_leaves_as_content_with_numbered_variables() {
        var line = TwilioLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        maps(line.clinic, line.line, "confirmation/es", SID, null, true);
        booked(loop, "es");

        leaves(loop);

        assertThat(line.sent(1)).containsEntry("ContentSid", SID).doesNotContainKey("Body");
        assertThat(JsonMapper.shared().readTree(line.sent(1).get("ContentVariables")))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"1\":\"Ana\",\"2\":\"miércoles 25 de noviembre\",\"3\":\"10:00\"}"));
    }

    @Test
    void a_language_without_a_template_takes_the_clinics_and_what_people_read_is_what_left() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "confirmation/es", "turno_reservado", "es", false);
        var visit = booked(loop, "pt-BR");

        leaves(loop);

        assertThat(sent(line, 1).at("/template/components/0/parameters/1/text").asString())
                .isEqualTo("miércoles 25 de noviembre");
        assertThat(words(loop, visit, "confirmation")).startsWith("Hola, Ana.");
    }

    @Test
    void the_patients_own_language_comes_first() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "confirmation/es", "turno_reservado", "es", false);
        maps(line.clinic, line.line, "confirmation/en", "visit_booked", "en_US", false);
        var visit = booked(loop, "en");

        leaves(loop);

        assertThat(sent(line, 1).at("/template/name").asString()).isEqualTo("visit_booked");
        assertThat(sent(line, 1).at("/template/components/0/parameters/2/text").asString())
                .isEqualTo("10:00 AM");
        assertThat(words(loop, visit, "confirmation")).startsWith("Hello Ana");
    }

    @Test
    void what_the_platform_did_not_take_leaves_later_as_the_template_that_is_mapped_then() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "confirmation/es", "turno_reservado", "es", false);
        line.platform.next(429, CloudApiLine.error(130429));
        var visit = booked(loop, "es");
        leaves(loop);
        assertThat(line.clinic
                        .owner()
                        .ifMatch("\"v1\"")
                        .put(
                                line.path() + "/templates/confirmation/es",
                                LineTemplateApiTest.template("otra", "es_AR", NAME_DAY_TIME, true))
                        .status())
                .isEqualTo(200);
        clock.set(Instant.parse("2026-11-23T12:01:00Z"));

        leaves(loop);

        assertThat(loop.message(visit, "confirmation").path("state").asString()).isEqualTo("sent");
        assertThat(line.platform.messages()).hasSize(2);
        assertThat(sent(line, 1).at("/template/name").asString()).isEqualTo("turno_reservado");
        assertThat(sent(line, 2).at("/template/name").asString()).isEqualTo("otra");
    }

    @Test
    void a_templates_buttons_say_yes_and_no_whatever_is_written_on_them() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "confirmation/es", "turno_reservado", "es", true);
        var visit = booked(loop, "es");
        leaves(loop);
        var buttons = sent(line, 1).at("/template/components");
        assertThat(buttons.at("/1/type").asString()).isEqualTo("button");
        assertThat(buttons.at("/1/sub_type").asString()).isEqualTo("quick_reply");
        assertThat(buttons.at("/1/index").asString()).isEqualTo("0");
        assertThat(buttons.at("/2/index").asString()).isEqualTo("1");
        var yes = buttons.at("/1/parameters/0/payload").asString();

        var heard = line.delivers(
                "\"messages\":[{\"from\":\"5491123456789\",\"id\":\"wamid.TAP\",\"timestamp\":\"1795435200\",\"type\":\"button\",\"button\":{\"payload\":\"%s\",\"text\":\"Ahí nos vemos\"},\"context\":{\"id\":\"%s\"}}]"
                        .formatted(yes, line.wamid(1)));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(loop.read(visit).at("/participation")).isEqualTo("accepted");
        assertThat(loop.lastInbound().path("text").asString()).isEqualTo("Ahí nos vemos");
    }

    @Test
    void twilios_buttons_come_back_with_the_ids_written_into_the_content() {
        var line = TwilioLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        maps(line.clinic, line.line, "confirmation/es", SID, null, true);
        var visit = booked(loop, "es");
        leaves(loop);

        Api.Answer heard = line.hears(
                "SM-TAP",
                Map.of(
                        "Body", "Otro día",
                        "ButtonText", "Otro día",
                        "ButtonPayload", "recado-no",
                        "OriginalRepliedMessageSid", line.sid(1)));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(loop.read(visit).at("/participation")).isEqualTo("declined");
    }

    @Test
    void words_that_ask_for_an_answer_have_buttons_where_the_line_can_and_a_tap_is_the_answer() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        var visit = booked(loop, "pt-BR");
        leaves(loop);
        var question = sent(line, 1).path("interactive");
        assertThat(sent(line, 1).path("type").asString()).isEqualTo("interactive");
        assertThat(question.path("type").asString()).isEqualTo("button");
        assertThat(question.at("/body/text").asString()).isEqualTo(words(loop, visit, "confirmation"));
        var no = question.at("/action/buttons/1/reply");
        assertThat(question.at("/action/buttons/0/reply/title").asString()).isEqualTo("Confirmo");
        assertThat(no.path("title").asString()).isEqualTo("Não posso ir");

        var heard = line.delivers(
                "\"messages\":[{\"from\":\"5491123456789\",\"id\":\"wamid.TAP\",\"timestamp\":\"1795435200\",\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"%s\",\"title\":\"%s\"}},\"context\":{\"id\":\"%s\"}}]"
                        .formatted(no.path("id").asString(), no.path("title").asString(), line.wamid(1)));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(loop.read(visit).at("/participation")).isEqualTo("declined");
    }

    @Test
    void what_asks_nothing_and_lines_without_buttons_get_the_words_alone() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        var visit = booked(loop, "es");
        leaves(loop);
        loop.act(visit, "cancel", Map.of("reason", "viaje"));
        leaves(loop);
        assertThat(sent(line, 2).path("type").asString()).isEqualTo("text");
        assertThat(sent(line, 2).at("/text/body").asString()).isEqualTo(words(loop, visit, "cancellation"));

        var twilio = TwilioLine.linked(clinics);
        var there = LoopClinic.on(twilio.clinic, twilio.line, clinics, clock, outbox);
        var another = booked(there, "es");
        leaves(there);
        assertThat(twilio.sent(1))
                .containsEntry("Body", words(there, another, "confirmation"))
                .doesNotContainKey("ContentSid");
    }

    @Test
    void a_value_is_filled_in_one_line_for_the_platform_refuses_anything_else() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        maps(line.clinic, line.line, "confirmation/es", "turno_reservado", "es", false);
        loop.books(loop.patient("Ana     María", ANA), "2026-11-25T13:00:00Z");

        leaves(loop);

        assertThat(sent(line, 1).at("/template/components/0/parameters/0/text").asString())
                .isEqualTo("Ana María");
    }

    @Test
    void words_too_long_to_stand_above_buttons_leave_without_them() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        var body = "{{organization.name}} {{organization.name}} " + "a".repeat(950);
        line.clinic.owner().post("/message-templates", Map.of("kind", "confirmation", "language", "es", "body", body));
        var visit = booked(loop, "es");

        leaves(loop);

        assertThat(words(loop, visit, "confirmation")).hasSizeGreaterThan(1024);
        assertThat(sent(line, 1).at("/text/body").asString()).isEqualTo(words(loop, visit, "confirmation"));
    }
}
