package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class PatientDuplicatesTest {

    @Autowired
    Clinics clinics;

    private static Map<String, @Nullable Object> card(
            @Nullable String given,
            @Nullable String family,
            @Nullable String phone,
            @Nullable String birth,
            @Nullable String dni) {
        var body = new HashMap<String, @Nullable Object>(named(given, family, phone));
        body.put("birthDate", birth);
        if (dni != null) {
            body.put("identifiers", List.of(Map.of("kind", "ar-dni", "value", dni)));
        }
        return body;
    }

    /** Ana is registered; each line is what somebody types next. */
    @ParameterizedTest
    @CsvSource({
        "Ana María, Núñez,  011 15-2345-6789, 1984-02-29, 30.123.456, 100, the same card again",
        "Otra,      Cosa,   ,                 ,           30123456,   100, the same paper under another name",
        "Ana Maria, Nuñes,  11 2345-6789,     ,           ,           60,  a like name and the same phone",
        "Ana,       Núñez,  ,                 1984-02-29, ,           50,  a part of the name and the same birth date",
        "Ana María, Núñez,  ,                 ,           ,           50,  the same name alone",
        "Leo,       Núñez,  011 15-2345-6789, 2019-05-01, ,           0,   a child at the mother's phone",
        "Ana María, Núñez,  011 15-2345-6789, 1984-02-29, 28.000.111, 0,   somebody else with a paper of their own",
        "Eva,       Paz,    ,                 1984-02-29, ,           0,   the same birth date alone",
        ",          ,       11 2,             ,           3,          0,   hardly anything typed yet",
    })
    void a_card_that_is_written_is_compared_with_those_that_are_there(
            @Nullable String given,
            @Nullable String family,
            @Nullable String phone,
            @Nullable String birth,
            @Nullable String dni,
            int least,
            String why) {
        var desk = clinics.open().receptionist();
        var ana = desk.post("/patients", card("Ana María", "Núñez", "011 15-2345-6789", "1984-02-29", "30123456"));
        desk.post("/patients", card("Pedro", "Sosa", "011 15-4444-5555", "1970-01-01", null));
        var answer = desk.post("/patients/duplicates", card(given, family, phone, birth, dni));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var found = answer.json().at("/items");
        assertThat(found.size()).as("%s: %s", why, answer.text()).isEqualTo(least == 0 ? 0 : 1);
        if (least > 0) {
            assertThat(found.at("/0/patient/id").asString()).isEqualTo(ana.id().toString());
            assertThat(found.at("/0/score").asInt()).as(why).isGreaterThanOrEqualTo(least);
        }
    }
}
