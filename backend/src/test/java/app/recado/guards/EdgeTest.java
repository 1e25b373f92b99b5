package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What stands in front of the server is believed only where it was named. */
class EdgeTest {

    @Nested
    @RecadoTest
    @TestPropertySource(
            properties = {
                "RECADO_ALLOWED_HOSTS=clinics.test",
                "RECADO_TRUSTED_PROXIES=127.0.0.0/8",
                "RECADO_CORS_ORIGINS=https://site.test"
            })
    class Behind_a_named_proxy {

        @LocalServerPort
        int port;

        @Test
        void only_the_listed_host_is_answered() throws IOException {
            assertThat(get(port, "/api/console-config", "Host: clinics.test")).startsWith("HTTP/1.1 200");
            assertThat(get(port, "/api/console-config", "Host: CLINICS.test:8443"))
                    .startsWith("HTTP/1.1 200");
            assertThat(get(port, "/api/console-config", "Host: rebound.attacker.test"))
                    .startsWith("HTTP/1.1 421")
                    .contains("host-not-served");
            assertThat(get(port, "/api/health", "Host: 10.42.0.7")).startsWith("HTTP/1.1 200");
        }

        @Test
        void the_proxys_word_that_the_browser_came_encrypted_is_taken() throws IOException {
            assertThat(get(port, "/api/console-config", "Host: clinics.test", "X-Forwarded-Proto: https"))
                    .contains("Strict-Transport-Security");
            assertThat(get(port, "/api/console-config", "Host: clinics.test"))
                    .doesNotContain("Strict-Transport-Security");
        }

        @Test
        void guessing_tokens_is_slowed_down_by_address_while_everybody_else_goes_on() throws IOException {
            var guess =
                    new String[] {"Host: clinics.test", "Authorization: Bearer guess", "X-Forwarded-For: 203.0.113.9"};
            String answer;
            int tries = 0;
            do {
                answer = get(port, "/api/v1/me", guess);
            } while (answer.startsWith("HTTP/1.1 401") && ++tries < 2000);
            assertThat(answer).startsWith("HTTP/1.1 429").contains("Retry-After: ");
            assertThat(tries).isGreaterThanOrEqualTo(300);
            assertThat(get(port, "/api/v1/me", "Host: clinics.test", "X-Forwarded-For: 203.0.113.10"))
                    .startsWith("HTTP/1.1 401");
            var signedIn = "Authorization: Bearer " + TestTokens.platformAdmin();
            assertThat(get(port, "/api/v1/me", "Host: clinics.test", signedIn, "X-Forwarded-For: 203.0.113.9"))
                    .startsWith("HTTP/1.1 200");
        }

        @Test
        void pages_of_a_listed_origin_may_call_the_api_and_others_may_not() throws IOException {
            assertThat(get(port, "/api/console-config", "Host: clinics.test", "Origin: https://site.test"))
                    .contains("Access-Control-Allow-Origin: https://site.test")
                    .doesNotContain("Access-Control-Allow-Credentials");
            assertThat(get(port, "/api/console-config", "Host: clinics.test", "Origin: https://other.test"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Nested
    @RecadoTest
    class With_nothing_named {

        @LocalServerPort
        int port;

        @Test
        void forwarded_headers_of_anybody_are_ignored() throws IOException {
            assertThat(get(port, "/api/console-config", "Host: clinics.test", "X-Forwarded-Proto: https"))
                    .doesNotContain("Strict-Transport-Security");
        }

        @Test
        void no_other_origin_may_read_answers() throws IOException {
            assertThat(get(port, "/api/console-config", "Host: clinics.test", "Origin: https://site.test"))
                    .doesNotContain("Access-Control-Allow-Origin");
        }
    }

    /** By hand: an HTTP client would not let a test write the Host header. */
    private static String get(int port, String path, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request =
                    "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
