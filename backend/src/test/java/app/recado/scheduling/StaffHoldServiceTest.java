package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** While somebody at the desk fills a form its time is theirs, colleagues see it, and nobody takes it by accident. */
@RecadoTest
class StaffHoldServiceTest {

    private static final String TEN = "2026-11-24T13:00:00Z";
    private static final String NOON = "2026-11-24T15:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    SlotHolds online;

    @Autowired
    TransactionTemplate transaction;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private Api carla() {
        return front().clinic()
                .withToken(TestTokens.member("carla", front().clinic().id(), List.of(Allow.RECEPTIONIST)));
    }

    private Map<String, @Nullable Object> form(UUID form, String start) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("form", form);
        body.put("healthcareServiceId", front().service());
        body.put("practitionerId", front().practitioner());
        body.put("start", start);
        return body;
    }

    private Answer carlaHolds(String start) {
        var answer = carla().post("/slot-holds", form(UUID.randomUUID(), start));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static List<String> held(Api as) {
        return as.get("/slot-holds?from=2026-11-24&to=2026-11-25")
                .json()
                .at("/items")
                .valueStream()
                .map(one -> "%s %s %s"
                        .formatted(
                                one.at("/start").asString(),
                                one.at("/heldBy").isNull()
                                        ? "-"
                                        : one.at("/heldBy").asString(),
                                one.at("/own").asBoolean()
                                        ? "own"
                                        : one.at("/source").asString()))
                .toList();
    }

    private boolean isOffered(Api to, String start) {
        return to.get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + front().service())
                .text()
                .contains("\"start\":\"" + start + "\"");
    }

    private Answer overbooks(String start) {
        var body = front().visitAt(start);
        body.put("overbook", true);
        return front().desk().post("/appointments", body);
    }

    @Test
    void colleagues_see_who_holds_a_time_and_are_refused_it_until_it_is_booked_by_who_does() {
        var hold = carlaHolds(TEN);
        assertThat(hold.at("/end")).isEqualTo("2026-11-24T13:30:00Z");
        assertThat(hold.at("/expiresAt")).isEqualTo("2026-11-23T12:05:00Z");
        assertThat(held(front().desk())).containsExactly(TEN + " Test carla desk");
        assertThat(held(carla())).containsExactly(TEN + " Test carla own");
        assertThat(isOffered(front().desk(), TEN)).isFalse();
        assertThat(isOffered(carla(), TEN)).isTrue();

        var refused = front().desk().post("/appointments", front().visitAt(TEN));
        assertThat(refused.code()).isEqualTo("slot-taken");
        assertThat(refused.json().at("/conflicts").size()).isZero();
        assertThat(refused.at("/holds/0/heldBy")).isEqualTo("Test carla");
        assertThat(refused.at("/holds/0/expiresAt")).isEqualTo("2026-11-23T12:05:00Z");
        assertThat(front().desk()
                        .post("/slot-holds", form(UUID.randomUUID(), TEN))
                        .code())
                .isEqualTo("slot-taken");

        var booked = carla().post("/appointments", front().visitAt(TEN));
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(held(front().desk())).isEmpty();
    }

    @Test
    void a_colleague_who_books_on_purpose_takes_the_time_and_the_form_loses_it() {
        carlaHolds(TEN);
        var visit = overbooks(TEN);
        assertThat(visit.status()).isEqualTo(201);
        assertThat(visit.json().at("/overbooked").asBoolean())
                .as("no visit was in the way")
                .isFalse();
        assertThat(held(carla())).isEmpty();
        var late = carla().post("/appointments", front().visitAt(TEN));
        assertThat(late.code()).isEqualTo("slot-taken");
        assertThat(late.at("/conflicts/0/appointmentId")).isEqualTo(visit.id().toString());
    }

    @Test
    void a_patient_on_the_booking_page_loses_nothing_to_staff() {
        front().clinic()
                .inside(() -> transaction.executeWithoutResult(status -> online.place(
                        front().service(), front().practitioner(), Instant.parse(TEN), Duration.ofMinutes(10))));
        assertThat(held(front().desk())).containsExactly(TEN + " - online");
        assertThat(overbooks(TEN).json().at("/overbooked").asBoolean()).isTrue();
        assertThat(held(front().desk())).containsExactly(TEN + " - online");
    }

    @Test
    void a_form_holds_one_time_which_follows_it_and_is_let_go_or_runs_out() {
        var form = UUID.randomUUID();
        carla().post("/slot-holds", form(form, TEN));
        clock.advance(Duration.ofMinutes(4));
        carla().post("/slot-holds", form(form, TEN));
        clock.advance(Duration.ofMinutes(4));
        assertThat(held(front().desk())).as("kept for longer").hasSize(1);

        var moved = carla().post("/slot-holds", form(form, NOON));
        assertThat(held(front().desk())).containsExactly(NOON + " Test carla desk");
        front().books(TEN);
        assertThat(carla().post("/slot-holds", form(form, TEN)).code()).isEqualTo("slot-taken");
        assertThat(held(carla())).as("a refusal takes nothing away").containsExactly(NOON + " Test carla own");

        assertThat(front().desk().delete("/slot-holds/" + moved.id()).status())
                .as("a colleague's")
                .isEqualTo(404);
        assertThat(carla().delete("/slot-holds/" + moved.id()).status()).isEqualTo(204);
        assertThat(held(front().desk())).isEmpty();

        carla().post("/slot-holds", form(form, NOON));
        clock.advance(StaffHoldService.KEPT);
        assertThat(held(front().desk())).isEmpty();
        assertThat(isOffered(front().desk(), NOON)).isTrue();
        assertThat(front().desk()
                        .post("/slot-holds", form(UUID.randomUUID(), NOON))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_room_is_held_with_its_practitioner() {
        var other = front().anotherPractitioner();
        var service = front().serviceIn(front().room("Consultorio 1"));
        var body = form(UUID.randomUUID(), TEN);
        body.put("healthcareServiceId", service);
        assertThat(carla().post("/slot-holds", body).json().at("/roomId").isString())
                .isTrue();
        var visit = front().visitAt(TEN);
        visit.put("healthcareServiceId", service);
        visit.put("practitionerId", other);
        var refused = front().desk().post("/appointments", visit);
        assertThat(refused.code()).isEqualTo("slot-taken");
        assertThat(refused.at("/holds/0/heldBy")).isEqualTo("Test carla");
    }

    @Test
    void staff_may_hold_outside_the_hours_but_nothing_that_cannot_be_booked() {
        assertThat(carla().post("/slot-holds", form(UUID.randomUUID(), "2026-11-25T03:10:00Z"))
                        .status())
                .isEqualTo(200);
        assertThat(carla().post("/slot-holds", form(UUID.randomUUID(), "2026-11-24T13:00:30Z"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/start");
        assertThat(carla().post("/slot-holds", form(UUID.randomUUID(), "2036-11-24T13:00:00Z"))
                        .at("/errors/0/code"))
                .isEqualTo("out-of-range");
    }
}
