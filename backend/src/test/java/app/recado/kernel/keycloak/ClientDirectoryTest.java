package app.recado.kernel.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Keycloak that refuses leads to. What it does when it works is in ApiClientsForRealTest. */
class ClientDirectoryTest {

    private static final String SECRET = "a-secret-that-nobody-may-read";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;

    ClientDirectoryTest() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void starts() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/realms/recado/protocol/openid-connect/token",
                exchange -> send(exchange, 200, "{\"access_token\":\"token\",\"expires_in\":300}"));
        server.createContext("/admin", exchange -> {
            asked.add(exchange.getRequestMethod());
            send(exchange, status, status == 200 ? "[]" : "{\"error\":\"no\"}");
        });
        server.start();
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    private ClientDirectory directory(String secret) {
        return new ClientDirectory(new ClientDirectory.Access(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "recado",
                "recado-integrations",
                secret,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2)));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void a_refusal_is_a_service_that_is_not_available_and_says_nothing_of_the_secret() {
        status = 403;
        try (var directory = directory(SECRET)) {
            assertThatThrownBy(() -> directory.create("recado-client-1", "API client", "another-secret"))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> {
                        assertThat(refused.problem()).isEqualTo(Problem.IDENTITY_UNAVAILABLE);
                        assertThat(refused.detail()).doesNotContain("secret");
                    });
        }
    }

    @Test
    void removing_a_client_that_is_not_there_is_done() {
        try (var directory = directory(SECRET)) {
            directory.remove("recado-client-1");
        }
        assertThat(asked).containsExactly("GET");
    }

    @Test
    void without_a_service_account_nothing_is_asked() {
        try (var directory = directory("")) {
            assertThat(directory.isSetUp()).isFalse();
            assertThatThrownBy(() -> directory.remove("recado-client-1")).isInstanceOf(ProblemException.class);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void the_secret_of_the_service_account_is_not_printed() {
        assertThat(new ClientDirectory.Access("u", "r", "c", SECRET, Duration.ZERO, Duration.ZERO).toString())
                .doesNotContain(SECRET);
    }
}
