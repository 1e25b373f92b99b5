package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What no honest client sends: it gets a problem of the catalogue, never a 500, a page of HTML or an operation. */
@RecadoTest
class HostileRequestsTest {

    @Autowired
    Clinics clinics;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/v1/me",
                "/api/v1/%6De",
                "/api//v1/me",
                "//api/v1/me",
                "/api/v1/./me",
                "/api/v1/x/../me",
                "/api/v1/%2e%2e/v1/me",
                "/api/v1/me;x=1",
                "/api/v1/me%2F",
                "/api/v1/me%25",
                "/api/v1/me%00",
                "/api/v1/me\\x"
            })
    void an_address_has_one_spelling(String address) throws IOException {
        var answer = raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"code\":\"address-malformed\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/me HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "GET /api/{v1} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "BREW\u0001 /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST /api/v1/organizations HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
            })
    void what_is_no_http_is_refused_without_a_page_of_html(String request) throws IOException {
        assertThat(raw(request)).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("<html", "Tomcat");
    }

    @Test
    void the_servers_own_error_address_shows_nothing() {
        var answer = clinics.anonymous().get("/error");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/*+json",
                "application/yaml",
                "application/x-yaml",
                "text/yaml",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "application/json; charset=nothing",
                "no type at all"
            })
    void only_json_in_utf8_is_read(String type) {
        var answer = clinics.open()
                .receptionist()
                .with("Content-Type", type)
                .post("/patients", "{\"givenName\":\"Ana\",\"familyName\":\"Sosa\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=%ED%A0%80&to=2031-01-31",
                "from=%00&to=2031-01-31",
                "from=%FF&to=2031-01-31",
                "from=%zz&to=2031-01-31",
                "from=%C3&to=2031-01-31",
                "from=-999999999-01-01&to=2031-01-31",
                "from=+999999999-01-01&to=2031-01-31",
                "from=0000-01-01&to=2031-01-31",
                "from=2031-02-30&to=2031-03-31",
                "from=2031-01-01T00:00:00Z&to=2031-01-31"
            })
    void a_parameter_that_cannot_be_kept_is_refused(String query) throws IOException {
        var clinic = clinics.open();
        var answer = raw("GET /api/v1/organizations/" + clinic.id() + "/appointments?" + query
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TestTokens.member("ana", clinic.id(), List.of(Allow.RECEPTIONIST))
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"invalid-parameter\"");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /patients     | {"givenName":"Ana","familyName":"Sosa","birthDate":[]}                        | /birthDate
            /patients     | {"givenName":"Ana","familyName":"Sosa","birthDate":[2020,1,1]}                | /birthDate
            /patients     | {"givenName":"Ana","familyName":"Sosa","birthDate":"2020-01-01T10:00:00Z"}    | /birthDate
            /patients     | {"givenName":"Ana","familyName":"Sosa","birthDate":"+12020-01-01"}            | /birthDate
            /patients     | {"givenName":"Ana","familyName":"Sosa","birthDate":" "}                       | /birthDate
            /messages     | {"patientId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","lineId":" ","content":{"kind":"text","text":"x"}} | /lineId
            /messages     | {"patientId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","lineId":"\\u0000","content":{"kind":"text","text":"x"}} | /lineId
            /appointments | {"patientId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","practitionerId":"","healthcareServiceId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","start":"2031-01-01T10:00:00Z"} | /practitionerId
            /appointments | {"patientId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","start":"1800000000"}     | /start
            /appointments | {"patientId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","start":"-4800-01-01T10:00:00Z"} | /start
            /appointments | {"patientId":"01a22856-ec0b-7fcc-8a63-f8f7879bcf41","start":"+99999-01-01T10:00:00Z"} | /start
            """)
    void text_is_never_taken_for_a_missing_or_another_value(String path, String body, String pointer) {
        var answer = clinics.open().receptionist().post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-json");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quietHours\":{\"from\":[1,2,3],\"to\":\"08:00\"}}",
                "{\"quietHours\":{\"from\":\"\",\"to\":\"08:00\"}}",
                "{\"quietHours\":{\"from\":\"21\",\"to\":\"08:00\"}}"
            })
    void an_hour_is_text_of_one_form(String body) {
        var owner = clinics.open().owner();
        var answer = owner.ifMatch(owner.get("").etag()).patch("", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u200b", "\ufffe", "\r\n", "\u2028"})
    void a_clinic_has_a_name_that_can_be_read(String nothing) {
        var owner = clinics.open().owner();
        var answer = owner.ifMatch(owner.get("").etag()).patch("", Map.of("name", nothing));
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/name");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
