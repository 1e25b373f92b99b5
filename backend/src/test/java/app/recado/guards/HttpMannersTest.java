package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What holds for the server as a whole: public answers, headers, tokens that are refused. */
@RecadoTest
class HttpMannersTest {

    @Autowired
    Clinics clinics;

    @Test
    void a_request_is_timed_once_and_not_again_in_each_filter(@Autowired MeterRegistry metrics) {
        var receptionist = clinics.open().receptionist();
        receptionist.get("/practitioners");
        receptionist.get("/practitioners"); // the one before is counted by now
        assertThat(metrics.getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains("http.server.requests")
                .noneMatch(name -> name.startsWith("spring.security"));
    }

    @Test
    void health_and_readiness_are_public() {
        var health = clinics.anonymous().get("/api/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text()).isEqualTo("{\"status\":\"ok\",\"service\":\"recado\"}");
        assertThat(clinics.anonymous().get("/api/readiness").status()).isEqualTo(200);
    }

    @Test
    void the_api_can_be_tried_in_a_browser_before_signing_in() {
        var docs = clinics.anonymous().get("/api/docs");
        assertThat(docs.status()).isEqualTo(302);
        assertThat(clinics.anonymous()
                        .get(URI.create(String.valueOf(docs.header("Location"))).getPath())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void every_answer_carries_a_strict_content_policy_and_a_trace_id() {
        var answer = clinics.anonymous().get("/api/health");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("script-src 'self';")
                .contains("object-src 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Permissions-Policy"))
                .as("voice notes are recorded by our own pages alone")
                .isEqualTo("camera=(), microphone=(self), geolocation=()");
        assertThat(answer.header("Recado-Trace-Id")).matches("[0-9a-f]{32}");
    }

    @Test
    void an_unknown_address_of_the_api_is_a_problem_with_its_trace_id() {
        var answer = clinics.platformAdmin().get("/api/v1/nothing-here");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo("not-found");
        assertThat(answer.at("/traceId")).isEqualTo(answer.header("Recado-Trace-Id"));
    }

    enum WrongToken {
        OF_ANOTHER_REALM,
        FOR_ANOTHER_API,
        AN_ID_TOKEN,
        OF_AN_UNKNOWN_CLIENT,
        EXPIRED,
        GARBLED
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_token_opens_nothing(WrongToken wrong) {
        var clinic = clinics.open();
        var good = TestTokens.member("ana", clinic.id(), List.of(app.recado.kernel.security.Allow.OWNER));
        var token = switch (wrong) {
            case OF_ANOTHER_REALM -> TestTokens.token("ana", c -> c.issuer("http://identity.test/realms/other"));
            case FOR_ANOTHER_API -> TestTokens.token("ana", c -> c.audience("billing"));
            case AN_ID_TOKEN -> TestTokens.token("ana", c -> c.claim("typ", "ID"));
            case OF_AN_UNKNOWN_CLIENT -> TestTokens.token("ana", c -> c.claim("azp", "recado-dev"));
            case EXPIRED ->
                TestTokens.token(
                        "ana", c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120))));
            case GARBLED -> good.substring(0, good.length() - 8) + "AAAAAAAA";
        };
        var answer = clinic.withToken(token).get("/events");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.code()).isEqualTo("unauthenticated");
    }

    @Test
    void a_body_over_the_limit_is_refused_before_it_is_understood() {
        var answer =
                clinics.platformAdmin().post("/api/v1/organizations", "{\"name\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
    }

    @Test
    void a_runaway_client_is_told_to_wait_and_nobody_else_is() {
        var clinic = clinics.open();
        var runaway = clinics.platformAdmin().with("Authorization", "Bearer " + TestTokens.token("runaway", c -> {}));
        int refused = 0;
        for (int i = 0; i < 2000 && refused == 0; i++) {
            var answer = runaway.get("/api/v1/nothing-here");
            if (answer.status() == 429) {
                refused++;
                assertThat(answer.code()).isEqualTo("too-many-requests");
                assertThat(answer.header("Retry-After")).matches("\\d+");
                assertThat(answer.header("RateLimit")).contains("r=0");
            }
        }
        assertThat(refused).isOne();
        assertThat(clinic.owner().get("/nothing").status()).isEqualTo(404);
    }
}
