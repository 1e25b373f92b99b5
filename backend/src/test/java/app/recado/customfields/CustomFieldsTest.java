package app.recado.customfields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Fields that a clinic defines, and what is written into them on a patient's card. */
@RecadoTest
class CustomFieldsTest {

    @Autowired
    Clinics clinics;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    static Answer defines(Clinic clinic, String subject, String key, String type, boolean required, String... choices) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("subject", subject);
        body.put("key", key);
        body.put("label", "Campo " + key);
        body.put("type", type);
        body.put("required", required);
        body.put("choices", List.of(choices));
        return clinic.owner().post("/custom-fields", body);
    }

    private static Answer defines(Clinic clinic, String key, String type, String... choices) {
        var answer = defines(clinic, "patient", key, type, false, choices);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** A list of values of an API body: keys and values by turns. */
    static List<Map<String, String>> values(String... keysAndValues) {
        var values = new ArrayList<Map<String, String>>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.add(Map.of("key", keysAndValues[i], "value", keysAndValues[i + 1]));
        }
        return values;
    }

    private static Map<String, Object> card(String... keysAndValues) {
        return Map.of("givenName", "Ana", "customFields", values(keysAndValues));
    }

    private static String[] choicesOf(String type) {
        return type.equals("choice") ? new String[] {"A+", "0-"} : new String[0];
    }

    private static Answer changes(Api owner, Answer field, Map<String, Object> change) {
        var body = new HashMap<String, Object>(
                Map.of("label", field.at("/label"), "choices", List.of(), "required", false, "active", true));
        body.putAll(change);
        var path = "/custom-fields/" + field.id();
        return owner.ifMatch(owner.get(path).etag()).put(path, body);
    }

    private String stored(Clinic clinic, UUID patient) {
        return clinic.inside(() -> Objects.requireNonNull(transaction.execute(
                status -> jdbc.sql("select custom_fields from patient where organization_id = ? and id = ?")
                        .params(clinic.id(), patient)
                        .query((row, n) -> row.getString(1))
                        .single())));
    }

    @ParameterizedTest(name = "a {0} takes ''{1}'' as ''{2}'' and stores {3}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            text   | ` Zurda ` | Zurda      | "Zurda"
            text   | `12`      | 12         | "12"
            number | `72,50`   | 72.5       | 72.5
            number | `72.10`   | 72.1       | 72.1
            number | `-0.0`    | 0          | 0
            number | `1e3`     | 1000       | 1000
            date   | `2028-02-29` | 2028-02-29 | "2028-02-29"
            yes-no | `true`    | true       | true
            yes-no | `false`   | false      | false
            choice | `A+`      | A+         | "A+"
            """)
    void a_value_is_kept_in_its_type_and_shown_in_one_spelling(
            String type, String typed, String shown, String storedAs) {
        var clinic = clinics.open();
        defines(clinic, "campo", type, choicesOf(type));
        var ana = clinic.receptionist().post("/patients", card("campo", typed));
        assertThat(ana.status()).as(ana.text()).isEqualTo(201);
        assertThat(ana.at("/customFields/0/value")).isEqualTo(shown);
        assertThat(clinic.receptionist().get("/patients/" + ana.id()).at("/customFields/0/value"))
                .isEqualTo(shown);
        var found = clinic.receptionist().post("/patients/search", Map.of("text", "ana"));
        assertThat(found.at("/items/0/customFields/0/value")).isEqualTo(shown);
        assertThat(stored(clinic, ana.id())).isEqualTo("{\"campo\": " + storedAs + "}");
    }

    @ParameterizedTest(name = "a {0} refuses ''{1}''")
    @CsvSource({
        "number, doce, invalid-format",
        "number, 1e999999999, invalid-format",
        "number, 1e-40, invalid-format",
        "number, NaN, invalid-format",
        "number, 1.234.5, invalid-format",
        "date, 2026-02-30, invalid-format",
        "date, 28/02/2026, invalid-format",
        "date, 0001-01-01, invalid-format",
        "yes-no, si, invalid-format",
        "choice, B+, unknown-value",
        "choice, a+, unknown-value"
    })
    void a_value_of_another_type_is_refused_at_its_place(String type, String typed, String code) {
        var clinic = clinics.open();
        defines(clinic, "otro", "text");
        defines(clinic, "campo", type, choicesOf(type));
        var refused = clinic.receptionist().post("/patients", card("otro", "x", "campo", typed));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/customFields/1/value");
        assertThat(refused.at("/errors/0/code")).isEqualTo(code);
        assertThat(refused.at("/errors/0/detail")).doesNotContain(typed);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var clinic = clinics.open();
        defines(clinic, "peso", "number");
        defines(clinic, "patient", "plan", "text", true);
        var refused =
                clinic.receptionist().post("/patients", card("peso", "doce", "nada", "x", "plan", " ", "peso", "1"));
        assertThat(refused.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/pointer").asString() + " "
                                + error.at("/code").asString()))
                .as(refused.text())
                .containsExactlyInAnyOrder(
                        "/customFields/0/value invalid-format",
                        "/customFields/1/key unknown-value",
                        "/customFields/3/key repeated",
                        "/customFields/2/value required");
    }

    @Test
    void a_required_field_is_wanted_where_the_fields_are_sent_and_only_there() {
        var clinic = clinics.open();
        var desk = clinic.receptionist();
        defines(clinic, "patient", "peso", "number", true);
        var missing = desk.post("/patients", card());
        assertThat(missing.at("/errors/0/code")).as(missing.text()).isEqualTo("required");
        assertThat(missing.at("/errors/0/pointer")).isEqualTo("/customFields");
        // Whoever knows nothing of the clinic's own fields is not kept from registering somebody.
        var ida = desk.post("/patients", Map.of("givenName", "Ida"));
        assertThat(ida.status()).as(ida.text()).isEqualTo(201);
        assertThat(desk.ifMatch(ida.etag())
                        .put("/patients/" + ida.id(), Map.of("givenName", "Ida María"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_is_written_stays_when_its_choice_goes_and_when_its_field_is_retired() {
        var clinic = clinics.open();
        var owner = clinic.owner();
        var desk = clinic.receptionist();
        defines(clinic, "peso", "number");
        var group = defines(clinic, "grupo", "choice", "A+", "0-");
        var ana = desk.post("/patients", card("grupo", "A+", "peso", "60"));

        assertThat(changes(owner, group, Map.of("choices", List.of("0-"))).status())
                .isEqualTo(200);
        var same = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), card("grupo", "A+", "peso", "61"));
        assertThat(same.at("/customFields/0/value")).as(same.text()).isEqualTo("A+");
        var retired = changes(owner, group, Map.of("choices", List.of("0-"), "active", false));
        assertThat(retired.at("/active")).as(retired.text()).isEqualTo("false");
        var kept = desk.ifMatch(same.etag()).put("/patients/" + ana.id(), card("peso", "62"));
        assertThat(kept.text()).contains("A+");
        assertThat(desk.ifMatch(kept.etag())
                        .put("/patients/" + ana.id(), card("peso", "62", "grupo", "0-"))
                        .at("/errors/0/code"))
                .isEqualTo("unknown-value");
        var untouched = desk.ifMatch(kept.etag()).put("/patients/" + ana.id(), Map.of("givenName", "Ana"));
        assertThat(untouched.json().at("/customFields").size()).isEqualTo(2);
        var removed = desk.ifMatch(untouched.etag()).put("/patients/" + ana.id(), card("peso", "", "grupo", ""));
        assertThat(removed.json().at("/customFields").isEmpty())
                .as(removed.text())
                .isTrue();
        assertThat(changes(owner, group, Map.of("choices", List.of("0-"))).at("/active"))
                .isEqualTo("true");
    }

    @Test
    void only_an_owner_defines_fields_each_key_and_name_once_and_only_a_choice_has_choices() {
        var clinic = clinics.open();
        assertThat(clinic.receptionist()
                        .post("/custom-fields", Map.of("subject", "patient", "key", "a", "label", "A", "type", "text"))
                        .code())
                .isEqualTo("forbidden");
        defines(clinic, "peso", "number");
        assertThat(defines(clinic, "patient", "peso", "text", false).at("/errors/0/pointer"))
                .isEqualTo("/key");
        assertThat(clinic.owner()
                        .post(
                                "/custom-fields",
                                Map.of("subject", "patient", "key", "p", "label", "CAMPO peso", "type", "text"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/label");
        assertThat(defines(clinic, "appointment", "peso", "text", false).status())
                .isEqualTo(201);
        assertThat(defines(clinic, "patient", "otro", "text", false, "A").at("/errors/0/pointer"))
                .isEqualTo("/choices");
        assertThat(defines(clinic, "patient", "otro", "choice", false).at("/errors/0/pointer"))
                .isEqualTo("/choices");
        assertThat(defines(clinic, "patient", "otro", "choice", false, "A", "B", "A ")
                        .at("/errors/0/pointer"))
                .isEqualTo("/choices/2");
        assertThat(defines(clinic, "patient", "Mayúscula", "text", false).status())
                .isEqualTo(422);
        assertThat(clinic.receptionist()
                        .get("/custom-fields?subject=patient")
                        .json()
                        .at("/items")
                        .size())
                .isOne();
        assertThat(clinics.open()
                        .owner()
                        .get("/custom-fields")
                        .json()
                        .at("/items")
                        .isEmpty())
                .isTrue();
    }

    private static List<String> order(Clinic clinic) {
        return clinic.receptionist()
                .get("/custom-fields?subject=patient")
                .json()
                .at("/items")
                .valueStream()
                .map(one -> one.at("/key").asString())
                .toList();
    }

    @Test
    void a_field_is_moved_among_those_about_the_same_and_the_others_close_up() {
        var clinic = clinics.open();
        var owner = clinic.owner();
        defines(clinic, "appointment", "motivo", "text", false);
        var a = defines(clinic, "a", "text");
        defines(clinic, "b", "text");
        var c = defines(clinic, "c", "text");
        var path = "/custom-fields/%s/move".formatted(c.id());
        assertThat(owner.ifMatch(c.etag())
                        .send("POST", path, Map.of("position", 0))
                        .at("/position"))
                .isEqualTo("0");
        assertThat(order(clinic)).containsExactly("c", "a", "b");
        assertThat(owner.ifMatch(c.etag())
                        .send("POST", path, Map.of("position", 1))
                        .code())
                .isEqualTo("stale");
        // A neighbour's version stays: what somebody else has open of it is saved.
        assertThat(owner.ifMatch(a.etag())
                        .put(
                                "/custom-fields/" + a.id(),
                                Map.of("label", "Alfa", "choices", List.of(), "required", true, "active", true))
                        .status())
                .isEqualTo(200);
        var again = owner.get("/custom-fields/" + c.id());
        assertThat(owner.ifMatch(again.etag())
                        .send("POST", path, Map.of("position", 999))
                        .at("/position"))
                .isEqualTo("2");
        assertThat(order(clinic)).containsExactly("a", "b", "c");
    }

    @Test
    void a_clinic_has_so_many_fields_in_use_and_not_one_more_whoever_else_adds_one() throws Exception {
        var clinic = clinics.open();
        for (int i = 1; i < CustomFields.MOST; i++) {
            defines(clinic, "k" + i, "text");
        }
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Callable<Answer>>();
            for (int i = 0; i < 4; i++) {
                var key = "last" + i;
                tries.add(() -> defines(clinic, "appointment", key, "text", false));
            }
            var codes = new ArrayList<String>();
            for (var one : people.invokeAll(tries)) {
                codes.add(
                        one.get().status() == 201
                                ? "defined"
                                : String.valueOf(one.get().code()));
            }
            assertThat(codes)
                    .containsExactlyInAnyOrder(
                            "defined", "too-many-custom-fields", "too-many-custom-fields", "too-many-custom-fields");
        }
        // A retired one makes room, and comes back only while there is some.
        var first = clinic.owner().get("/custom-fields?subject=patient").at("/items/0/id");
        var retired = clinic.owner().get("/custom-fields/" + first);
        assertThat(changes(clinic.owner(), retired, Map.of("active", false)).status())
                .isEqualTo(200);
        defines(clinic, "uno-mas", "text");
        assertThat(changes(clinic.owner(), retired, Map.of()).code()).isEqualTo("too-many-custom-fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "{\"a\": []}", "{\"a\": [1]}", "{\"a\": {}}", "{\"a\": null}"})
    void the_database_keeps_nothing_else_than_texts_numbers_and_booleans(String json) {
        var clinic = clinics.open();
        var ana = clinic.receptionist().post("/patients", Map.of("givenName", "Ana"));
        assertThatThrownBy(() -> clinic.inside(() -> transaction.executeWithoutResult(status -> jdbc.sql(
                                "update patient set custom_fields = cast(? as jsonb) where organization_id = ? and id = ?")
                        .params(json, clinic.id(), ana.id())
                        .update())))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("patient_custom_fields");
    }

    @Test
    void a_number_of_the_clinics_own_finds_its_patient_and_a_date_finds_nobody() {
        var clinic = clinics.open();
        var desk = clinic.receptionist();
        defines(clinic, "historia", "text");
        defines(clinic, "alta", "date");
        var ana = desk.post("/patients", card("historia", "HC-4711", "alta", "2024-05-17"));
        assertThat(ana.status()).as(ana.text()).isEqualTo(201);
        for (var typed : List.of("hc-4711", "HC4711")) {
            assertThat(desk.post("/patients/search", Map.of("text", typed)).at("/items/0/id"))
                    .as(typed)
                    .isEqualTo(ana.id().toString());
        }
        assertThat(desk.post("/patients/search", Map.of("text", "2024-05-17"))
                        .json()
                        .at("/items")
                        .isEmpty())
                .isTrue();
        desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), card("historia", ""));
        assertThat(desk.post("/patients/search", Map.of("text", "HC4711"))
                        .json()
                        .at("/items")
                        .isEmpty())
                .isTrue();
    }
}
