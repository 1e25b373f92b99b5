package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.testing.Api.Answer;
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

/** A visit takes its practitioner and, when its service needs one, a room: each once. */
@RecadoTest
class RoomsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String TEN = "2026-11-24T13:00:00Z";
    private static final String ELEVEN = "2026-11-24T14:00:00Z";

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

    private Answer book(UUID service, UUID practitioner, String start, Map<String, Object> more) {
        var body = front().visitAt(start);
        body.put("healthcareServiceId", service);
        body.put("practitionerId", practitioner);
        body.putAll(more);
        return front().desk().post("/appointments", body);
    }

    private Answer booked(UUID service, UUID practitioner, String start) {
        var answer = book(service, practitioner, start, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private List<String> offered(UUID service, UUID practitioner) {
        return front().desk()
                .get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=%s&practitionerId=%s"
                        .formatted(service, practitioner))
                .json()
                .at("/items")
                .valueStream()
                .map(slot -> slot.at("/start").asString())
                .toList();
    }

    private static List<String> actors(Answer refused) {
        assertThat(refused.code()).as(refused.text()).isEqualTo("slot-taken");
        return refused.json()
                .at("/conflicts")
                .valueStream()
                .map(conflict -> conflict.at("/actor/kind").asString() + " "
                        + conflict.at("/actor/name").asString())
                .toList();
    }

    @Test
    void rooms_and_equipment_are_added_changed_by_their_version_and_retired() {
        var owner = front().clinic().owner();
        var north = owner.post("/locations", Map.of("name", "Sede Norte")).id();
        var scanner =
                owner.post("/rooms", Map.of("name", "Ecógrafo", "kind", "device", "colour", 3, "locationId", north));
        assertThat(scanner.status()).as(scanner.text()).isEqualTo(201);
        front().room("Consultorio 1");

        var list = front().clinic().practitioner().get("/rooms");
        assertThat(list.json()
                        .at("/items")
                        .valueStream()
                        .map(room -> room.at("/name").asString()))
                .containsExactly("Consultorio 1", "Ecógrafo");
        assertThat(list.at("/items/0/locationId"))
                .as("the main one")
                .isEqualTo(front().clinic().id().toString());
        assertThat(list.at("/items/1/kind")).isEqualTo("device");

        var change = Map.of("locationId", north, "name", "Ecógrafo Doppler", "kind", "device", "active", false);
        var retired = owner.ifMatch(scanner.etag()).put("/rooms/" + scanner.id(), change);
        assertThat(retired.at("/name")).isEqualTo("Ecógrafo Doppler");
        assertThat(retired.json().at("/active").asBoolean()).isFalse();
        assertThat(owner.ifMatch(scanner.etag())
                        .put("/rooms/" + scanner.id(), change)
                        .code())
                .isEqualTo("stale");
        assertThat(front().desk()
                        .post("/rooms", Map.of("name", "X", "kind", "room"))
                        .code())
                .isEqualTo("forbidden");
        assertThat(owner.post("/rooms", Map.of("name", "X", "kind", "room", "locationId", UUID.randomUUID()))
                        .at("/errors/0/pointer"))
                .isEqualTo("/locationId");
    }

    @Test
    void a_service_that_needs_a_room_takes_the_first_free_one_and_is_offered_only_while_one_is_free() {
        var other = front().anotherPractitioner();
        var third = front().anotherPractitioner();
        var two = front().room("Consultorio 2");
        var one = front().room("Consultorio 1");
        var service = front().serviceIn(two, one);
        assertThat(front().desk().get("/healthcare-services/" + service).json().at("/roomIds"))
                .hasSize(2);

        assertThat(booked(service, front().practitioner(), TEN).at("/room/name"))
                .isEqualTo("Consultorio 1");
        assertThat(offered(service, third)).contains(TEN);
        var second = booked(service, other, TEN);
        assertThat(second.at("/room/name")).isEqualTo("Consultorio 2");

        assertThat(offered(service, third))
                .doesNotContain("2026-11-24T12:45:00Z", TEN, "2026-11-24T13:15:00Z")
                .contains("2026-11-24T12:30:00Z", "2026-11-24T13:30:00Z");
        var refused = book(service, third, TEN, Map.of());
        assertThat(actors(refused)).containsExactly("room Consultorio 1", "room Consultorio 2");
        assertThat(refused.json()
                        .at("/freeSlots")
                        .valueStream()
                        .map(free -> free.at("/start").asString()))
                .contains("2026-11-24T12:30:00Z", "2026-11-24T13:30:00Z");
        assertThat(booked(front().service(), third, TEN).json().at("/room").isNull())
                .as("needs none")
                .isTrue();

        front().act(front().desk(), second, "cancel", Map.of());
        assertThat(offered(service, front().anotherPractitioner())).contains(TEN);
    }

    @Test
    void everything_that_is_in_the_way_is_named_and_nothing_of_the_patients() {
        var other = front().anotherPractitioner();
        var room = front().room("Consultorio 1");
        var service = front().serviceIn(room);
        booked(front().service(), front().practitioner(), TEN);
        booked(service, other, "2026-11-24T13:10:00Z");

        var refused = book(service, front().practitioner(), TEN, Map.of());

        assertThat(actors(refused)).containsExactly("practitioner Dra. Gómez", "room Consultorio 1");
        assertThat(refused.text()).doesNotContain("Núñez");
    }

    @Test
    void a_room_that_is_asked_for_must_suit_be_here_and_be_free() {
        var other = front().anotherPractitioner();
        var owner = front().clinic().owner();
        var suits = front().room("Consultorio 1");
        var spare = front().room("Consultorio 2");
        var service = front().serviceIn(suits);
        assertThat(book(service, other, TEN, Map.of("roomId", spare)).at("/errors/0/code"))
                .isEqualTo("not-offered");
        assertThat(book(service, other, TEN, Map.of("roomId", UUID.randomUUID()))
                        .at("/errors/0/pointer"))
                .isEqualTo("/roomId");
        assertThat(book(front().service(), other, TEN, Map.of("roomId", spare)).at("/room/name"))
                .as("any, for a service that needs none")
                .isEqualTo("Consultorio 2");
        assertThat(actors(book(front().service(), front().practitioner(), TEN, Map.of("roomId", spare))))
                .containsExactly("room Consultorio 2");

        var north = owner.post("/locations", Map.of("name", "Sede Norte")).id();
        var far = owner.post("/rooms", Map.of("name", "Norte 1", "kind", "room", "locationId", north))
                .id();
        assertThat(book(
                                front().service(),
                                other,
                                ELEVEN,
                                Map.of(
                                        "roomId",
                                        far,
                                        "locationId",
                                        front().clinic().id()))
                        .at("/errors/0/code"))
                .isEqualTo("not-offered");
        assertThat(book(front().service(), other, ELEVEN, Map.of("roomId", far, "outsideHours", true))
                        .at("/location/name"))
                .as("the room says where")
                .isEqualTo("Sede Norte");
    }

    @Test
    void a_visit_that_is_moved_keeps_its_room_where_that_is_free_and_takes_another_where_not() {
        var other = front().anotherPractitioner();
        var one = front().room("Consultorio 1");
        var two = front().room("Consultorio 2");
        var service = front().serviceIn(one, two);
        var visit = book(service, front().practitioner(), TEN, Map.of("roomId", two));
        var moved = front().act(front().desk(), visit, "reschedule", Map.of("start", ELEVEN));
        assertThat(moved.at("/room/name")).isEqualTo("Consultorio 2");
        assertThat(book(service, other, TEN, Map.of("roomId", two)).status()).isEqualTo(201);
        var back = front().act(front().desk(), moved, "reschedule", Map.of("start", TEN));
        assertThat(back.at("/room/name")).isEqualTo("Consultorio 1");
    }

    @Test
    void a_cancellation_taken_back_brings_the_room_back_or_another_one_that_suits() {
        var other = front().anotherPractitioner();
        var one = front().room("Consultorio 1");
        var two = front().room("Consultorio 2");
        var service = front().serviceIn(one, two);
        var off = front().act(front().desk(), booked(service, front().practitioner(), TEN), "cancel", Map.of());
        var same = front().act(front().desk(), off, "reinstate", Map.of());
        assertThat(same.at("/room/name")).isEqualTo("Consultorio 1");

        var again = front().act(front().desk(), same, "cancel", Map.of());
        assertThat(booked(service, other, TEN).at("/room/name")).isEqualTo("Consultorio 1");
        var elsewhere = front().act(front().desk(), again, "reinstate", Map.of());
        assertThat(elsewhere.at("/room/name")).isEqualTo("Consultorio 2");

        var once = front().act(front().desk(), elsewhere, "cancel", Map.of());
        booked(service, front().anotherPractitioner(), TEN);
        assertThat(actors(front().act(front().desk(), once, "reinstate", Map.of())))
                .containsExactly("room Consultorio 1", "room Consultorio 2");
    }

    @Test
    void staff_change_the_room_of_a_visit_and_its_story_tells() {
        var other = front().anotherPractitioner();
        var one = front().room("Consultorio 1");
        var two = front().room("Consultorio 2");
        var service = front().serviceIn(one, two);
        var visit = booked(service, front().practitioner(), TEN);
        var beside = booked(service, other, TEN);
        var path = "/appointments/%s/room".formatted(visit.id());
        assertThat(actors(front().desk().ifMatch(visit.etag()).put(path, Map.of("roomId", two))))
                .containsExactly("room Consultorio 2");
        assertThat(front().desk().ifMatch(visit.etag()).put(path, Map.of()).at("/errors/0/code"))
                .isEqualTo("required");
        front().act(front().desk(), beside, "cancel", Map.of());
        var changed = front().desk().ifMatch(visit.etag()).put(path, Map.of("roomId", two));
        assertThat(changed.at("/room/name")).isEqualTo("Consultorio 2");
        assertThat(front().story(changed)).contains("appointment-room-changed staff");
        assertThat(front().desk()
                        .ifMatch(visit.etag())
                        .put(path, Map.of("roomId", one))
                        .code())
                .isEqualTo("stale");
    }

    @Test
    void a_retired_room_keeps_its_visits_and_takes_no_new_ones() {
        var room = front().room("Consultorio 1");
        var service = front().serviceIn(room);
        var visit = booked(service, front().practitioner(), TEN);
        var owner = front().clinic().owner();
        owner.ifMatch(owner.get("/rooms/" + room).etag())
                .put(
                        "/rooms/" + room,
                        Map.of(
                                "locationId",
                                front().clinic().id(),
                                "name",
                                "Consultorio 1",
                                "kind",
                                "room",
                                "active",
                                false));
        assertThat(front().read(visit).at("/room/name")).isEqualTo("Consultorio 1");
        assertThat(offered(service, front().practitioner())).isEmpty();
        assertThat(book(service, front().practitioner(), ELEVEN, Map.of()).code())
                .isEqualTo("slot-taken");
    }

    @Test
    void a_form_holds_its_room_too_until_the_hold_expires() {
        var other = front().anotherPractitioner();
        var room = front().room("Consultorio 1");
        var service = front().serviceIn(room);
        var at = Instant.parse(TEN);
        hold(service, front().practitioner(), at);
        assertThat(offered(service, other)).doesNotContain(TEN);
        assertThat(book(service, other, TEN, Map.of()).code()).isEqualTo("slot-taken");
        assertThatThrownBy(() -> hold(service, other, at))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.SLOT_TAKEN));
        clock.advance(Duration.ofMinutes(10));
        hold(service, other, at);
        clock.advance(Duration.ofMinutes(10));
        booked(service, front().practitioner(), TEN);
    }

    private void hold(UUID service, UUID practitioner, Instant at) {
        front().clinic()
                .inside(() -> transaction.executeWithoutResult(
                        status -> holds.place(service, practitioner, at, Duration.ofMinutes(10))));
    }

    @Test
    void of_two_services_that_need_the_last_room_at_once_exactly_one_gets_it() throws Exception {
        var room = front().room("Consultorio 1");
        var services = List.of(front().serviceIn(room), front().serviceIn(room));
        var practitioners = List.of(front().practitioner(), front().anotherPractitioner());
        for (int hour = 12; hour < 20; hour++) {
            var start = "2026-11-24T%d:00:00Z".formatted(hour);
            var together = new CountDownLatch(1);
            var answers = new ArrayList<Future<Answer>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 2; i++) {
                    int who = i;
                    answers.add(threads.submit(() -> {
                        together.await();
                        return book(services.get(who), practitioners.get(who), start, Map.of());
                    }));
                }
                together.countDown();
            }
            var codes = new ArrayList<@Nullable String>();
            for (var answer : answers) {
                codes.add(answer.get().code());
            }
            assertThat(codes).containsExactlyInAnyOrder(null, "slot-taken");
        }
    }

    @Test
    void the_database_refuses_a_room_twice_and_frees_it_with_the_visit_whatever_the_application_believes() {
        var other = front().anotherPractitioner();
        var room = front().room("Consultorio 1");
        var visit = booked(front().serviceIn(room), front().practitioner(), TEN);
        var again = """
                insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, room_id,
                       starts_at, ends_at, time_zone, status, participation, schedule_version, created_at, created_by, version)
                select organization_id, uuidv7(), patient_id, ?, healthcare_service_id, room_id,
                       starts_at + interval '29 minutes', ends_at + interval '29 minutes', time_zone, 'booked',
                       participation, 1, created_at, created_by, 0
                  from appointment where id = ?
                """;
        assertThatThrownBy(() ->
                        inside(() -> jdbc.sql(again).params(other, visit.id()).update()))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("appointment_slot");
        inside(() -> jdbc.sql("update appointment set status = 'cancelled' where id = ?")
                .params(visit.id())
                .update());
        inside(() -> jdbc.sql(again).params(other, visit.id()).update());
    }

    private void inside(Runnable work) {
        front().clinic().inside(() -> transaction.executeWithoutResult(status -> work.run()));
    }
}
