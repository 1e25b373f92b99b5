package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A patient is written to in one language and may speak several. */
@RecadoTest
class PatientLanguagesTest {

    @Autowired
    Clinics clinics;

    private static Map<String, Object> speaking(String... others) {
        var body = new HashMap<String, Object>(Map.of("givenName", "Ana", "familyName", "Núñez", "language", "es"));
        body.put("otherLanguages", List.of(others));
        return body;
    }

    private static List<String> others(Answer patient) {
        return patient.json()
                .at("/otherLanguages")
                .valueStream()
                .map(one -> one.asString())
                .toList();
    }

    @Test
    void what_else_they_speak_is_kept_once_beside_the_language_they_are_written_to_in() {
        var desk = clinics.open().receptionist();
        var ana = desk.post("/patients", speaking(" GN", "fr", "gn", "es", "aed"));
        assertThat(ana.status()).as(ana.text()).isEqualTo(201);
        assertThat(ana.at("/language")).isEqualTo("es");
        assertThat(others(ana)).containsExactly("gn", "fr", "aed");

        var known = Map.of("givenName", "Ana", "familyName", "Paz", "language", "pt-BR");
        var renamed = desk.ifMatch(ana.etag()).put("/patients/" + ana.id(), known);
        assertThat(others(renamed)).as("of a program that knows of none").containsExactly("gn", "fr", "aed");
        var none = desk.ifMatch(renamed.etag()).put("/patients/" + ana.id(), speaking());
        assertThat(others(none)).isEmpty();
    }

    @Test
    void what_is_no_language_and_more_than_five_are_refused() {
        var desk = clinics.open().receptionist();
        var unknown = desk.post("/patients", speaking("gn", "xx"));
        assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/otherLanguages/1");
        assertThat(unknown.at("/errors/0/code")).isEqualTo("unknown-value");
        assertThat(desk.post("/patients", speaking("gn", "fr", "it", "de", "zh", "ja"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/otherLanguages");
    }

    @Test
    void other_systems_read_all_of_them_and_which_one_is_preferred() {
        var desk = clinics.open().receptionist();
        var ana = desk.post("/patients", speaking("gn"));
        var communication = desk.get("/fhir/R4/Patient/" + ana.id()).json().at("/communication");
        assertThat(communication.at("/0/language/coding/0/code").asString()).isEqualTo("es");
        assertThat(communication.at("/0/preferred").asBoolean()).isTrue();
        assertThat(communication.at("/1/language/coding/0/code").asString()).isEqualTo("gn");
        assertThat(communication.at("/1/preferred").asBoolean()).isFalse();
    }
}
