package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** JSON that cannot be kept exactly as it was sent is refused, never guessed at. */
@RecadoTest
class StrictJsonTest {

    @Autowired
    Clinics clinics;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an unknown field            | {"givenName":"Ana","familyName":"Sosa","nick":"A"}         | /nick
            a field of another kind     | {"givenName":1,"familyName":"Sosa"}                        | /givenName
            a truth value as text       | {"givenName":true,"familyName":"Sosa"}                     | /givenName
            a date that is no date      | {"givenName":"Ana","familyName":"Sosa","birthDate":19}     | /birthDate
            a zero character            | {"givenName":"An\\u0000a","familyName":"Sosa"}             | /givenName
            half of an emoji            | {"givenName":"Ana\\ud83d","familyName":"Sosa"}             | /givenName
            the other half              | {"givenName":"\\ude00Ana","familyName":"Sosa"}             | /givenName
            """)
    void is_refused_with_a_pointer(String what, String body, String pointer) {
        var answer = clinics.open().receptionist().post("/patients", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-json");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a duplicate key      | {"givenName":"Ana","givenName":"Eva","familyName":"Sosa"}
            a missing brace      | {"givenName":"Ana","familyName":"Sosa"
            something after it   | {"givenName":"Ana","familyName":"Sosa"} {}
            a comment            | {"givenName":"Ana" /* x */,"familyName":"Sosa"}
            """)
    void is_refused_with_its_place(String what, String body) {
        var answer = clinics.open().receptionist().post("/patients", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-json");
        assertThat(answer.at("/detail")).matches(".*(line \\d+, column \\d+|unknown).*");
    }

    @Test
    void a_fraction_is_not_rounded_to_a_whole_number() {
        var answer =
                clinics.open().owner().post("/healthcare-services", "{\"name\":\"Control\",\"durationMinutes\":30.9}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/durationMinutes");
    }

    @Test
    void bytes_that_are_no_utf8_and_bodies_that_are_no_json_are_refused() {
        var receptionist = clinics.open().receptionist();
        var latin1 = "{\"givenName\":\"Peña\",\"familyName\":\"Sosa\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(receptionist.post("/patients", latin1).status()).isEqualTo(400);
        assertThat(receptionist
                        .with("Content-Type", "text/plain")
                        .post("/patients", "hola")
                        .status())
                .isEqualTo(415);
        assertThat(receptionist.post("/patients", "").code()).isEqualTo("invalid-json");
        assertThat(receptionist.post("/patients", "null").status()).isBetween(400, 422);
        assertThat(receptionist.post("/patients", "[]").code()).isEqualTo("invalid-json");
    }

    @Test
    void emoji_and_combining_accents_come_back_as_they_were_sent() {
        var receptionist = clinics.open().receptionist();
        var name = "Zoe\u0301 👩🏽‍⚕️ Ñandú";
        var created = receptionist.post("/patients", Map.of("givenName", name, "familyName", "Sosa 💐"));
        assertThat(created.status()).isEqualTo(201);
        var read = receptionist.get("/patients/" + created.id());
        assertThat(read.at("/givenName")).isEqualTo(name);
        assertThat(read.at("/familyName")).isEqualTo("Sosa 💐");
    }

    @Test
    void an_address_with_a_malformed_id_or_parameter_is_a_problem_and_never_a_500() {
        var receptionist = clinics.open().receptionist();
        assertThat(receptionist.get("/patients/no-uuid").status()).isEqualTo(404);
        assertThat(receptionist.get("/messages?limit=x").code()).isEqualTo("invalid-parameter");
        assertThat(receptionist.get("/messages?limit=100000").code()).isEqualTo("invalid-parameter");
        assertThat(receptionist.get("/messages?cursor=forged").code()).isEqualTo("invalid-cursor");
        assertThat(receptionist.get("/appointments?from=x&to=y").code()).isEqualTo("invalid-parameter");
        assertThat(receptionist
                        .send("PATCH", "/patients/" + UUID.randomUUID(), "{}")
                        .code())
                .isEqualTo("method-not-allowed");
    }
}
