package app.recado.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.security.ClientRequests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import tools.jackson.databind.json.JsonMapper;

class RequestLimitsTest {

    private static final String BOOKING = "/api/v1/public/booking/los-almendros";
    private static final UUID CLINIC = new UUID(0, 7);
    private static final String PATIENTS = "/api/v1/organizations/" + CLINIC + "/patients/search";

    private Instant now = Instant.parse("2026-11-24T13:00:00Z");

    /** What all replicas share, in memory. */
    private final Map<String, Instant> rows = new HashMap<>();

    private int asked;

    private boolean reachable = true;

    private final RequestLimits limits = replica(4, 8);

    private RequestLimits replica(int burst, int perMinute) {
        return new RequestLimits(
                new RequestLimits.Settings(burst, perMinute, 2, 6),
                (quota, who, owed, wanted, at) -> {
                    asked++;
                    var taken = quota.take(rows.getOrDefault(who, Instant.EPOCH), owed, wanted, at);
                    return reachable ? remember(who, taken) : null;
                },
                new ClientRequests(),
                new ProblemResponses(JsonMapper.builder().build()),
                new SimpleMeterRegistry(),
                () -> now);
    }

    private Quota.Taken remember(String who, Quota.Taken taken) {
        rows.put(who, taken.spentUntil());
        return taken;
    }

    @AfterEach
    void forgetWhoAsked() {
        SecurityContextHolder.clearContext();
    }

    private MockHttpServletResponse asks(String address, String path) throws ServletException, IOException {
        return asks(limits, address, path);
    }

    private static MockHttpServletResponse asks(RequestLimits limits, String address, String path)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr(address);
        var response = new MockHttpServletResponse();
        limits.doFilter(request, response, (passed, answered) -> {});
        return response;
    }

    private static void signIn(String subject) {
        signIn(subject, "recado-console");
    }

    private static void signIn(String subject, String client) {
        var token = Jwt.withTokenValue("t")
                .header("alg", "none")
                .subject(subject)
                .claim("azp", client)
                .claim("organization", Map.of("los-almendros", Map.of("id", CLINIC.toString())))
                .build();
        SecurityContextHolder.getContext().setAuthentication(new JwtAuthenticationToken(token));
    }

    @Test
    void an_address_may_ask_less_of_what_anybody_may_read_and_is_told_how_much() throws Exception {
        var first = asks("192.0.2.1", BOOKING);
        assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"public\";q=2;w=60");
        assertThat(first.getHeader("RateLimit")).isEqualTo("\"public\";r=1;t=30");
        asks("192.0.2.1", BOOKING);

        var refused = asks("192.0.2.1", BOOKING);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("RateLimit")).isEqualTo("\"public\";r=0;t=30");
        assertThat(refused.getHeader("Retry-After")).isEqualTo("30");

        assertThat(asks("192.0.2.2", BOOKING).getStatus()).isEqualTo(200);
        assertThat(asks("192.0.2.1", "/api/health").getHeader("RateLimit-Policy"))
                .isEqualTo("\"default\";q=4;w=30");
    }

    @Test
    void addresses_of_one_ipv6_network_are_one_caller() throws Exception {
        asks("2001:db8:1:2::1", BOOKING);
        asks("2001:db8:1:2:3:4:5:6", BOOKING);
        assertThat(asks("2001:db8:1:2::9", BOOKING).getStatus()).isEqualTo(429);
        assertThat(asks("2001:db8:1:3::1", BOOKING).getStatus()).isEqualTo(200);
    }

    @Test
    void each_account_is_counted_apart_wherever_it_comes_from() throws Exception {
        signIn("marcela");
        for (int i = 0; i < 4; i++) {
            assertThat(asks("192.0.2." + i, PATIENTS).getStatus()).isEqualTo(200);
        }
        assertThat(asks("192.0.2.9", PATIENTS).getStatus()).isEqualTo(429);

        signIn("valentina");
        var other = asks("192.0.2.9", PATIENTS);
        assertThat(other.getStatus()).isEqualTo(200);
        assertThat(other.getHeader("RateLimit")).isEqualTo("\"default\";r=3;t=8");
    }

    @Test
    void all_programs_of_a_clinic_have_a_share_together_and_its_people_are_not_held_up() throws Exception {
        for (int i = 0; i < 6; i++) {
            signIn("account-" + i, "recado-client-" + i);
            var answer = asks("192.0.2.1", PATIENTS);
            assertThat(answer.getStatus()).isEqualTo(200);
            assertThat(answer.getHeader("RateLimit-Policy")).isEqualTo("\"default\";q=4;w=30, \"programs\";q=6;w=60");
            assertThat(answer.getHeader("RateLimit"))
                    .isEqualTo("\"default\";r=3;t=8, \"programs\";r=%d;t=%d".formatted(5 - i, 10 * (i + 1)));
        }
        signIn("account-6", "recado-client-6");
        var refused = asks("192.0.2.1", PATIENTS);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("RateLimit")).startsWith("\"programs\";r=0;t=");

        // At another clinic the client is nobody, and uses up nothing there.
        var foreign = asks("192.0.2.1", "/api/v1/organizations/" + new UUID(0, 8) + "/patients/search");
        assertThat(foreign.getHeader("RateLimit-Policy")).doesNotContain("programs");
        signIn("marcela");
        assertThat(asks("192.0.2.1", PATIENTS).getStatus()).isEqualTo(200);
    }

    @Test
    void what_is_used_comes_back_evenly_and_never_more_than_there_was() throws Exception {
        signIn("marcela");
        for (int i = 0; i < 4; i++) {
            asks("192.0.2.1", PATIENTS);
        }
        now = now.plusSeconds(7);
        assertThat(asks("192.0.2.1", PATIENTS).getHeader("Retry-After")).isEqualTo("1");
        now = now.plusSeconds(1);
        assertThat(asks("192.0.2.1", PATIENTS).getStatus()).isEqualTo(200);
        now = now.plusSeconds(3600);
        assertThat(asks("192.0.2.1", PATIENTS).getHeader("RateLimit")).isEqualTo("\"default\";r=3;t=8");
    }

    @Test
    void a_costly_operation_counts_for_several_requests_and_is_refused_when_they_are_not_left() throws Exception {
        var wide = replica(100, 60);
        signIn("marcela");
        var request = new MockHttpServletRequest("GET", PATIENTS);
        wide.doFilter(request, new MockHttpServletResponse(), (passed, answered) -> {});
        var response = new MockHttpServletResponse();
        wide.charge(request, response, 20);
        assertThat(response.getHeader("RateLimit")).isEqualTo("\"default\";r=80;t=20");

        wide.charge(request, new MockHttpServletResponse(), 71);
        var refused = new MockHttpServletResponse();
        assertThatThrownBy(() -> wide.charge(request, refused, 21)).hasMessageContaining("10 s");
        assertThat(refused.getHeader("Retry-After")).isEqualTo("10");

        // What costs more than there ever is takes everything, and is not refused for ever.
        now = now.plusSeconds(100);
        wide.charge(request, new MockHttpServletResponse(), 1000);
    }

    @Test
    void most_requests_ask_nobody_and_who_is_refused_asks_again_only_when_something_has_come_back() throws Exception {
        var wide = replica(100, 60);
        signIn("marcela");
        for (int i = 0; i < 100; i++) {
            assertThat(asks(wide, "192.0.2.1", PATIENTS).getStatus()).isEqualTo(200);
        }
        assertThat(asked).isEqualTo(19);
        for (int i = 0; i < 100; i++) {
            assertThat(asks(wide, "192.0.2.1", PATIENTS).getStatus()).isEqualTo(429);
        }
        assertThat(asked).isEqualTo(19);
    }

    @Test
    void where_nobody_answers_a_replica_counts_for_itself() throws Exception {
        reachable = false;
        signIn("marcela");
        for (int i = 0; i < 4; i++) {
            assertThat(asks("192.0.2.1", PATIENTS).getStatus()).isEqualTo(200);
        }
        assertThat(asks("192.0.2.1", PATIENTS).getStatus()).isEqualTo(429);
    }

    @Test
    void a_probe_asks_nobody_however_often_it_comes() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(asks("192.0.2.1", "/api/readiness").getStatus()).isEqualTo(200);
        }
        assertThat(asked).isZero();
    }
}
