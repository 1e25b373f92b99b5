package app.recado.engines.setup;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.engines.TwilioLine;
import app.recado.testing.Clinics;
import app.recado.testing.FakeProviders;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The self-test's look at templates, against what Meta and Twilio answer. */
@RecadoTest
class TemplateCheckTest {

    private static final List<String> OCCASIONS = List.of(
            "confirmation",
            "reminder",
            "cancellation",
            "reschedule",
            "offer",
            "followup",
            "survey",
            "missed",
            "recall");

    private static final List<String> ASKING = List.of("confirmation", "reminder", "reschedule", "offer");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    /** A template as Meta tells of it: two numbered variables and two quick replies. */
    private static String meta(String name, String language, String status, String body, String components) {
        return """
                {"name":"%s","language":"%s","status":"%s","id":"594425479261596","components":[
                 {"type":"BODY","text":"%s","example":{"body_text":[["Ana","10:00"]]}}%s]}
                """.formatted(name, language, status, body, components);
    }

    private static final String BUTTONS = """
            ,{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Confirmo"},{"type":"QUICK_REPLY","text":"No puedo"}]}
            """;

    private static void maps(Clinics.Clinic clinic, UUID line, String kind, String name, @Nullable String language) {
        var answer = clinic.owner()
                .ifMatch("\"v0\"")
                .put(
                        "/whatsapp-lines/" + line + "/templates/" + kind + "/es",
                        LineTemplateApiTest.template(
                                name,
                                language,
                                List.of("patient.givenName", "appointment.time"),
                                ASKING.contains(kind)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static List<String> found(Clinics.Clinic clinic, UUID line) {
        return clinic.owner()
                .post("/whatsapp-lines/" + line + "/self-test", null)
                .json()
                .path("checks")
                .valueStream()
                .filter(check -> check.path("name").asString().equals("templates"))
                .map(TemplateCheckTest::summary)
                .toList();
    }

    private static String summary(JsonNode check) {
        return check.path("code").asString()
                + (check.path("about").isNull() ? "" : " " + check.path("about").asString());
    }

    private static CloudApiLine cloud(Clinics clinics, String... templates) {
        var line = CloudApiLine.linked(clinics);
        var list = StubProvider.Answer.json(200, "{\"data\":[" + String.join(",", templates) + "],\"paging\":{}}");
        FakeProviders.of(
                FakeProviders.CLOUD_API,
                line.account,
                asked -> asked.path().contains("/message_templates?name=") ? list : line.usual(asked));
        return line;
    }

    @Test
    void all_is_well_when_every_occasion_has_an_approved_template_that_fits() {
        var line = cloud(
                clinics,
                meta("aviso_2", "es", "REJECTED", "Hola", ""),
                meta("aviso", "en_US", "REJECTED", "Hi", ""),
                meta("aviso", "es", "APPROVED", "Hola {{1}}, a las {{2}}.", BUTTONS));
        OCCASIONS.forEach(kind -> maps(line.clinic, line.line, kind, "aviso", "es"));

        assertThat(found(line.clinic, line.line)).containsExactly("ok");
        assertThat(line.clinic
                        .owner()
                        .post(line.path() + "/self-test", null)
                        .json()
                        .path("ok")
                        .asBoolean())
                .isTrue();
        var asked = FakeProviders.CLOUD_API.asked().stream()
                .filter(request -> request.path().contains(line.account + "/message_templates"))
                .toList()
                .getLast();
        assertThat(asked.path()).contains("name=aviso").contains("fields=name,language,status,components");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + CloudApiLine.TOKEN);
    }

    @Test
    void an_occasion_without_a_template_is_named_and_a_line_without_any_is_told_once() {
        var line = cloud(clinics, meta("aviso", "es", "APPROVED", "Hola {{1}}, a las {{2}}.", BUTTONS));
        assertThat(found(line.clinic, line.line)).containsExactly("templates-missing");

        maps(line.clinic, line.line, "reminder", "aviso", "es");

        assertThat(found(line.clinic, line.line))
                .containsExactly(
                        "template-missing confirmation/es",
                        "template-missing cancellation/es",
                        "template-missing reschedule/es");

        for (var rule : List.of(
                Map.of("trigger", "survey", "minutesAfter", 60), Map.of("trigger", "no-show", "minutesAfter", 60))) {
            LoopClinic.created(line.clinic.owner().post("/notification-rules", rule));
        }
        assertThat(found(line.clinic, line.line))
                .as("occasions that a rule uses, and no others")
                .containsExactly(
                        "template-missing confirmation/es",
                        "template-missing cancellation/es",
                        "template-missing reschedule/es",
                        "template-missing survey/es",
                        "template-missing missed/es");
    }

    @Test
    void the_template_for_those_who_confirmed_is_asked_for_as_well_and_needs_no_buttons() {
        var line = cloud(
                clinics,
                meta("aviso", "es", "APPROVED", "Hola {{1}}, a las {{2}}.", BUTTONS),
                meta("confirmado", "es", "APPROVED", "Hola {{1}}, te esperamos a las {{2}}.", ""));
        OCCASIONS.stream()
                .filter(kind -> !kind.equals("reminder"))
                .forEach(kind -> maps(line.clinic, line.line, kind, "aviso", "es"));
        var reminder =
                LineTemplateApiTest.template("aviso", "es", List.of("patient.givenName", "appointment.time"), true);
        var path = "/whatsapp-lines/" + line.line + "/templates/reminder/es";

        reminder.put("confirmedName", "confirmado");
        var first = line.clinic.owner().ifMatch("\"v0\"").put(path, reminder);
        assertThat(found(line.clinic, line.line)).containsExactly("ok");

        reminder.put("confirmedName", "otro");
        line.clinic.owner().ifMatch(first.etag()).put(path, reminder);
        assertThat(found(line.clinic, line.line)).containsExactly("template-unknown reminder/es/confirmed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PAUSED   | Hola {{1}}, a las {{2}}.        | yes | template-not-approved",
                "APPROVED | Hola {{1}}.                     | yes | template-differs",
                "APPROVED | Hola {{name}}, a las {{time}}.  | yes | template-differs",
                "APPROVED | Hola {{1}}, a las {{2}}.        | no  | template-differs"
            })
    void what_does_not_fit_is_said_before_a_patient_misses_a_reminder(
            String status, String body, String buttons, String code) {
        var line = cloud(clinics, meta("aviso", "es", status, body, buttons.equals("yes") ? BUTTONS : ""));
        maps(line.clinic, line.line, "reminder", "aviso", "es");

        assertThat(found(line.clinic, line.line)).contains(code + " reminder/es");
    }

    @Test
    void a_header_to_fill_a_link_first_and_another_language_do_not_fit() {
        var header = ",{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"{{1}}\"}" + BUTTONS;
        var linkFirst = BUTTONS.replace(
                "\"buttons\":[", "\"buttons\":[{\"type\":\"URL\",\"text\":\"Ver\",\"url\":\"https://x.example\"},");
        var line = cloud(
                clinics,
                meta("con_titulo", "es", "APPROVED", "Hola {{1}}, a las {{2}}.", header),
                meta("con_enlace", "es", "APPROVED", "Hola {{1}}, a las {{2}}.", linkFirst),
                meta("otro_idioma", "en", "APPROVED", "Hola {{1}}, a las {{2}}.", BUTTONS));
        maps(line.clinic, line.line, "confirmation", "con_titulo", "es");
        maps(line.clinic, line.line, "reminder", "con_enlace", "es");
        maps(line.clinic, line.line, "reschedule", "otro_idioma", "es");

        assertThat(found(line.clinic, line.line))
                .containsExactly(
                        "template-differs confirmation/es",
                        "template-differs reminder/es",
                        "template-missing cancellation/es",
                        "template-unknown reschedule/es");
    }

    @Test
    void twilio_is_asked_for_the_content_and_whether_it_is_approved() {
        var line = TwilioLine.linked(clinics);
        var good = content("approved", "recado-yes", "recado-no");
        var pending = content("pending", "recado-yes", "recado-no");
        var mute = content("approved", "1", "2");
        maps(line.clinic, line.line, "confirmation", good, null);
        maps(line.clinic, line.line, "reminder", pending, null);
        maps(line.clinic, line.line, "cancellation", "HX" + "0".repeat(32), null);
        maps(line.clinic, line.line, "reschedule", mute, null);

        assertThat(found(line.clinic, line.line))
                .containsExactly(
                        "template-not-approved reminder/es",
                        "template-unknown cancellation/es",
                        "template-differs reschedule/es");
        var paths = FakeProviders.TWILIO.asked().stream()
                .map(StubProvider.Asked::path)
                .collect(Collectors.toSet());
        assertThat(paths).contains("/v1/Content/" + good, "/v1/Content/" + good + "/ApprovalRequests");
    }

    /** A content at Twilio with two quick replies; its SID. */
    private static String content(String status, String yes, String no) {
        var sid = "HX" + UUID.randomUUID().toString().replace("-", "");
        FakeProviders.of(
                FakeProviders.TWILIO,
                sid,
                asked -> asked.path().endsWith("/ApprovalRequests")
                        ? StubProvider.Answer.json(200, """
                                {"sid":"%s","whatsapp":{"type":"whatsapp","name":"aviso","category":"UTILITY",
                                 "content_type":"twilio/quick-reply","status":"%s","rejection_reason":""}}
                                """.formatted(sid, status))
                        : StubProvider.Answer.json(200, """
                                {"sid":"%s","language":"es","variables":{"1":"Ana","2":"10:00"},"types":{"twilio/quick-reply":
                                 {"body":"Hola {{1}}, a las {{2}}.","actions":[{"type":"QUICK_REPLY","title":"Confirmo","id":"%s"},
                                 {"type":"QUICK_REPLY","title":"No puedo","id":"%s"}]}}}
                                """.formatted(sid, yes, no)));
        return sid;
    }
}
