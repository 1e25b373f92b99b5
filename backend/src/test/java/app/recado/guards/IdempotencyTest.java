package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.idempotency.ForgottenAnswers;
import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A request that is repeated does its work once, whoever repeats it and however soon. */
@RecadoTest
class IdempotencyTest {

    private static final Map<String, String> ANA = Map.of("givenName", "Ana", "familyName", "Sosa");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    ForgottenAnswers answers;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void a_creation_without_a_key_is_refused() {
        var answer = clinics.open().receptionist().send("POST", "/patients", ANA);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("idempotency-key-required");
    }

    @Test
    void the_same_key_and_body_answer_what_the_first_one_answered() {
        var receptionist = clinics.open().receptionist().key(key());
        var first = receptionist.post("/patients", ANA);
        var again = receptionist.post("/patients", ANA);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.etag()).isEqualTo(first.etag());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void a_kept_answer_is_deleted_when_nobody_can_ask_for_it_any_more() {
        var clinic = clinics.open();
        clinic.receptionist().key(key()).post("/patients", ANA);
        assertThat(keptBy(clinic)).isOne();

        clock.advance(Duration.ofHours(23));
        answers.forget();
        assertThat(keptBy(clinic)).isOne();

        clock.advance(Duration.ofHours(1));
        answers.forget();
        assertThat(keptBy(clinic)).isZero();
    }

    private int keptBy(Clinics.Clinic clinic) {
        return clinic.inside(() -> transaction.execute(status -> jdbc.sql("select count(*) from stored_answer")
                .query(Integer.class)
                .single()));
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        var receptionist = clinics.open().receptionist().key(key());
        receptionist.post("/patients", ANA);
        var other = receptionist.post("/patients", Map.of("givenName", "Eva", "familyName", "Sosa"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void keys_of_two_people_two_clinics_and_two_addresses_do_not_meet() {
        var key = key();
        var one = clinics.open();
        var two = clinics.open();
        var ana = one.withToken(TestTokens.member("ana", one.id(), List.of(Allow.RECEPTIONIST)))
                .key(key);
        var eva = one.withToken(TestTokens.member("eva", one.id(), List.of(Allow.RECEPTIONIST)))
                .key(key);
        var elsewhere = two.withToken(TestTokens.member("ana", two.id(), List.of(Allow.RECEPTIONIST)))
                .key(key);
        assertThat(List.of(
                                ana.post("/patients", ANA).id(),
                                eva.post("/patients", ANA).id(),
                                elsewhere.post("/patients", ANA).id())
                        .stream()
                        .distinct())
                .hasSize(3);
    }

    @Test
    void who_lost_the_role_cannot_read_an_answer_kept_for_them() {
        var clinic = clinics.open();
        var key = key();
        var receptionist = clinic.withToken(TestTokens.member("ana", clinic.id(), List.of(Allow.RECEPTIONIST)));
        assertThat(receptionist.key(key).post("/patients", ANA).status()).isEqualTo(201);
        var demoted = clinic.withToken(TestTokens.member("ana", clinic.id(), List.of(Allow.PRACTITIONER)));
        assertThat(demoted.key(key).post("/patients", ANA).status()).isEqualTo(403);
    }

    @Test
    void a_refusal_is_not_kept() {
        var receptionist = clinics.open().receptionist().key(key());
        assertThat(receptionist
                        .post("/patients", Map.of("givenName", "", "familyName", " "))
                        .status())
                .isEqualTo(422);
        assertThat(receptionist.post("/patients", ANA).status()).isEqualTo(201);
    }

    @Test
    void of_many_at_once_one_works_and_the_others_repeat_its_answer_or_are_told_to_wait() throws Exception {
        var receptionist = clinics.open().receptionist();
        var key = key();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Api.Answer>> calls = IntStream.range(0, 8)
                    .mapToObj(i ->
                            (Callable<Api.Answer>) () -> receptionist.key(key).post("/patients", ANA))
                    .toList();
            var answers = threads.invokeAll(calls);
            var ids = new java.util.HashSet<UUID>();
            for (var answer : answers) {
                if (answer.get().status() == 409) {
                    assertThat(answer.get().code()).isEqualTo("request-in-progress");
                    assertThat(answer.get().header("Retry-After")).isNotNull();
                } else {
                    assertThat(answer.get().status()).isEqualTo(201);
                    ids.add(answer.get().id());
                }
            }
            assertThat(ids).hasSize(1);
        }
        var found = receptionist.post("/patients/search", Map.of("text", "ana sosa"));
        assertThat(found.json().path("items").valueStream().collect(Collectors.toList()))
                .hasSize(1);
    }

    @Test
    void after_a_day_the_key_is_forgotten() {
        var receptionist = clinics.open().receptionist().key(key());
        var first = receptionist.post("/patients", ANA).id();
        clock.advance(Duration.ofHours(25));
        assertThat(receptionist.post("/patients", ANA).id()).isNotEqualTo(first);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
