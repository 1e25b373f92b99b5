package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a practitioner does, which may be several things. */
@RecadoTest
class PractitionerSpecialtiesTest {

    @Autowired
    Clinics clinics;

    private static List<String> specialties(Answer practitioner) {
        return practitioner
                .json()
                .at("/specialties")
                .valueStream()
                .map(one -> one.asString())
                .toList();
    }

    @Test
    void a_practitioner_has_several_and_a_client_that_knows_of_one_changes_the_first() {
        var owner = clinics.open().owner();
        var gomez = owner.post(
                "/practitioners",
                Map.of("displayName", "Dra. Gómez", "specialties", List.of("Pediatría", " Alergia ", "Pediatría")));
        assertThat(gomez.status()).as(gomez.text()).isEqualTo(201);
        assertThat(specialties(gomez)).containsExactly("Pediatría", "Alergia");
        assertThat(gomez.at("/specialty")).isEqualTo("Pediatría");

        var renamed = owner.ifMatch(gomez.etag())
                .put(
                        "/practitioners/" + gomez.id(),
                        Map.of("displayName", "Dra. Gómez", "specialty", "Neonatología", "active", true));
        assertThat(specialties(renamed)).containsExactly("Neonatología", "Alergia");
        var none = owner.ifMatch(renamed.etag())
                .put(
                        "/practitioners/" + gomez.id(),
                        Map.of("displayName", "Dra. Gómez", "specialties", List.of(), "active", true));
        assertThat(specialties(none)).isEmpty();
        assertThat(none.json().at("/specialty").isNull()).isTrue();
    }

    @Test
    void one_specialty_is_still_said_as_one_and_more_than_five_are_refused() {
        var owner = clinics.open().owner();
        var one = owner.post("/practitioners", Map.of("displayName", "Dr. Paz", "specialty", "Clínica médica"));
        assertThat(specialties(one)).containsExactly("Clínica médica");
        var six = owner.post(
                "/practitioners",
                Map.of("displayName", "Dr. Todo", "specialties", List.of("a", "b", "c", "d", "e", "f")));
        assertThat(six.at("/errors/0/pointer")).isEqualTo("/specialties");
    }
}
