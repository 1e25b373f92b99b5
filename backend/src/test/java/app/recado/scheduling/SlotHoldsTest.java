package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A time that is kept for somebody who fills a form belongs to nobody else until the hold expires. */
@RecadoTest
class SlotHoldsTest {

    /** A Monday, 9 in the morning in Buenos Aires. */
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final Instant TEN = Instant.parse("2026-11-24T13:00:00Z");
    private static final Duration MINUTES = Duration.ofMinutes(10);

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    SlotHolds holds;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private SlotHolds.Held hold(@Nullable UUID practitioner, Instant start) {
        return front().clinic()
                .inside(() -> Objects.requireNonNull(
                        transaction.execute(status -> holds.place(front().service(), practitioner, start, MINUTES))));
    }

    private List<String> offered() {
        return front().desk()
                .get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + front().service())
                .json()
                .at("/items")
                .valueStream()
                .map(slot -> slot.at("/start").asString())
                .toList();
    }

    private static void assertTaken(Callable<?> action) {
        assertThatThrownBy(action::call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.SLOT_TAKEN));
    }

    @Test
    void a_held_time_is_offered_to_nobody_and_refused_to_the_desk_until_it_is_given_back() {
        assertThat(offered()).contains("2026-11-24T13:00:00Z");
        var held = hold(front().practitioner(), TEN);
        assertThat(held.end()).isEqualTo("2026-11-24T13:30:00Z");
        assertThat(held.expiresAt()).isEqualTo(NOW.plus(MINUTES));

        assertThat(offered())
                .doesNotContain("2026-11-24T12:45:00Z", "2026-11-24T13:00:00Z", "2026-11-24T13:15:00Z")
                .contains("2026-11-24T12:30:00Z", "2026-11-24T13:30:00Z");
        var desk = front().desk().post("/appointments", front().visitAt("2026-11-24T13:15:00Z"));
        assertThat(desk.code()).isEqualTo("slot-taken");
        assertThat(desk.json().at("/conflicts").size()).isZero();
        assertThat(desk.json().at("/freeSlots").size()).isEqualTo(3);
        assertTaken(() -> hold(front().practitioner(), TEN));

        front().clinic().inside(() -> transaction.executeWithoutResult(status -> holds.release(held.id())));
        front().books("2026-11-24T13:00:00Z");
    }

    @Test
    void an_expired_hold_counts_for_nothing_though_its_row_is_still_there() {
        hold(front().practitioner(), TEN);
        clock.advance(MINUTES);
        assertThat(offered()).contains("2026-11-24T13:00:00Z");
        var again = hold(front().practitioner(), TEN);
        clock.advance(MINUTES);
        boolean extended = front().clinic()
                .inside(() -> Boolean.TRUE.equals(transaction.execute(
                        status -> holds.extend(again.id(), clock.instant().plus(MINUTES)))));
        assertThat(extended).isFalse();
        front().books("2026-11-24T13:00:00Z");
    }

    @Test
    void only_times_that_are_free_by_every_rule_are_held() {
        assertTaken(() -> hold(front().practitioner(), Instant.parse("2026-11-24T10:00:00Z"))); // before the opening
        assertTaken(() -> hold(front().practitioner(), Instant.parse("2026-11-23T11:00:00Z"))); // over
        assertTaken(() -> hold(front().practitioner(), Instant.parse("2026-11-24T13:05:00Z"))); // no quarter of an hour
        front().books("2026-11-24T13:00:00Z");
        assertTaken(() -> hold(front().practitioner(), TEN));
    }

    @Test
    void anybody_who_is_free_is_held_when_nobody_was_chosen() {
        var other = front().anotherPractitioner();
        var one = hold(null, TEN);
        var two = hold(null, TEN);
        assertThat(List.of(one.practitionerId(), two.practitionerId()))
                .containsExactlyInAnyOrder(front().practitioner(), other);
        assertTaken(() -> hold(null, TEN));
    }

    @Test
    void of_many_forms_and_a_desk_racing_for_one_time_exactly_one_gets_it() throws Exception {
        var start = new CountDownLatch(1);
        var done = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                boolean desk = i == 6;
                done.add(threads.submit(() -> {
                    start.await();
                    if (desk) {
                        return front().desk()
                                        .post("/appointments", front().visitAt("2026-11-24T13:00:00Z"))
                                        .status()
                                == 201;
                    }
                    try {
                        hold(null, TEN);
                        return true;
                    } catch (ProblemException refused) {
                        assertThat(refused.problem()).isEqualTo(Problem.SLOT_TAKEN);
                        return false;
                    }
                }));
            }
            start.countDown();
        }
        int got = 0;
        for (var one : done) {
            got += one.get() ? 1 : 0;
        }
        assertThat(got).isOne();
    }

    @Test
    void the_database_refuses_holds_that_overlap_whatever_the_application_believes() {
        hold(front().practitioner(), TEN);
        assertThatThrownBy(() -> front().clinic()
                        .inside(() -> transaction.executeWithoutResult(
                                status -> jdbc.sql("""
                        insert into slot_hold (organization_id, id, practitioner_id, healthcare_service_id, starts_at,
                                               ends_at, expires_at, created_at)
                        select organization_id, gen_random_uuid(), practitioner_id, healthcare_service_id,
                               starts_at + interval '29 minutes', ends_at + interval '29 minutes', expires_at, created_at
                          from slot_hold
                        """).update())))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("slot_hold_apart");
    }

    @Test
    void the_desk_sees_where_a_visit_was_booked() {
        assertThat(front().read(front().books("2026-11-24T13:00:00Z")).at("/source"))
                .isEqualTo("desk");
        assertThat(front().desk()
                        .ifMatch(front().books("2026-11-24T14:00:00Z").etag())
                        .send("POST", "/appointments/" + UUID.randomUUID() + "/accept", Map.of())
                        .status())
                .isEqualTo(404);
    }
}
