package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Staff put a visit over another on purpose: it says so, and occupies nobody. */
@RecadoTest
class OverbookingTest {

    private static final String TEN = "2026-11-24T13:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private Answer overbooks(String start) {
        var body = front().visitAt(start);
        body.put("overbook", true);
        var answer = front().desk().post("/appointments", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static boolean overbooked(Answer visit) {
        return visit.json().at("/overbooked").asBoolean();
    }

    @Test
    void a_taken_time_is_refused_unless_staff_want_it_and_the_visit_says_so() {
        front().books(TEN);
        assertThat(front().desk().post("/appointments", front().visitAt(TEN)).code())
                .isEqualTo("slot-taken");
        var over = overbooks(TEN);
        assertThat(overbooked(over)).isTrue();
        assertThat(overbooked(front().read(over))).isTrue();
        assertThat(front().story(over)).containsExactly("appointment-booked staff", "appointment-overbooked staff");
        assertThat(overbooked(overbooks("2026-11-24T13:15:00Z")))
                .as("any number of them")
                .isTrue();
    }

    @Test
    void it_occupies_nobody_so_that_the_time_is_free_again_with_the_visit_under_it() {
        var first = front().books(TEN);
        var over = overbooks(TEN);
        front().act(front().desk(), first, "cancel", Map.of());
        assertThat(front().desk()
                        .get("/slots?from=2026-11-24&to=2026-11-25&healthcareServiceId=" + front().service())
                        .text())
                .contains("\"" + TEN + "\"");
        assertThat(overbooked(front().books(TEN))).isFalse();
        assertThat(front().act(over, "arrive").at("/status")).isEqualTo("arrived");
    }

    @Test
    void where_nothing_is_in_the_way_it_is_a_visit_like_any_other() {
        assertThat(overbooked(overbooks(TEN))).isFalse();
        assertThat(front().desk().post("/appointments", front().visitAt(TEN)).code())
                .isEqualTo("slot-taken");
    }

    @Test
    void moving_puts_a_visit_over_another_only_on_purpose_and_off_it_again() {
        front().books(TEN);
        var visit = front().books("2026-11-24T14:00:00Z");
        assertThat(front().act(front().desk(), visit, "reschedule", Map.of("start", TEN))
                        .code())
                .isEqualTo("slot-taken");
        var over = front().act(front().desk(), visit, "reschedule", Map.of("start", TEN, "overbook", true));
        assertThat(overbooked(over)).isTrue();
        assertThat(front().story(over)).endsWith("appointment-moved staff", "appointment-overbooked staff");
        var off = front().act(front().desk(), over, "reschedule", Map.of("start", "2026-11-24T15:00:00Z"));
        assertThat(overbooked(off)).isFalse();
        assertThat(front().desk()
                        .post("/appointments", front().visitAt("2026-11-24T15:00:00Z"))
                        .code())
                .isEqualTo("slot-taken");
    }

    @Test
    void the_first_room_is_shared_when_all_are_taken() {
        var other = front().anotherPractitioner();
        var service = front().serviceIn(front().room("Consultorio 1"));
        var body = front().visitAt(TEN);
        body.put("healthcareServiceId", service);
        assertThat(front().desk().post("/appointments", body).status()).isEqualTo(201);
        body.put("practitionerId", other);
        body.put("overbook", true);
        var over = front().desk().post("/appointments", body);
        assertThat(overbooked(over)).isTrue();
        assertThat(over.at("/room/name")).isEqualTo("Consultorio 1");
    }

    @Test
    void practitioners_do_not_overbook() {
        front().books(TEN);
        var body = front().visitAt(TEN);
        body.put("overbook", true);
        assertThat(front().clinic().practitioner().post("/appointments", body).code())
                .isEqualTo("forbidden");
    }
}
