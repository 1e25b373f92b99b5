package app.recado.templates;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.LineState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
class MessageTemplatesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ZoneId BUENOS_AIRES = ZoneId.of("America/Argentina/Buenos_Aires");

    private static final LineFacts LINE =
            new LineFacts(UUID.randomUUID(), "Recepción", LineEngineKind.LINKED_DEVICE, true, LineState.LINKED, null);

    /** What is said of them may be that they were. */
    private static final Set<TemplateKind> AFTERWARDS =
            EnumSet.of(TemplateKind.FOLLOWUP, TemplateKind.SURVEY, TemplateKind.MISSED, TemplateKind.RECALL);

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
        clock.set(NOW);
        opened = clinics.open();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private static Map<String, Object> text(String kind, String language, String body) {
        return Map.of("kind", kind, "language", language, "body", body);
    }

    private JsonNode reminder() {
        return clinic().practitioner()
                .get("/message-templates")
                .json()
                .at("/items")
                .valueStream()
                .filter(template -> template.at("/kind").asString().equals("reminder")
                        && template.at("/language").asString().equals("es"))
                .findFirst()
                .orElseThrow();
    }

    private Wording render(TemplateKind kind, String language, String patient) {
        var fields = new TemplateFields(
                patient,
                patient + " Núñez",
                "Clínica Sur",
                new TemplateFields.Visit(
                        Instant.parse("2026-11-24T13:00:00Z").atZone(BUENOS_AIRES),
                        "Dra. Gómez",
                        "Control",
                        null,
                        null,
                        null));
        return Objects.requireNonNull(clinic().inside(() ->
                transaction.execute(status -> templates.asOfNow().word(LINE, kind, language, fields, true))));
    }

    @Test
    void a_new_clinic_has_every_text_in_every_language() {
        var list = clinic().practitioner().get("/message-templates");
        assertThat(list.json().at("/items").size()).isEqualTo(27);
        assertThat(list.json().at("/nextCursor").isNull()).isTrue();
        list.json().at("/items").forEach(template -> {
            assertThat(template.at("/default").asBoolean()).isTrue();
            assertThat(template.at("/body").asString()).hasSizeLessThanOrEqualTo(1000);
            var one = clinic().owner()
                    .get("/message-templates/" + template.at("/id").asString());
            assertThat(one.json()).isEqualTo(template);
            assertThat(one.etag()).isEqualTo("\"v0\"");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es    | martes 24 de noviembre a las 10:00 | BAJA",
                "en    | Tuesday, November 24 at 10:00 AM   | STOP",
                "pt-BR | terça-feira, 24 de novembro, às 10:00 | SAIR",
            })
    void a_text_tells_when_how_to_answer_and_how_to_be_left_alone(String language, String when, String stop) {
        for (var kind : TemplateKind.values()) {
            var text = render(kind, language, "Ana").text();
            assertThat(text).contains("Ana", "Clínica Sur", stop).doesNotContain("{", "}");
            if (!AFTERWARDS.contains(kind)) {
                assertThat(text).contains(when, "Dra. Gómez");
            }
            if (kind.asksForAnswer()) {
                assertThat(text.lines())
                        .anyMatch(line -> line.startsWith("1 "))
                        .anyMatch(line -> line.startsWith("2 "));
            }
        }
    }

    @Test
    void a_language_nobody_writes_falls_back_to_the_clinics_own() {
        assertThat(render(TemplateKind.REMINDER, "fr", "Ana").language()).isEqualTo("es");
        opened = clinics.open("BR", "America/Sao_Paulo", "pt-BR");
        assertThat(render(TemplateKind.REMINDER, "fr", "Ana").language()).isEqualTo("pt-BR");
    }

    @Test
    void the_clinics_own_words_replace_recados_under_the_same_address() {
        var before = reminder();
        var path = "/message-templates/" + before.at("/id").asString();
        var desk = clinic().receptionist();
        assertThat(desk.put(path, Map.of("body", "x")).status()).isEqualTo(428);
        var changed = desk.ifMatch("\"v0\"").put(path, Map.of("body", "¡{{ patient.givenName }}, te esperamos! 🦷"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().at("/default").asBoolean()).isFalse();
        assertThat(changed.etag()).isEqualTo("\"v1\"");
        assertThat(changed.at("/updatedAt")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(reminder()).isEqualTo(changed.json());
        assertThat(render(TemplateKind.REMINDER, "es", "Ana").text()).isEqualTo("¡Ana, te esperamos! 🦷");
        var again = desk.ifMatch("\"v1\"").put(path, Map.of("body", "Te esperamos."));
        assertThat(again.etag()).isEqualTo("\"v2\"");
        assertThat(desk.ifMatch("\"v1\"").put(path, Map.of("body", "Tarde")).code())
                .isEqualTo("stale");
    }

    @Test
    void a_kind_has_one_own_text_per_language() {
        var created = clinic().owner().post("/message-templates", text("reminder", "es", "Te esperamos."));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/id")).isEqualTo(reminder().at("/id").asString());
        var second = clinic().owner().post("/message-templates", text("reminder", "es", "Otra vez."));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("template-exists");
        assertThat(clinic().owner()
                        .post("/message-templates", text("reminder", "en", "See you."))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hola {{patient.surname}}",
                "Hola {{}}",
                "Hola {{patient.givenName",
                "Hola }}",
                "{{ {{patient.givenName}} }}"
            })
    void a_field_that_does_not_exist_is_refused_at_the_body(String body) {
        var path = "/message-templates/" + reminder().at("/id").asString();
        var owner = clinic().owner();
        for (var answer : java.util.List.of(
                owner.post("/message-templates", text("reminder", "es", body)),
                owner.ifMatch("\"v0\"").put(path, Map.of("body", body)),
                owner.post("/message-templates/preview", text("reminder", "es", body)))) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("template-field-unknown");
            assertThat(answer.at("/errors/0/pointer")).isEqualTo("/body");
        }
    }

    @Test
    void braces_in_a_name_are_not_understood_as_fields() {
        clinic().owner().post("/message-templates", text("reminder", "es", "Hola {{patient.givenName}}"));
        assertThat(render(TemplateKind.REMINDER, "es", "{{organization.name}} $1")
                        .text())
                .isEqualTo("Hola {{organization.name}} $1");
    }

    @Test
    void a_name_reads_on_the_phone_as_it_was_written_and_in_one_line() {
        clinic().owner().post("/message-templates", text("reminder", "es", "*Hola* {{patient.givenName}}, _chau_"));
        var text = render(TemplateKind.REMINDER, "es", "*Ana*\n  _Paz_ ~x~ `y`").text();
        assertThat(text).startsWith("*Hola* ").endsWith(", _chau_");
        var name = text.substring("*Hola* ".length(), text.length() - ", _chau_".length());
        assertThat(name).isEqualTo("∗Ana∗ ˍPazˍ ∼x∼ ˋyˋ").doesNotContain("*", "_", "~", "`", "\n", "  ");
    }

    @Test
    void a_preview_speaks_of_tomorrow_at_ten_by_the_clinics_clocks() {
        clock.set(Instant.parse("2026-11-24T02:30:00Z")); // still the 23rd in Buenos Aires
        var body = "{{patient.displayName}}: {{appointment.date}}, {{appointment.time}}";
        var preview = clinic().practitioner().post("/message-templates/preview", text("reminder", "es", body));
        assertThat(preview.at("/text")).isEqualTo("Ana Núñez: martes 24 de noviembre, 10:00");
        var english = clinic().practitioner().post("/message-templates/preview", text("reminder", "en", body));
        assertThat(english.at("/text")).isEqualTo("Ann Taylor: Tuesday, November 24, 10:00 AM");
    }

    @Test
    void practitioners_read_texts_but_do_not_word_them() {
        var doctor = clinic().practitioner();
        assertThat(doctor.post("/message-templates", text("reminder", "es", "x"))
                        .code())
                .isEqualTo("forbidden");
        assertThat(doctor.ifMatch("\"v0\"")
                        .put("/message-templates/" + reminder().at("/id").asString(), Map.of("body", "x"))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void a_text_of_another_clinic_does_not_exist() {
        var created = clinic().owner().post("/message-templates", text("reminder", "es", "Solo nuestra."));
        var standard = clinic().owner().get("/message-templates").at("/items/0/id");
        var other = clinics.open();
        assertThat(other.owner().get("/message-templates/" + created.id()).status())
                .isEqualTo(404);
        assertThat(other.owner().get("/message-templates/" + standard).status()).isEqualTo(404);
        assertThat(other.owner()
                        .ifMatch(created.etag())
                        .put("/message-templates/" + created.id(), Map.of("body", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(other.owner().get("/message-templates/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        opened = other;
        assertThat(render(TemplateKind.REMINDER, "es", "Ana").text()).doesNotContain("Solo nuestra");
    }

    @Test
    void limits_are_strict() {
        var owner = clinic().owner();
        assertThat(owner.post("/message-templates", text("reminder", "es", "x".repeat(1001)))
                        .at("/errors/0/code"))
                .isEqualTo("too-long");
        assertThat(owner.post("/message-templates", text("reminder", "es", " ")).at("/errors/0/code"))
                .isEqualTo("required");
        assertThat(owner.post("/message-templates", text("birthday", "es", "x")).status())
                .isEqualTo(400);
        assertThat(owner.post("/message-templates", text("reminder", "fr", "x")).status())
                .isEqualTo(400);
    }
}
