package app.recado.kernel.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a Keycloak that refuses, breaks off or is silent leads to. What it does when it works is in OnboardingTest. */
class OrganizationDirectoryTest {

    private static final String SECRET = "a-secret-that-nobody-may-read";
    private static final UUID CLINIC = UUID.randomUUID();
    private static final UUID ACCOUNT = UUID.randomUUID();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile Answer answer = new Answer(200, "[]");
    private HttpServer server;
    private OrganizationDirectory directory;

    private record Answer(int status, String body) {}

    OrganizationDirectoryTest() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.directory = directory(server.getAddress().getPort());
    }

    @BeforeEach
    void starts() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/realms/recado/protocol/openid-connect/token", exchange -> {
            tokens.incrementAndGet();
            send(exchange, 200, "{\"access_token\":\"token-" + tokens + "\",\"expires_in\":300}");
        });
        server.createContext("/admin", exchange -> {
            var said = answer;
            if (said.status() == 0) {
                waitForEnd();
            }
            send(exchange, said.status(), said.body());
        });
        server.start();
        log.start();
        ((Logger) LoggerFactory.getLogger("app.recado")).addAppender(log);
    }

    @AfterEach
    void ends() {
        over.countDown();
        directory.close();
        server.stop(0);
        ((Logger) LoggerFactory.getLogger("app.recado")).detachAppender(log);
    }

    @Test
    void more_answers_than_connections_leave_every_connection_free() {
        answer = new Answer(404, "{\"error\":\"no\"}");
        for (int i = 0; i < 2 * KeycloakConnection.CONNECTIONS; i++) {
            assertThat(directory.member(CLINIC, ACCOUNT)).isEmpty();
            directory.leave(CLINIC, ACCOUNT);
        }
        for (var status : List.of(409, 201)) {
            answer = new Answer(status, "{\"words\":\"that nobody reads\"}");
            for (int i = 0; i < 2 * KeycloakConnection.CONNECTIONS; i++) {
                directory.join(CLINIC, ACCOUNT);
            }
        }
        answer = new Answer(200, "[]");
        assertThat(directory.members(CLINIC)).isEmpty();
    }

    @Test
    void a_server_that_fails_or_is_silent_or_gone_is_one_problem_and_its_words_are_not_logged() {
        answer = new Answer(500, "{\"error\":\"somebody@clinic.example\"}");
        assertUnavailable();
        answer = new Answer(200, "no json");
        assertUnavailable();
        answer = new Answer(0, "");
        assertUnavailable();
        server.stop(0);
        assertUnavailable();

        assertThat(log.list)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.getFormattedMessage())
                        .doesNotContain(SECRET, "token-", "somebody@clinic.example"));
        assertThat(new OrganizationDirectory.Access("u", "r", "c", SECRET, "a", Duration.ZERO, Duration.ZERO))
                .asString()
                .doesNotContain(SECRET);
    }

    @Test
    void a_token_that_ended_early_is_replaced_once() {
        assertThat(directory.members(CLINIC)).isEmpty();
        answer = new Answer(401, "{}");
        assertUnavailable();
        assertThat(tokens).hasValue(2);
        answer = new Answer(200, "[]");
        assertThat(directory.members(CLINIC)).isEmpty();
    }

    @Test
    void an_account_that_the_realm_refuses_is_a_fault_of_the_fields_and_not_of_the_server() {
        answer = new Answer(400, "{\"errorMessage\":\"error-person-name-invalid-character\"}");
        assertThatThrownBy(() -> directory.create("a@b.example", "A", "B", "es"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELDS));
    }

    private void assertUnavailable() {
        assertThatThrownBy(() -> directory.members(CLINIC))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.IDENTITY_UNAVAILABLE));
    }

    private static OrganizationDirectory directory(int port) {
        return new OrganizationDirectory(new OrganizationDirectory.Access(
                "http://127.0.0.1:" + port,
                "recado",
                "recado-backend",
                SECRET,
                "api",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
    }

    private void waitForEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (status == 401) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"recado\"");
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
