package app.recado.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Publishable;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import app.recado.testing.StubProvider.Asked;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Other systems are told of what happens: real HTTP on the loopback, signatures checked by the standard's own library. */
@RecadoTest
class WebhooksTest {

    private static final String ENDPOINTS = "/webhook-endpoints";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    WebhookSender sender;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final StubProvider receiver = new StubProvider();
    private Clinics.@Nullable Clinic opened;
    private @Nullable Map<String, Object> visit;

    @BeforeEach
    void open() {
        // The standard's library compares signatures with the real time.
        clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        receiver.always(asked -> StubProvider.Answer.json(200, "{}"));
        opened = clinics.open();
        visit = Map.of(
                "patientId",
                clinic().receptionist()
                        .post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez", "phone", "+5491123456789"))
                        .id(),
                "practitionerId",
                clinic().owner()
                        .post("/practitioners", Map.of("displayName", "Dra. Gómez"))
                        .id(),
                "healthcareServiceId",
                clinic().owner()
                        .post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30))
                        .id());
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private static Map<String, Object> at(String url, String... types) {
        return Map.of("url", url, "description", "Historia clínica", "eventTypes", List.of(types), "active", true);
    }

    private Answer endpoint(String url, String... types) {
        var answer = clinic().owner().post(ENDPOINTS, at(url, types));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer told() {
        return endpoint(receiver.url() + "/recado?tenant=42", "appointment.booked", "appointment.rescheduled");
    }

    private Answer read(Answer endpoint) {
        return clinic().owner().get(ENDPOINTS + "/" + endpoint.id());
    }

    private Instant day(int days) {
        return clock.instant()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofDays(days))
                .plus(Duration.ofHours(15));
    }

    private Answer books(Instant start) {
        var body = new HashMap<>(Objects.requireNonNull(visit));
        body.put("start", start.toString());
        return clinic().receptionist().post("/appointments", body);
    }

    private Answer moves(Answer booked, Instant start) {
        return clinic().receptionist()
                .ifMatch(booked.etag())
                .send("POST", "/appointments/%s/reschedule".formatted(booked.id()), Map.of("start", start.toString()));
    }

    private String secret(Answer endpoint) {
        return clinic().owner()
                .get(ENDPOINTS + "/%s/secret".formatted(endpoint.id()))
                .at("/secret");
    }

    private static void verify(String secret, Asked asked) throws Exception {
        var headers = new HashMap<String, List<String>>();
        asked.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
        new Webhook(secret).verify(asked.text(), headers);
    }

    private Answer delivery(Answer endpoint) {
        return clinic().owner().get(ENDPOINTS + "/%s/deliveries?limit=1".formatted(endpoint.id()));
    }

    @Test
    void deliveries_are_asked_for_by_the_names_that_answers_give_their_states() {
        var endpoint = told();
        books(day(1));
        var address = ENDPOINTS + "/" + endpoint.id() + "/deliveries?state=";
        assertThat(clinic().owner().get(address + "pending").at("/items/0/state"))
                .isEqualTo("pending");
        assertThat(clinic().owner().get(address + "delivered").text()).contains("\"items\":[]");
        assertThat(clinic().owner().get(address + "lost").status()).isEqualTo(400);
    }

    @Test
    void a_booking_is_told_signed_once_and_without_a_word_of_the_patient() throws Exception {
        var endpoint = told();
        var booked = books(day(3));
        jobs.run();
        assertThat(receiver.asked()).hasSize(1);
        var asked = receiver.last();
        verify(secret(endpoint), asked);
        assertThat(asked.path()).isEqualTo("/recado?tenant=42");
        assertThat(asked.json().at("/type").asString()).isEqualTo("appointment.booked");
        assertThat(asked.json().at("/data/id").asString()).isEqualTo(booked.id().toString());
        assertThat(asked.json().at("/data/organizationId").asString())
                .isEqualTo(clinic().id().toString());
        assertThat(asked.text())
                .doesNotContain("Ana")
                .doesNotContain("Núñez")
                .doesNotContain("23456789")
                .doesNotContain(String.valueOf(Objects.requireNonNull(visit).get("patientId")));
        moves(booked, day(4));
        jobs.run();
        assertThat(receiver.last().json().at("/data/sequence").asLong())
                .isGreaterThan(asked.json().at("/data/sequence").asLong());
        assertThat(delivery(endpoint).at("/items/0/state")).isEqualTo("delivered");
    }

    @Test
    void what_did_not_happen_or_was_not_asked_for_is_not_told() {
        told();
        assertThat(books(day(3)).status()).isEqualTo(201);
        jobs.run();
        assertThat(books(day(3)).code()).isEqualTo("slot-taken");
        var cancelled = books(day(5));
        clinic().receptionist()
                .ifMatch(cancelled.etag())
                .send("POST", "/appointments/%s/cancel".formatted(cancelled.id()), Map.of());
        jobs.run();
        assertThat(receiver.asked())
                .extracting(asked -> asked.json().at("/type").asString())
                .containsExactly("appointment.booked", "appointment.booked");
    }

    @Test
    void who_does_not_take_it_is_told_again_later_with_the_same_id() {
        var endpoint = told();
        receiver.answers(500, "{\"error\":\"maintenance\"}").then(StubProvider.Answer.hangUp());
        books(day(3));
        jobs.run();
        assertThat(delivery(endpoint).at("/items/0/state")).isEqualTo("pending");
        assertThat(delivery(endpoint).at("/items/0/lastStatus")).isEqualTo("500");
        clock.advance(Duration.ofSeconds(4));
        jobs.run();
        assertThat(receiver.asked()).as("not before five seconds").hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        jobs.run();
        clock.advance(Duration.ofMinutes(6));
        jobs.run();
        assertThat(receiver.asked()).hasSize(3);
        assertThat(receiver.asked())
                .extracting(asked -> asked.header("webhook-id"))
                .containsOnly(delivery(endpoint).at("/items/0/eventId"));
        assertThat(delivery(endpoint).at("/items/0/state")).isEqualTo("delivered");
        var attempts = clinic().owner()
                .get(ENDPOINTS
                        + "/%s/deliveries/%s/attempts"
                                .formatted(endpoint.id(), delivery(endpoint).at("/items/0/eventId")))
                .json()
                .at("/items");
        assertThat(attempts.valueStream().map(attempt -> attempt.at("/status").asString("-")))
                .containsExactly("500", "-", "200");
        assertThat(attempts.at("/0/answer").asString()).contains("maintenance");
    }

    @Test
    void a_receiver_is_left_alone_as_long_as_it_asks() {
        told();
        receiver.then(new StubProvider.Answer(
                503, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of("Retry-After", "3600")));
        books(day(3));
        jobs.run();
        clock.advance(Duration.ofMinutes(59));
        jobs.run();
        assertThat(receiver.asked()).hasSize(1);
        clock.advance(Duration.ofMinutes(8));
        jobs.run();
        assertThat(receiver.asked()).hasSize(2);
    }

    @Test
    void a_redirect_is_not_followed() {
        var endpoint = told();
        var elsewhere = new StubProvider();
        receiver.then(new StubProvider.Answer(
                302, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of("Location", elsewhere.url())));
        books(day(3));
        jobs.run();
        assertThat(elsewhere.asked()).isEmpty();
        assertThat(delivery(endpoint).at("/items/0/state")).isEqualTo("pending");
        elsewhere.close();
    }

    @Test
    void who_is_gone_is_told_no_more_until_somebody_switches_it_on_and_then_of_all_it_missed() {
        var endpoint = told();
        receiver.answers(410, "{}");
        books(day(3));
        jobs.run();
        assertThat(read(endpoint).at("/state")).isEqualTo("disabled");
        assertThat(read(endpoint).at("/cause")).isEqualTo("gone");
        books(day(4));
        jobs.run();
        assertThat(receiver.asked()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        var on = clinic().owner()
                .ifMatch(read(endpoint).etag())
                .put(ENDPOINTS + "/" + endpoint.id(), at(receiver.url(), "appointment.booked"));
        assertThat(on.at("/state")).as(on.text()).isEqualTo("active");
        jobs.run();
        assertThat(receiver.asked()).hasSize(3);
    }

    @Test
    void who_takes_nothing_for_five_days_is_given_up() {
        var endpoint = told();
        receiver.always(asked -> StubProvider.Answer.json(500, "{}"));
        books(day(30));
        for (int hour = 0; hour < 5 * 24; hour += 12) {
            jobs.run();
            assertThat(read(endpoint).at("/state")).as("after %d hours", hour).isEqualTo("active");
            clock.advance(Duration.ofHours(12));
            books(day(40).plus(Duration.ofHours(hour)));
        }
        jobs.run();
        assertThat(read(endpoint).at("/state")).isEqualTo("disabled");
        assertThat(read(endpoint).at("/cause")).isEqualTo("failing");
    }

    @Test
    void a_replaced_secret_signs_beside_the_new_one_for_as_long_as_was_said() throws Exception {
        var endpoint = told();
        var former = secret(endpoint);
        var rotated = clinic().owner()
                .ifMatch(endpoint.etag())
                .send("POST", ENDPOINTS + "/%s/rotate-secret".formatted(endpoint.id()), Map.of("overlapHours", 1));
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        var current = secret(endpoint);
        assertThat(current).isNotEqualTo(former);
        books(day(3));
        jobs.run();
        verify(former, receiver.last());
        verify(current, receiver.last());
        clinic().owner()
                .ifMatch(rotated.etag())
                .send("POST", ENDPOINTS + "/%s/rotate-secret".formatted(endpoint.id()), Map.of("overlapHours", 0));
        books(day(4));
        jobs.run();
        verify(secret(endpoint), receiver.last());
        assertThatThrownBy(() -> verify(current, receiver.last())).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void a_key_signs_beside_the_secret_where_the_clinic_wants_it_and_is_replaced_with_it() throws Exception {
        var url = receiver.url() + "/recado";
        var plain = endpoint(url, "appointment.booked");
        assertThat(plain.json().path("publicKey").isNull()).isTrue();
        books(day(2));
        jobs.run();
        assertThat(receiver.last().header("webhook-signature")).doesNotContain("v1a,");

        var input = new HashMap<>(at(url, "appointment.booked"));
        input.put("asymmetric", true);
        var keyed = clinic().owner().ifMatch(plain.etag()).put(ENDPOINTS + "/" + plain.id(), input);
        assertThat(keyed.at("/publicKey")).startsWith("whpk_");
        books(day(3));
        jobs.run();
        var asked = receiver.last();
        verify(secret(plain), asked);
        assertThat(keySigned(keyed.at("/publicKey"), asked, asked.text())).isTrue();
        assertThat(keySigned(keyed.at("/publicKey"), asked, asked.text() + " ")).isFalse();

        var rotated = clinic().owner()
                .ifMatch(keyed.etag())
                .send("POST", ENDPOINTS + "/%s/rotate-secret".formatted(plain.id()), Map.of("overlapHours", 1));
        assertThat(rotated.at("/publicKey")).startsWith("whpk_").isNotEqualTo(keyed.at("/publicKey"));
        books(day(4));
        jobs.run();
        var both = receiver.last();
        verify(secret(plain), both);
        assertThat(keySigned(keyed.at("/publicKey"), both, both.text())).isTrue();
        assertThat(keySigned(rotated.at("/publicKey"), both, both.text())).isTrue();

        var without = clinic().owner().ifMatch(rotated.etag()).put(ENDPOINTS + "/" + plain.id(), at(url));
        assertThat(without.json().path("publicKey").isNull()).isTrue();
    }

    /** Checks {@code v1a} as the standard says, with nothing of ours: any signature of the header may be the one. */
    private static boolean keySigned(String publicKey, Asked asked, String body) throws Exception {
        var point = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
        // RFC 8410: what stands before the 32 bytes of an Ed25519 key.
        var form = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(point));
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(form));
        for (var one : Objects.requireNonNull(asked.header("webhook-signature")).split(" ")) {
            if (one.startsWith("v1a,")) {
                var check = Signature.getInstance("Ed25519");
                check.initVerify(key);
                check.update((asked.header("webhook-id") + "." + asked.header("webhook-timestamp") + "." + body)
                        .getBytes(StandardCharsets.UTF_8));
                if (check.verify(Base64.getDecoder().decode(one.substring("v1a,".length())))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void a_receiver_that_lost_its_data_gets_all_of_it_again_in_order() {
        var endpoint = told();
        var booked = books(day(3));
        moves(booked, day(4));
        jobs.run();
        clock.advance(Duration.ofMinutes(1));
        var again = clinic().owner()
                .post(
                        ENDPOINTS + "/%s/replay".formatted(endpoint.id()),
                        Map.of(
                                "since",
                                clock.instant().minus(Duration.ofHours(1)).toString()));
        assertThat(again.at("/events")).isEqualTo("2");
        jobs.run();
        assertThat(receiver.asked())
                .extracting(asked -> asked.json().at("/type").asString())
                .containsExactly(
                        "appointment.booked",
                        "appointment.rescheduled",
                        "appointment.booked",
                        "appointment.rescheduled");
    }

    @Test
    void of_a_thousand_endpoints_that_a_clinic_asks_for_at_once_it_gets_twenty() throws Exception {
        for (int i = 0; i < WebhookEndpoints.MOST - 1; i++) {
            endpoint(receiver.url() + "/" + i);
        }
        var asked = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 6; i++) {
            var url = receiver.url() + "/more/" + i;
            asked.add(() -> clinic().owner().post(ENDPOINTS, at(url)));
        }
        var answers = new ArrayList<Answer>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : pool.invokeAll(asked)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertThat(answer.at("/errors/0/code")).isEqualTo("out-of-range"));
        assertThat(clinic().owner().get(ENDPOINTS).json().path("items")).hasSize(WebhookEndpoints.MOST);
    }

    @Test
    void an_attempt_is_signed_with_its_own_time_and_believed_for_five_minutes_either_way() throws Exception {
        var endpoint = told();
        receiver.answers(500, "{}");
        books(day(3));
        jobs.run();
        var first = receiver.last();
        clock.advance(Duration.ofSeconds(20));
        jobs.run();
        var second = receiver.last();
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.header("webhook-timestamp")).isNotEqualTo(first.header("webhook-timestamp"));
        verify(secret(endpoint), second);

        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (var skew : List.of(Duration.ofMinutes(4), Duration.ofMinutes(-4))) {
            clock.set(now.plus(skew));
            books(day(5).plus(skew.multipliedBy(15)));
            jobs.run();
            verify(secret(endpoint), receiver.last());
        }
        for (var skew : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
            clock.set(now.plus(skew));
            books(day(8).plus(skew.multipliedBy(15)));
            jobs.run();
            assertThatThrownBy(() -> verify(secret(endpoint), receiver.last()))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    /** As an import or a migration of a large clinic leaves it. */
    @Test
    void twenty_thousand_events_of_one_clinic_keep_no_other_waiting() {
        var flooded = told();
        var other = clinics.open();
        var elsewhere = new StubProvider();
        elsewhere.always(asked -> StubProvider.Answer.json(200, "{}"));
        var theirs = other.owner().post(ENDPOINTS, at(elsewhere.url(), "message.changed"));
        clinic().inside(() -> transaction.executeWithoutResult(status -> jdbc.sql("""
                        with event as (
                             insert into webhook_event (organization_id, id, type, resource_id, facts, occurred_at)
                             select :org, uuidv7(), 'appointment.booked', uuidv7(), '{}', :now from generate_series(1, 20000)
                          returning id, number)
                        insert into webhook_delivery (organization_id, endpoint_id, event_id, number, state, next_attempt_at,
                                                      occurred_at)
                        select :org, :endpoint, id, number, 'pending', :now, :now from event
                        """)
                .param("org", clinic().id())
                .param("endpoint", flooded.id())
                .param("now", SqlTime.at(clock.instant()))
                .update()));
        var first = clinic().inside(() -> sender.turn(JobId.of(flooded.id())));
        assertThat(first).as("there is more").isInstanceOf(JobResult.Again.class);
        int inATurn = receiver.asked().size();
        assertThat(inATurn).as("then others have their turn").isBetween(1, 100);

        var tried = other.owner().post(ENDPOINTS + "/%s/test".formatted(theirs.id()), null);
        assertThat(tried.at("/type")).as(tried.text()).isEqualTo("webhook.test");
        other.inside(() -> sender.turn(JobId.of(theirs.id())));

        assertThat(elsewhere.asked()).hasSize(1);
        assertThat(receiver.asked()).hasSize(inATurn);
        assertThat(delivery(flooded).at("/items/0/state")).isEqualTo("pending");
        elsewhere.close();
        // Others count what waits in this database.
        var gone = clinic().owner().ifMatch(read(flooded).etag()).delete(ENDPOINTS + "/" + flooded.id());
        assertThat(gone.status()).isEqualTo(204);
    }

    @Test
    void an_endpoint_can_be_tried_whatever_it_wants_to_be_told_of() {
        var endpoint = told();
        var tried = clinic().owner().post(ENDPOINTS + "/%s/test".formatted(endpoint.id()), null);
        assertThat(tried.at("/type")).as(tried.text()).isEqualTo("webhook.test");
        jobs.run();
        assertThat(receiver.last().json().at("/type").asString()).isEqualTo("webhook.test");
        var paused = new HashMap<>(at(receiver.url()));
        paused.put("active", false);
        clinic().owner().ifMatch(endpoint.etag()).put(ENDPOINTS + "/" + endpoint.id(), paused);
        assertThat(clinic().owner()
                        .post(ENDPOINTS + "/%s/test".formatted(endpoint.id()), null)
                        .code())
                .isEqualTo("webhook-endpoint-paused");
        books(day(3));
        jobs.run();
        assertThat(receiver.asked()).as("what happens meanwhile is not kept").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest, address-without-tls",
        "https://169.254.169.254/latest, address-not-public",
        "https://10.0.0.7/hook, address-not-public",
        "https://[fd00::1]/hook, address-not-public",
        "https://user:pass@example.com/hook, address-invalid",
        "ftp://example.com/hook, address-invalid",
        "javascript:alert(1), address-invalid",
        "https://example.com/#hook, address-invalid",
        "not an address, address-invalid",
    })
    void an_address_that_leads_inside_or_nowhere_is_refused(String url, String code) {
        var refused = clinic().owner().post(ENDPOINTS, at(url));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/url");
        assertThat(refused.at("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void a_receiver_that_hangs_keeps_nobody_else_waiting_and_a_clinic_has_few_calls_at_a_time() throws Exception {
        var hanging = new StubProvider();
        var over = new CountDownLatch(1);
        var arrived = new Semaphore(0);
        hanging.always(asked -> {
            arrived.release();
            try {
                over.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StubProvider.Answer.json(200, "{}");
        });
        var slow = Stream.of(1, 2)
                .map(n -> endpoint(hanging.url() + "/" + n, "appointment.booked"))
                .toList();
        var quick = told();
        books(day(3));
        var turns = slow.stream().map(one -> turnOf(one.id())).toList();
        assertThat(arrived.tryAcquire(2, 8, TimeUnit.SECONDS)).isTrue();
        assertThat(turnOf(quick.id()).get(8, TimeUnit.SECONDS)).isInstanceOf(JobResult.Done.class);
        assertThat(receiver.asked()).hasSize(1);
        assertThat(turns).noneMatch(CompletableFuture::isDone);
        var third = endpoint(hanging.url() + "/3", "appointment.booked");
        books(day(4));
        var another = turnOf(third.id());
        assertThat(arrived.tryAcquire(8, TimeUnit.SECONDS)).isTrue();
        assertThat(turnOf(quick.id()).get(8, TimeUnit.SECONDS))
                .as("three calls of this clinic are under way")
                .isEqualTo(JobResult.again(Duration.ofSeconds(1)));
        assertThat(turnOf(slow.getFirst().id()).get(8, TimeUnit.SECONDS))
                .as("an endpoint is told of one after the other")
                .isEqualTo(JobResult.again(Duration.ofSeconds(1)));

        clock.set(clock.instant().plusSeconds(2));
        assertThat(turnOf(quick.id()).get(8, TimeUnit.SECONDS))
                .as("calls that last give their place up, though nobody knew that they would")
                .isInstanceOf(JobResult.Done.class);
        assertThat(receiver.asked()).hasSize(2);
        over.countDown();
        for (var turn : turns) {
            turn.get(8, TimeUnit.SECONDS);
        }
        another.get(8, TimeUnit.SECONDS);
        jobs.run();
        hanging.close();
    }

    @Test
    void endpoints_that_took_nothing_lately_leave_a_call_to_the_others_of_their_clinic() throws Exception {
        var hanging = new StubProvider();
        var over = new CountDownLatch(1);
        var arrived = new Semaphore(0);
        hanging.always(asked -> StubProvider.Answer.json(503, "{}"));
        var slow = Stream.of(1, 2, 3)
                .map(n -> endpoint(hanging.url() + "/" + n, "appointment.booked"))
                .toList();
        var quick = told();
        books(day(3));
        for (var one : slow) {
            turnOf(one.id()).get(8, TimeUnit.SECONDS);
        }
        turnOf(quick.id()).get(8, TimeUnit.SECONDS);
        hanging.always(asked -> {
            arrived.release();
            try {
                over.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StubProvider.Answer.json(200, "{}");
        });
        books(day(4));

        var turns = slow.stream().limit(2).map(one -> turnOf(one.id())).toList();
        assertThat(arrived.tryAcquire(2, 8, TimeUnit.SECONDS)).isTrue();
        assertThat(turnOf(slow.getLast().id()).get(8, TimeUnit.SECONDS))
                .as("two of those that fail are under way")
                .isEqualTo(JobResult.again(Duration.ofSeconds(1)));
        assertThat(turnOf(quick.id()).get(8, TimeUnit.SECONDS)).isInstanceOf(JobResult.Done.class);
        assertThat(receiver.asked()).hasSize(2);
        over.countDown();
        for (var turn : turns) {
            turn.get(8, TimeUnit.SECONDS);
        }
        jobs.run();
        hanging.close();
    }

    private CompletableFuture<JobResult> turnOf(UUID endpoint) {
        var result = new CompletableFuture<JobResult>();
        Thread.ofVirtual().start(() -> result.complete(clinic().inside(() -> sender.turn(JobId.of(endpoint)))));
        return result;
    }

    @Test
    void everything_publishable_has_a_name_in_the_catalogue() throws Exception {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AssignableTypeFilter(Publishable.class));
        var found = scan.findCandidateComponents("app.recado");
        assertThat(found).hasSizeGreaterThan(10);
        for (var candidate : found) {
            var type = Class.forName(candidate.getBeanClassName());
            if (!type.isRecord()) {
                continue;
            }
            var components = type.getRecordComponents();
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            var event = (Publishable) constructor.newInstance(
                    Arrays.stream(components).map(WebhooksTest::nothing).toArray());
            assertThatCode(() -> WebhookEventType.of(event.eventType()))
                    .as(type.getName())
                    .doesNotThrowAnyException();
        }
    }

    private static @Nullable Object nothing(RecordComponent component) {
        var type = component.getType();
        return type == boolean.class
                ? (Object) false
                : type == long.class ? (Object) 0L : type == int.class ? (Object) 0 : null;
    }
}
