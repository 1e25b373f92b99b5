package app.recado.engines.setup;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@RecadoTest
class LineTemplateApiTest {

    private static final String SID = "HX0123456789abcdef0123456789abcdef";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    static Map<String, Object> template(
            String name, @Nullable String language, List<String> parameters, boolean buttons) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        if (language != null) {
            body.put("providerLanguage", language);
        }
        body.put("parameters", parameters);
        body.put("answerButtons", buttons);
        return body;
    }

    private static UUID line(Clinics.Clinic clinic, String engine) {
        return clinic.owner()
                .post("/whatsapp-lines", Map.of("name", engine, "engine", engine))
                .id();
    }

    private static String reminder(UUID line) {
        return "/whatsapp-lines/" + line + "/templates/reminder/es";
    }

    private static JsonNode item(Clinics.Clinic clinic, UUID line, String kind, String language) {
        return clinic.owner()
                .get("/whatsapp-lines/" + line + "/templates")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("kind").asString().equals(kind)
                        && item.path("language").asString().equals(language))
                .findFirst()
                .orElseThrow();
    }

    private static Api.Answer put(Clinics.Clinic clinic, String path, String version, Map<String, Object> body) {
        return clinic.owner().ifMatch("\"" + version + "\"").put(path, body);
    }

    @Test
    void every_occasion_comes_with_the_clinics_own_text_ready_to_be_submitted() {
        var clinic = clinics.open();
        var line = line(clinic, "cloud-api");
        clinic.owner()
                .post(
                        "/message-templates",
                        Map.of(
                                "kind", "reminder",
                                "language", "es",
                                "body",
                                        "Hola {{patient.givenName}}, {{appointment.date}} a las {{appointment.time}}.\n¿Venís,"
                                                + " {{patient.givenName}}?"));

        assertThat(clinic.owner()
                        .get("/whatsapp-lines/" + line + "/templates")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(27);
        var own = item(clinic, line, "reminder", "es");
        assertThat(own.path("mapping").isNull()).isTrue();
        assertThat(own.at("/suggestion/body").asString()).isEqualTo("Hola {{1}}, {{2}} a las {{3}}.\n¿Venís, {{4}}?");
        assertThat(own.at("/suggestion/parameters").toString())
                .isEqualTo("[\"patient.givenName\",\"appointment.date\",\"appointment.time\",\"patient.givenName\"]");
        assertThat(own.at("/suggestion/examples").toString())
                .isEqualTo("[\"Ana\",\"martes 24 de noviembre\",\"10:00\",\"Ana\"]");
        assertThat(own.at("/suggestion/buttons").toString()).isEqualTo("[\"Confirmo\",\"No puedo ir\"]");
        var recados = item(clinic, line, "cancellation", "en");
        assertThat(recados.at("/suggestion/body").asString()).startsWith("Hello {{1}}, we are sorry: {{2}} cannot");
        assertThat(recados.at("/suggestion/buttons").isEmpty()).isTrue();
        assertThat(recados.at("/suggestion/confirmedBody").isNull()).isTrue();
        assertThat(item(clinic, line, "reminder", "en")
                        .at("/suggestion/confirmedBody")
                        .asString())
                .contains("already confirmed")
                .doesNotContain("1 to confirm");
    }

    @Test
    void a_mapping_is_put_changed_by_who_saw_it_and_taken_away() {
        var clinic = clinics.open();
        var line = line(clinic, "cloud-api");
        var wanted = template("recordatorio_turno", "es_AR", List.of("patient.givenName", "appointment.date"), true);
        assertThat(clinic.owner().put(reminder(line), wanted).code()).isEqualTo("if-match-required");

        var first = put(clinic, reminder(line), "v0", wanted);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.etag()).isEqualTo("\"v1\"");
        assertThat(first.at("/mapping/updatedAt")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(put(clinic, reminder(line), "v0", wanted).code()).isEqualTo("stale");
        var second = put(clinic, reminder(line), "v1", template("otro", "es", List.of(), false));
        assertThat(second.etag()).isEqualTo("\"v2\"");
        assertThat(item(clinic, line, "reminder", "es").path("mapping"))
                .isEqualTo(second.json().path("mapping"));
        assertThat(item(clinic, line, "reminder", "en").path("mapping").isNull())
                .isTrue();

        assertThat(clinic.owner().delete(reminder(line)).status()).isEqualTo(204);
        assertThat(clinic.owner().delete(reminder(line)).status()).isEqualTo(204);
        assertThat(item(clinic, line, "reminder", "es").path("mapping").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "cloud-api | Recordatorio   | es_AR | patient.givenName | invalid-fields         | /name             | invalid-format",
                "cloud-api | recordatorio   | -     | patient.givenName | invalid-fields         | /providerLanguage | required",
                "cloud-api | recordatorio   | es-AR | patient.givenName | invalid-fields         | /providerLanguage | invalid-format",
                "cloud-api | recordatorio   | es_AR | patient.phone     | template-field-unknown | /parameters/0     | unknown-value",
                "twilio    | recordatorio   | -     | patient.givenName | invalid-fields         | /name             | invalid-format",
                "twilio    | HX0123456789abcdef0123456789abcdef | es | patient.givenName | invalid-fields | /providerLanguage | invalid-format"
            })
    void what_the_provider_would_refuse_is_refused_now_with_the_field(
            String engine,
            String name,
            @Nullable String language,
            String parameter,
            String code,
            String at,
            String why) {
        var clinic = clinics.open();
        var line = line(clinic, engine);

        var refused = put(clinic, reminder(line), "v0", template(name, language, List.of(parameter), false));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo(at);
        assertThat(refused.at("/errors/0/code")).isEqualTo(why);
    }

    @Test
    void a_template_for_those_who_confirmed_is_named_like_the_other_one_and_a_cancellation_has_none() {
        var clinic = clinics.open();
        var line = line(clinic, "cloud-api");
        var wanted = template("recordatorio_turno", "es_AR", List.of("patient.givenName"), true);

        wanted.put("confirmedName", "Recordatorio Confirmado");
        assertThat(put(clinic, reminder(line), "v0", wanted).at("/errors/0/pointer"))
                .isEqualTo("/confirmedName");
        wanted.put("confirmedName", "recordatorio_confirmado");
        assertThat(put(clinic, reminder(line), "v0", wanted).at("/mapping/confirmedName"))
                .isEqualTo("recordatorio_confirmado");
        assertThat(item(clinic, line, "reminder", "es")
                        .at("/mapping/confirmedName")
                        .asString())
                .isEqualTo("recordatorio_confirmado");
        wanted.put("answerButtons", false);
        assertThat(put(clinic, reminder(line).replace("reminder", "cancellation"), "v0", wanted)
                        .at("/errors/0/pointer"))
                .isEqualTo("/confirmedName");
    }

    @Test
    void a_template_has_at_most_twenty_variables_and_a_cancellation_no_buttons() {
        var clinic = clinics.open();
        var line = line(clinic, "twilio");

        var tooMany = java.util.Collections.nCopies(21, "patient.givenName");
        assertThat(put(clinic, reminder(line), "v0", template(SID, null, tooMany, false))
                        .at("/errors/0/pointer"))
                .isEqualTo("/parameters");
        var cancellation = "/whatsapp-lines/" + line + "/templates/cancellation/es";
        assertThat(put(clinic, cancellation, "v0", template(SID, null, List.of(), true))
                        .at("/errors/0/pointer"))
                .isEqualTo("/answerButtons");
        assertThat(put(clinic, reminder(line), "v0", template(SID, null, List.of(), true))
                        .status())
                .isEqualTo(200);
        assertThat(put(clinic, reminder(line).replace("/es", "/fr"), "v0", template(SID, null, List.of(), true))
                        .code())
                .isEqualTo("not-found");
        assertThat(put(
                                clinic,
                                reminder(line).replace("reminder", "farewell"),
                                "v0",
                                template(SID, null, List.of(), true))
                        .code())
                .isEqualTo("not-found");
    }

    @Test
    void only_owners_see_and_change_templates_and_only_of_lines_that_have_any() {
        var clinic = clinics.open();
        var official = line(clinic, "cloud-api");
        var phone = line(clinic, "linked-device");
        var foreign = line(clinics.open(), "cloud-api");
        var wanted = template("recordatorio", "es", List.of(), false);

        assertThat(clinic.receptionist()
                        .get("/whatsapp-lines/" + official + "/templates")
                        .code())
                .isEqualTo("forbidden");
        assertThat(clinic.receptionist()
                        .ifMatch("\"v0\"")
                        .put(reminder(official), wanted)
                        .code())
                .isEqualTo("forbidden");
        assertThat(clinic.owner().get("/whatsapp-lines/" + phone + "/templates").code())
                .isEqualTo("templates-not-supported");
        assertThat(put(clinic, reminder(phone), "v0", wanted).status()).isEqualTo(409);
        assertThat(clinic.owner().delete(reminder(phone)).code()).isEqualTo("templates-not-supported");
        assertThat(clinic.owner()
                        .get("/whatsapp-lines/" + foreign + "/templates")
                        .code())
                .isEqualTo("not-found");
        assertThat(put(clinic, reminder(foreign), "v0", wanted).code()).isEqualTo("not-found");
        assertThat(clinic.owner().delete(reminder(foreign)).code()).isEqualTo("not-found");
    }
}
