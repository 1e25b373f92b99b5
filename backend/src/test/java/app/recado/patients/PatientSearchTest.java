package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class PatientSearchTest {

    @Autowired
    Clinics clinics;

    Clinics.@Nullable Clinic opened;

    @BeforeEach
    void open() {
        opened = clinics.open();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private void register(@Nullable String given, @Nullable String family, @Nullable String phone) {
        var answer = clinic().receptionist().post("/patients", named(given, family, phone));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private List<String> find(String text) {
        var answer = clinic().practitioner().post("/patients/search", Map.of("text", text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .at("/items")
                .valueStream()
                .map(patient -> patient.at("/displayName").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nunez      | José Núñez, Ana María Núñez Paz",
                "NÚÑ        | José Núñez, Ana María Núñez Paz",
                "jose nun   | José Núñez",
                "nun jos    | José Núñez",
                "mar nun    | Ana María Núñez Paz",
                "paz        | Ana María Núñez Paz",
                "unez       | nobody",
                "jose paz   | nobody",
                "2345       | José Núñez",
                "6789       | José Núñez",
                "15-2345    | José Núñez",
                "011 15-2345-6789 | José Núñez",
                "+54 9 11 2345 6789 | José Núñez",
                "11 2345-6789 | José Núñez",
                "+54 11 2345 6789 | José Núñez",
                "1123456789 | José Núñez",
                "jose 6789  | José Núñez",
                "ana 6789   | nobody",
                "%          | José Núñez, Ana María Núñez Paz, Łucja Żak",
                "zak        | Łucja Żak",
            })
    void every_word_must_begin_a_word_of_the_name_or_be_digits_of_the_phone(String text, String found) {
        register("José", "Núñez", "011 15-2345-6789");
        register("Ana María", "Núñez Paz", "011 15-4444-5555");
        register("Łucja", "Żak", null);
        assertThat(find(text))
                .containsExactlyInAnyOrderElementsOf(
                        found.strip().equals("nobody")
                                ? List.of()
                                : List.of(found.strip().split(", ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dangelo       | Mario D'Angelo",
                "D’Angelo      | Mario D'Angelo",
                "d angelo mar  | Mario D'Angelo",
                "angelo mario  | Mario D'Angelo",
                "obrien        | Síle O’Brien",
                "lukasz strauss | Łukasz Strauß",
                "ŁUKASZ STRAUSS | Łukasz Strauß",
                "soren         | Søren",
                "maximil soren | nobody",
                "maximiliano gonzalez fern | Maximiliano González Fernández",
                "maximilians   | nobody",
                "gonzalez fernandes | nobody",
                "11 maximi     | Maximiliano González Fernández",
                "549 gon       | Maximiliano González Fernández",
                "54911 2345    | Maximiliano González Fernández",
            })
    void names_are_found_as_people_without_those_letters_type_them(String text, String found) {
        register("Mario", "D'Angelo", null);
        register("Síle", "O’Brien", null);
        register("Łukasz", "Strauß", null);
        register("Søren", null, null);
        register("Maximiliano", "González Fernández", "011 15-2345-6789");
        assertThat(find(text))
                .containsExactlyElementsOf(found.strip().equals("nobody") ? List.of() : List.of(found.strip()));
    }

    @Test
    void a_name_that_ends_in_digits_is_a_name_and_no_paper() {
        register("Leónidas", "Segura923718", null);
        assertThat(find("Leónidas Segura923718")).containsExactly("Leónidas Segura923718");
        assertThat(find("segura92")).containsExactly("Leónidas Segura923718");
        assertThat(find("segura93")).isEmpty();
    }

    @Test
    void a_phone_is_found_however_it_is_typed() {
        register("José", "Núñez", "11 2345-6789");
        for (var typed :
                List.of("011 15 2345-6789", "+54 11 2345 6789", "5491123456789", "11 2345 6789", "2345-6789")) {
            assertThat(find(typed)).as(typed).containsExactly("José Núñez");
        }
    }

    @Test
    void a_changed_name_is_found_and_the_old_one_is_not() {
        var ana = clinic().receptionist().post("/patients", named("Ana", "Núñez", "011 15-2345-6789"));
        clinic().receptionist().ifMatch(ana.etag()).put("/patients/" + ana.id(), named("Ana", "Paz", null));
        assertThat(find("nunez")).isEmpty();
        assertThat(find("6789")).isEmpty();
        assertThat(find("ana paz")).containsExactly("Ana Paz");
    }

    @Test
    void pages_follow_each_other_by_family_name_without_gap_or_repetition() {
        IntStream.range(0, 7).forEach(i -> register("Ana", "Gómez", null));
        register("Zoe", "Álvarez", null);
        register("Leo", "Zapata", null);
        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = clinic().owner()
                    .post(
                            "/patients/search",
                            cursor == null ? Map.of("limit", 4) : Map.of("limit", 4, "cursor", cursor));
            assertThat(page.json().at("/items").size()).isLessThanOrEqualTo(4);
            page.json()
                    .at("/items")
                    .forEach(patient -> seen.add(patient.at("/id").asString()));
            cursor = page.json().at("/nextCursor").isNull() ? null : page.at("/nextCursor");
        } while (cursor != null);
        assertThat(seen).hasSize(9).doesNotHaveDuplicates();
        assertThat(find("").getFirst()).isEqualTo("Zoe Álvarez");
        assertThat(find("").getLast()).isEqualTo("Leo Zapata");
    }

    @Test
    void a_cursor_is_sealed_to_its_clinic() {
        register("Ana", "Gómez", null);
        register("Leo", "Zapata", null);
        var page = clinic().owner().post("/patients/search", Map.of("limit", 1));
        var cursor = page.at("/nextCursor");
        assertThat(cursor).doesNotContainIgnoringCase("gomez");
        var elsewhere = clinics.open().owner().post("/patients/search", Map.of("cursor", cursor));
        assertThat(elsewhere.code()).isEqualTo("invalid-cursor");
    }

    @Test
    void a_clinic_finds_only_its_own_patients() {
        register("Ana", "Gómez", "011 15-2345-6789");
        var other = clinics.open().owner();
        assertThat(other.post("/patients/search", Map.of("text", "gomez"))
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        assertThat(other.post("/patients/search", Map.of()).json().at("/items").size())
                .isZero();
    }

    @Test
    void a_search_has_limits() {
        var desk = clinic().receptionist();
        assertThat(desk.post("/patients/search", Map.of("limit", 201)).at("/errors/0/code"))
                .isEqualTo("out-of-range");
        assertThat(desk.post("/patients/search", Map.of("text", "x".repeat(101)))
                        .at("/errors/0/code"))
                .isEqualTo("too-long");
        assertThat(desk.post("/patients/search", Map.of("text", "a b c d e f g h i"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/text");
    }
}
