package app.recado.templates;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.LineState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@RecadoTest
class TemplateVersionsTest {

    private static final ZoneId BUENOS_AIRES = ZoneId.of("America/Argentina/Buenos_Aires");
    private static final LineFacts LINE =
            new LineFacts(UUID.randomUUID(), "Recepción", LineEngineKind.LINKED_DEVICE, true, LineState.LINKED, null);

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    MessageTemplates templates;

    @Autowired
    TransactionTemplate transaction;

    Clinics.@Nullable Clinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = clinics.open();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private JsonNode text(String of, String language) {
        return clinic().owner()
                .get("/template-texts")
                .json()
                .at("/items")
                .valueStream()
                .filter(text -> text.at("/language").asString().equals(language)
                        && (text.at("/kind").asString("").equals(of)
                                || text.at("/customTemplateId").asString("").equals(of)))
                .findFirst()
                .orElseThrow();
    }

    private Api.Answer drafts(String of, String language, String words) {
        var text = text(of, language);
        return clinic().owner()
                .ifMatch("\"v" + text.at("/version") + "\"")
                .put("/template-texts/" + text.at("/id").asString() + "/draft", Map.of("body", words));
    }

    private Api.Answer publishes(String of, String language) {
        var text = text(of, language);
        return clinic().owner()
                .ifMatch("\"v" + text.at("/version") + "\"")
                .post("/template-texts/" + text.at("/id").asString() + "/publish", null);
    }

    private void words(String of, String language, String words) {
        var drafted = drafts(of, language, words);
        assertThat(drafted.status()).as(drafted.text()).isEqualTo(200);
        assertThat(publishes(of, language).status()).isEqualTo(200);
    }

    private static TemplateFields ana(TemplateFields.@Nullable Place place) {
        return new TemplateFields(
                "Ana",
                "Ana Núñez",
                "Clínica Sur",
                new TemplateFields.Visit(
                        Instant.parse("2026-11-26T13:00:00Z").atZone(BUENOS_AIRES),
                        "Dra. Gómez",
                        "Control",
                        place,
                        null,
                        null));
    }

    private Wording reminder(TemplateFields fields) {
        return Objects.requireNonNull(clinic().inside(() -> transaction.execute(
                status -> templates.asOfNow().word(LINE, TemplateKind.REMINDER, "es", fields, true))));
    }

    private Optional<Wording> own(String id, String language, TemplateFields fields) {
        return Objects.requireNonNull(clinic().inside(() ->
                transaction.execute(status -> templates.asOfNow().word(LINE, UUID.fromString(id), language, fields))));
    }

    private String ownTemplate(String name) {
        var made = clinic().owner().post("/custom-templates", Map.of("name", name, "purpose", "marketing"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.at("/id");
    }

    @Test
    void a_draft_is_sent_to_nobody_until_it_is_published_and_what_left_before_is_kept() {
        var standard = reminder(ana(null));
        assertThat(standard.version().number()).isZero();

        assertThat(drafts("reminder", "es", "Hola {{patient.givenName}}, uno.").at("/number"))
                .isEqualTo("0");
        assertThat(reminder(ana(null))).isEqualTo(standard);

        var published = publishes("reminder", "es");
        assertThat(published.json().at("/draft").isNull()).isTrue();
        assertThat(reminder(ana(null)).text()).isEqualTo("Hola Ana, uno.");
        assertThat(reminder(ana(null)).version()).isEqualTo(new TextVersion(UUID.fromString(published.at("/id")), 1));

        words("reminder", "es", "Hola {{patient.givenName}}, dos.");
        drafts("reminder", "es", "Hola, tres.");
        assertThat(reminder(ana(null)).text()).isEqualTo("Hola Ana, dos.");
        var versions = clinic().practitioner().get("/template-texts/" + published.at("/id") + "/versions");
        assertThat(versions.json()
                        .at("/items")
                        .valueStream()
                        .map(version -> version.at("/state").asString() + " " + version.at("/number")))
                .containsExactly("draft null", "published 2", "archived 1", "archived 0");
        assertThat(versions.at("/items/2/body")).isEqualTo("Hola {{patient.givenName}}, uno.");
    }

    @Test
    void a_draft_is_thrown_away_and_then_there_is_nothing_to_publish() {
        var drafted = drafts("reminder", "es", "Hola.");
        var path = "/template-texts/" + drafted.at("/id");
        assertThat(clinic().owner().ifMatch("\"v0\"").delete(path + "/draft").code())
                .isEqualTo("stale");
        assertThat(clinic().owner()
                        .ifMatch(drafted.etag())
                        .delete(path + "/draft")
                        .status())
                .isEqualTo(200);
        assertThat(publishes("reminder", "es").code()).isEqualTo("template-not-in-that-state");
        assertThat(reminder(ana(null)).version().number()).isZero();
    }

    @Test
    void a_template_of_the_clinics_own_leaves_in_the_language_it_was_published_in() {
        var id = ownTemplate("Control anual");
        assertThat(own(id, "es", ana(null))).isEmpty();
        words(id, "es", "{{patient.givenName}}, te toca el control anual.");
        assertThat(own(id, "en", ana(null)).orElseThrow().language()).isEqualTo("es");
        words(id, "en", "{{patient.givenName}}, it is time for your check-up.");
        assertThat(own(id, "en", ana(null)).orElseThrow().text()).isEqualTo("Ana, it is time for your check-up.");

        var shown = clinic().owner().get("/custom-templates/" + id);
        assertThat(shown.json().at("/languages").toString()).isEqualTo("[\"es\",\"en\"]");
        assertThat(clinic().owner()
                        .post("/custom-templates", Map.of("name", "CONTROL anual", "purpose", "care"))
                        .code())
                .isEqualTo("template-exists");
        var archived = clinic().owner()
                .ifMatch(shown.etag())
                .put("/custom-templates/" + id, Map.of("name", "Control anual", "archived", true));
        assertThat(archived.json().at("/archived").asBoolean()).isTrue();
        assertThat(clinic().owner().get("/template-texts").text()).doesNotContain(id);
    }

    @Test
    void a_message_about_no_visit_is_not_worded_with_fields_of_one() {
        var id = ownTemplate("Recordatorio propio");
        words(id, "es", "Te esperamos el {{appointment.date}}.");
        assertThat(clinic().owner()
                        .get("/custom-templates/" + id)
                        .json()
                        .at("/needsVisit")
                        .toString())
                .isEqualTo("[\"appointment.date\"]");
        assertThat(own(id, "es", new TemplateFields("Ana", "Ana Núñez", "Clínica Sur", null)))
                .isEmpty();
        assertThat(own(id, "es", ana(null)).orElseThrow().text()).isEqualTo("Te esperamos el jueves 26 de noviembre.");
    }

    @Test
    void a_part_is_left_out_when_its_field_is_empty() {
        words(
                "reminder",
                "es",
                "Te esperamos{{#location.address}} en {{location.address}}{{#location.map}}: {{location.map}}{{/location.map}}{{/location.address}}.");
        assertThat(reminder(ana(null)).text()).isEqualTo("Te esperamos.");
        assertThat(reminder(ana(new TemplateFields.Place("Centro", "Colón_350", -31.5, -64.0, null)))
                        .text())
                .isEqualTo("Te esperamos en Colónˍ350: https://www.google.com/maps/search/?api=1&query=-31.5%2C-64.0.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Llamá al {{location.phone}}.                                 | may-be-empty   | location.phone",
                "{{#location.name}}{{insurance.name}}{{/location.name}}       | may-be-empty   | insurance.name",
                "Tu diagnóstico: {{condition.code}}                           | clinical-field | clinical",
                "Trae: {{appointment.notes}}                                  | clinical-field | clinical",
                "{{#location.phone}}Llamá                                     | invalid-format | location.phone",
                "{{#location.phone}}x{{/location.name}}                       | invalid-format | location.name",
                "{{/location.phone}}                                          | invalid-format | location.phone",
                "{{patient.talle}}                                            | unknown-value  | patient.givenName",
            })
    void a_text_that_would_leave_a_hole_or_say_too_much_is_refused_with_the_field_named(
            String words, String code, String named) {
        for (var language : new String[] {"es", "pt-BR"}) {
            var refused = drafts("reminder", language, words);
            assertThat(refused.code()).isEqualTo("template-field-unknown");
            assertThat(refused.at("/errors/0/pointer")).isEqualTo("/body");
            assertThat(refused.at("/errors/0/code")).isEqualTo(code);
            assertThat(refused.at("/errors/0/detail")).contains(named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*Hola a todos", "_hola_ y _chau", "AVISO IMPORTANTE PARA USTED", "🦷🦷🦷🦷🦷🦷 Hola"})
    void what_whatsapp_would_show_otherwise_is_remarked(String words) {
        assertThat(remarks(words)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*Hola* a _todos_", "Ver https://x.example/a_b", "Hola 🦷 2*3*4 es 24", "DNI y OSDE"})
    void what_whatsapp_shows_as_it_is_meant_is_not(String words) {
        assertThat(remarks(words)).isEmpty();
    }

    private Iterable<JsonNode> remarks(String words) {
        var preview = clinic().owner()
                .post("/message-templates/preview", Map.of("kind", "reminder", "language", "es", "body", words));
        assertThat(preview.json().at("/characters").asInt()).isEqualTo(words.codePointCount(0, words.length()));
        return preview.json().at("/remarks");
    }

    @Test
    void every_field_of_the_catalogue_has_a_value_in_every_example() {
        var fields = clinic().practitioner().get("/template-fields").json().at("/items");
        assertThat(fields.size()).isEqualTo(TemplateField.values().length);
        fields.forEach(field -> {
            var path = field.at("/path").asString();
            for (var language : new String[] {"es", "en", "pt-BR"}) {
                var words = "{{#%1$s}}[{{%1$s}}]{{/%1$s}}".formatted(path);
                assertThat(clinic().owner()
                                .post(
                                        "/message-templates/preview",
                                        Map.of("kind", "reminder", "language", language, "body", words))
                                .at("/text"))
                        .as(path)
                        .hasSizeGreaterThan(3);
            }
        });
    }
}
