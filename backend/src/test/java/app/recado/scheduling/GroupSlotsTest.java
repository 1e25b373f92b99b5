package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.ProblemException;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

/** A service of several places: so many patients share a time of its practitioner and room, and not one more. */
@RecadoTest
class GroupSlotsTest {

    private static final String TEN = "2026-11-24T13:00:00Z";

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
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private UUID classOf(int places, UUID... rooms) {
        var answer = front().clinic()
                .owner()
                .post(
                        "/healthcare-services",
                        Map.of(
                                "name",
                                "Pilates",
                                "durationMinutes",
                                60,
                                "capacity",
                                places,
                                "roomIds",
                                List.of(rooms)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().at("/capacity").asInt()).isEqualTo(places);
        return answer.id();
    }

    private Map<String, @Nullable Object> visit(UUID service, String start) {
        var body = new HashMap<String, @Nullable Object>(front().visitAt(start));
        body.put("healthcareServiceId", service);
        return body;
    }

    private Answer joins(UUID service, String start) {
        return front().desk().post("/appointments", visit(service, start));
    }

    private @Nullable String left(UUID service, String start) {
        return front().desk()
                .get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + service)
                .json()
                .at("/items")
                .valueStream()
                .filter(slot -> slot.at("/start").asString().equals(start))
                .map(slot -> slot.at("/placesLeft").asInt() + " of "
                        + slot.at("/capacity").asInt())
                .findFirst()
                .orElse(null);
    }

    @Test
    void patients_share_a_time_until_its_places_are_gone_and_a_place_that_is_given_back_is_free() {
        var service = classOf(2);
        assertThat(left(service, TEN)).isEqualTo("2 of 2");
        var one = joins(service, TEN);
        assertThat(one.status()).as(one.text()).isEqualTo(201);
        assertThat(one.json().at("/capacity").asInt()).isEqualTo(2);
        assertThat(left(service, TEN)).isEqualTo("1 of 2");
        assertThat(left(service, "2026-11-24T13:15:00Z"))
                .as("another time overlaps it")
                .isNull();
        assertThat(joins(service, TEN).status()).isEqualTo(201);
        assertThat(left(service, TEN)).isNull();
        var third = joins(service, TEN);
        assertThat(third.code()).isEqualTo("slot-taken");
        assertThat(third.json().at("/conflicts").size()).isEqualTo(2);
        front().act(front().desk(), one, "cancel", Map.of());
        assertThat(left(service, TEN)).isEqualTo("1 of 2");
        assertThat(joins(service, TEN).status()).isEqualTo(201);
    }

    @Test
    void of_fifty_who_want_one_of_eight_places_at_once_eight_get_one() throws Exception {
        var service = classOf(8);
        var go = new CountDownLatch(1);
        var done = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                done.add(threads.submit(() -> {
                    go.await();
                    return joins(service, TEN).status();
                }));
            }
            go.countDown();
        }
        var statuses = new ArrayList<Integer>();
        for (var one : done) {
            statuses.add(one.get());
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(8);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(42);
    }

    @Test
    void the_database_sells_no_place_twice_and_none_beyond_the_last_whatever_the_application_believes() {
        var service = classOf(2);
        joins(service, TEN);
        joins(service, TEN);
        var copy = """
                insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at,
                                         ends_at, time_zone, status, participation, schedule_version, created_at, created_by,
                                         version, seat, capacity)
                select organization_id, gen_random_uuid(), patient_id, practitioner_id, healthcare_service_id, starts_at,
                       ends_at, time_zone, status, participation, schedule_version, created_at, created_by, 0, %s
                  from appointment where seat = 1
                """;
        assertRefused(copy.formatted("2, capacity"), "appointment_seat");
        assertRefused(copy.formatted("3, capacity"), "appointment_place");
        assertRefused(copy.formatted("null, null"), "appointment_slot");
    }

    private void assertRefused(String sql, String constraint) {
        assertThatThrownBy(() -> front().clinic()
                        .inside(() -> transaction.executeWithoutResult(
                                status -> jdbc.sql(sql).update())))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining(constraint);
    }

    @Test
    void whatever_else_overlaps_a_group_is_refused_as_ever() {
        var service = classOf(8);
        joins(service, TEN);
        assertThat(joins(service, "2026-11-24T13:30:00Z").code()).isEqualTo("slot-taken");
        assertThat(front().desk().post("/appointments", front().visitAt(TEN)).code())
                .as("another service")
                .isEqualTo("slot-taken");
        var longer = visit(service, TEN);
        longer.put("durationMinutes", 90);
        assertThat(front().desk().post("/appointments", longer).code())
                .as("another length")
                .isEqualTo("slot-taken");
    }

    @Test
    void a_group_shares_its_room_which_nobody_else_gets() {
        var first = front().room("Sala 1");
        var second = front().room("Sala 2");
        var service = classOf(3, first, second);
        var other = front().anotherPractitioner();
        assertThat(joins(service, TEN).at("/room/name")).isEqualTo("Sala 1");
        var elsewhere = visit(service, TEN);
        elsewhere.put("practitionerId", other);
        assertThat(front().desk().post("/appointments", elsewhere).at("/room/name"))
                .as("another practitioner's group")
                .isEqualTo("Sala 2");
        assertThat(joins(service, TEN).at("/room/name")).isEqualTo("Sala 1");
        var wanted = visit(service, TEN);
        wanted.put("roomId", second);
        assertThat(front().desk().post("/appointments", wanted).code()).isEqualTo("slot-taken");
    }

    @Test
    void a_visit_moves_from_one_group_into_another_and_takes_a_place_there() {
        var service = classOf(2);
        var one = joins(service, TEN);
        joins(service, "2026-11-24T15:00:00Z");
        var moved = front().act(front().desk(), one, "reschedule", Map.of("start", "2026-11-24T15:00:00Z"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(left(service, "2026-11-24T15:00:00Z")).isNull();
        assertThat(left(service, TEN)).isEqualTo("2 of 2");
    }

    @Test
    void staff_put_one_more_into_a_full_group_on_purpose_and_it_says_so() {
        var service = classOf(2);
        joins(service, TEN);
        joins(service, TEN);
        var body = visit(service, TEN);
        body.put("overbook", true);
        var over = front().desk().post("/appointments", body);
        assertThat(over.status()).isEqualTo(201);
        assertThat(over.json().at("/overbooked").asBoolean()).isTrue();
    }

    @Test
    void places_that_are_kept_on_the_booking_page_count_as_taken() {
        var service = classOf(2);
        joins(service, TEN);
        front().clinic()
                .inside(() -> transaction.executeWithoutResult(status ->
                        holds.place(service, front().practitioner(), Instant.parse(TEN), Duration.ofMinutes(10))));
        assertThat(left(service, TEN)).isNull();
        assertThat(joins(service, TEN).code()).isEqualTo("slot-taken");
        assertThatThrownBy(() -> front().clinic()
                        .inside(() -> transaction.executeWithoutResult(status -> holds.place(
                                service, front().practitioner(), Instant.parse(TEN), Duration.ofMinutes(10)))))
                .isInstanceOf(ProblemException.class);
        clock.advance(Duration.ofMinutes(10));
        assertThat(joins(service, TEN).status()).isEqualTo(201);
    }

    @Test
    void two_patients_hold_places_of_one_group_at_the_same_time() {
        var service = classOf(2);
        for (int i = 0; i < 2; i++) {
            front().clinic()
                    .inside(() -> transaction.executeWithoutResult(status ->
                            holds.place(service, front().practitioner(), Instant.parse(TEN), Duration.ofMinutes(10))));
        }
        assertThat(left(service, TEN)).isNull();
    }

    @Test
    void a_service_that_takes_fewer_from_now_on_keeps_who_has_a_place() {
        var service = classOf(3);
        joins(service, TEN);
        joins(service, TEN);
        var seen = front().clinic().owner().get("/healthcare-services/" + service);
        var body = new HashMap<String, @Nullable Object>();
        body.put("name", "Pilates");
        body.put("durationMinutes", 60);
        body.put("bufferBeforeMinutes", 0);
        body.put("bufferAfterMinutes", 0);
        body.put("practitionerIds", List.of());
        body.put("active", true);
        var same = front().clinic().owner().ifMatch(seen.etag()).put("/healthcare-services/" + service, body);
        assertThat(same.json().at("/capacity").asInt()).as("left out, it stays").isEqualTo(3);
        body.put("capacity", 1);
        front().clinic().owner().ifMatch(same.etag()).put("/healthcare-services/" + service, body);
        assertThat(joins(service, TEN).code()).isEqualTo("slot-taken");
        body.put("capacity", 0);
        assertThat(front().clinic()
                        .owner()
                        .ifMatch(same.etag())
                        .put("/healthcare-services/" + service, body)
                        .at("/errors/0/code"))
                .isEqualTo("out-of-range");
    }
}
