package app.recado.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.KeyedHash;
import app.recado.kernel.security.ClientRequests;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import tools.jackson.databind.json.JsonMapper;

/** What a caller may ask is one quota, however many replicas answer. */
@RecadoTest
class SharedQuotasTest {

    private static final int BURST = 100;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KeyedHash hash;

    @Autowired
    QuotaRows rows;

    @Autowired
    Clinics clinics;

    private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /** A process of its own: nothing but the database is shared. */
    private RequestLimits replica() {
        return new RequestLimits(
                new RequestLimits.Settings(BURST, BURST, BURST, BURST),
                new QuotaRows(jdbc, hash),
                new ClientRequests(),
                new ProblemResponses(JsonMapper.builder().build()),
                new SimpleMeterRegistry(),
                () -> now);
    }

    @AfterEach
    void forgetWhoAsked() {
        SecurityContextHolder.clearContext();
    }

    private static int status(RequestLimits replica, String subject) throws Exception {
        SecurityContextHolder.getContext()
                .setAuthentication(new JwtAuthenticationToken(Jwt.withTokenValue("t")
                        .header("alg", "none")
                        .subject(subject)
                        .claim("azp", "recado-console")
                        .build()));
        var response = new MockHttpServletResponse();
        replica.doFilter(new MockHttpServletRequest("GET", "/api/v1/me"), response, (passed, answered) -> {});
        return response.getStatus();
    }

    private static int granted(RequestLimits replica, String subject, int times) throws Exception {
        int granted = 0;
        for (int i = 0; i < times; i++) {
            granted += status(replica, subject) == 200 ? 1 : 0;
        }
        return granted;
    }

    @Test
    void two_replicas_grant_one_quota_together_and_what_comes_back_once() throws Exception {
        var one = replica();
        var other = replica();
        var subject = "account-" + UUID.randomUUID();

        assertThat(granted(one, subject, 60)).isEqualTo(60);
        assertThat(granted(other, subject, BURST) + granted(one, subject, BURST))
                .isEqualTo(BURST - 60);

        now = now.plusSeconds(6);
        assertThat(granted(one, subject, BURST) + granted(other, subject, BURST))
                .isEqualTo(10);
    }

    @Test
    void replicas_that_ask_at_once_grant_no_request_twice_and_lose_none() throws Exception {
        var subject = "account-" + UUID.randomUUID();
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var replica = replica();
            calls.add(() -> granted(replica, subject, BURST / 2));
        }
        int granted = 0;
        try (var pool = Executors.newFixedThreadPool(calls.size())) {
            for (var call : pool.invokeAll(calls)) {
                granted += call.get();
            }
        }
        // Each may have lent a twentieth before it asked; what was lent is taken before anything else is granted.
        assertThat(granted).isBetween(BURST, BURST + 8 * BURST / 20);
    }

    @Test
    void a_caller_who_has_everything_back_is_forgotten_and_no_row_says_who_asked() throws Exception {
        var subject = "account-" + UUID.randomUUID();
        now = now.minusSeconds(3600);
        granted(replica(), subject, BURST);
        var key = hash.ofNobodys("request-quota", "default subject " + subject);
        assertThat(jdbc.sql("select count(*) from request_quota where caller = ?")
                        .param(key)
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(key).doesNotContain(subject);

        rows.forget();

        assertThat(jdbc.sql("select count(*) from request_quota where caller = ?")
                        .param(key)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_export_counts_for_twenty_requests_and_what_is_refused_for_one() {
        var clinic = clinics.open();
        long before = left(clinic.owner());
        clinic.owner().get("/patients/export");
        assertThat(left(clinic.owner())).isBetween(before - 21, before - 18);

        var practitioner = clinic.practitioner();
        before = left(practitioner);
        assertThat(practitioner.get("/patients/export").status()).isEqualTo(403);
        assertThat(left(practitioner)).isBetween(before - 2, before);
    }

    private static long left(Api caller) {
        var header = Objects.requireNonNull(caller.get("/practitioners").header("RateLimit"));
        return Long.parseLong(header.replaceAll(".*;r=(\\d+);.*", "$1"));
    }
}
