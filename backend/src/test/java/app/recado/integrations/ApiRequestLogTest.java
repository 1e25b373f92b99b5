package app.recado.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.retention.Retained;
import app.recado.kernel.security.Scope;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.transaction.support.TransactionTemplate;

/** What programs asked, as whoever writes them sees it. */
@RecadoTest
class ApiRequestLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Autowired
    Clinics clinics;

    @Autowired
    ApiRequestLog log;

    @Autowired
    SettableClock clock;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    @Qualifier("oldApiRequests") Retained old;

    private Api program(Clinic clinic, Scope... scopes) {
        return clinic.withToken(TestTokens.client(clinics.apiClient(clinic, Set.of(scopes)), clinic.id()));
    }

    /** A request is noted once its answer has left, which the program may know before this server does. */
    private List<ApiRequestLog.Logged> logged(Clinic clinic, int wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            log.flush();
            var items = clinic.inside(() -> log.list(null, false, 200, null)).items();
            if (items.size() >= wanted || System.nanoTime() > end) {
                return items;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void a_request_is_logged_by_its_operation_and_what_came_of_it_and_nothing_of_a_patient() {
        var clinic = clinics.open();
        var program = program(clinic, Scope.PATIENTS_WRITE, Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT);
        var made = program.key(UUID.randomUUID().toString())
                .post("/patients", Map.of("givenName", "Anacleta", "familyName", "Núñez", "phone", "+5491123456789"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(program.get("/patients/" + made.id()).status()).isEqualTo(200);
        assertThat(program.get("/members").status()).isEqualTo(403);
        assertThat(logged(clinic, 3)).hasSize(3);

        var listed = clinic.owner().get("/api-requests");

        assertThat(listed.at("/items/0/problem")).isEqualTo("forbidden");
        assertThat(listed.at("/items/0/operation")).isEqualTo("listMembers");
        assertThat(listed.at("/items/0/status")).isEqualTo("403");
        assertThat(listed.text()).contains("createPatient", "getPatient");
        assertThat(listed.text())
                .doesNotContain("Anacleta")
                .doesNotContain("23456789")
                .doesNotContain(made.id().toString());
        assertThat(clinic.owner().get("/api-requests?refused=true").json().path("items"))
                .hasSize(1);
        assertThat(clinics.open().owner().get("/api-requests").json().path("items"))
                .as("another clinic's")
                .isEmpty();
    }

    @Test
    void people_and_strangers_are_not_logged() {
        var clinic = clinics.open();
        var other = clinics.open();
        clinic.owner().get("/practitioners");
        assertThat(program(clinic, Scope.DIRECTORY_READ).get("/practitioners").status())
                .isEqualTo(200);
        var foreign = TestTokens.client(clinics.apiClient(other, Set.of(Scope.DIRECTORY_READ)), other.id());
        assertThat(clinic.withToken(foreign).get("/practitioners").status()).isEqualTo(403);

        assertThat(logged(clinic, 1)).hasSize(1);
    }

    @Test
    void the_use_of_a_program_stands_beside_what_it_may_ask() {
        var clinic = clinics.open();
        var program = program(clinic, Scope.DIRECTORY_READ);
        program.get("/practitioners");
        program.get("/practitioners");
        program.get("/members");
        assertThat(logged(clinic, 3)).hasSize(3);

        var use = clinic.owner().get("/api-use");

        assertThat(use.at("/items/0/clientId"))
                .isEqualTo(clinic.owner().get("/api-clients").at("/items/0/id"));
        assertThat(use.at("/items/0/requests")).isEqualTo("3");
        assertThat(use.at("/items/0/refused")).isEqualTo("1");
        assertThat(Integer.parseInt(use.at("/perMinute"))).isPositive();
    }

    @Test
    void requests_go_after_thirty_days_whatever_else_is_kept_for_longer() {
        var clinic = clinics.open();
        var now = clock.instant();
        log.note(noted(clinic, now.minus(Duration.ofDays(31))));
        log.note(noted(clinic, now.minus(Duration.ofDays(29))));
        assertThat(logged(clinic, 2)).hasSize(2);

        var removed =
                clinic.inside(() -> transaction.execute(status -> old.remove(now.minus(Duration.ofDays(365)), 100)));

        assertThat(removed).isNotNull();
        assertThat(logged(clinic, 1))
                .singleElement()
                .satisfies(left -> assertThat(left.at()).isAfter(now.minus(Duration.ofDays(30))));
    }

    private static ApiRequestLog.Noted noted(Clinic clinic, Instant at) {
        return new ApiRequestLog.Noted(
                clinic.id(), "recado-client-gone", at, "GET", "listRooms", 200, null, 3, "127.0.0.1", "none", 0);
    }
}
