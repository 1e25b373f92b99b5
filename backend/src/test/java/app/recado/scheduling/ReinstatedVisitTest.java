package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.springframework.transaction.support.TransactionTemplate;

/** A cancellation that was a mistake is taken back: for ten minutes, and only while nobody else has the time. */
@RecadoTest
class ReinstatedVisitTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String TEN = "2026-11-25T13:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    Appointments appointments;

    @Autowired
    TransactionTemplate transaction;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private Answer cancels(Answer visit) {
        var off = front().act(front().desk(), visit, "cancel", Map.of("code", "oth-err", "reason", "Otra Ana"));
        assertThat(off.status()).as(off.text()).isEqualTo(200);
        return off;
    }

    @Test
    void the_visit_is_what_it_was_and_its_history_tells_both() {
        var visit = front().books(TEN);
        var yes = front().act(front().desk(), visit, "participation", Map.of("participation", "accepted"));
        var off = cancels(yes);
        assertThat(off.at("/reinstatableUntil")).isEqualTo("2026-11-24T12:10:00Z");

        var back = front().act(off, "reinstate");

        assertThat(back.status()).as(back.text()).isEqualTo(200);
        assertThat(back.at("/status")).isEqualTo("booked");
        assertThat(back.at("/start")).isEqualTo(TEN);
        assertThat(back.at("/participation")).isEqualTo("accepted");
        assertThat(back.json().at("/cancellationCode").isNull()).isTrue();
        assertThat(back.json().at("/cancellationReason").isNull()).isTrue();
        assertThat(back.json().at("/reinstatableUntil").isNull()).isTrue();
        assertThat(front().story(visit))
                .endsWith("appointment-cancelled staff", "appointment-reinstated staff")
                .hasSize(4);
        assertThat(front().act(back, "reinstate").code()).isEqualTo("appointment-not-in-that-state");
    }

    @Test
    void somebody_who_was_at_the_desk_is_there_again() {
        clock.set(Instant.parse("2026-11-25T12:50:00Z"));
        var arrived = front().act(front().books(TEN), "arrive");
        assertThat(front().act(cancels(arrived), "reinstate").at("/status")).isEqualTo("arrived");
    }

    @Test
    void after_ten_minutes_it_is_a_new_booking() {
        var early = cancels(front().books(TEN));
        var late = cancels(front().books("2026-11-25T14:00:00Z"));
        clock.set(NOW.plus(Duration.ofMinutes(10)));
        assertThat(front().act(early, "reinstate").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(front().act(late, "reinstate").code()).isEqualTo("too-late-to-undo");
        assertThat(front().read(late).at("/status")).isEqualTo("cancelled");
    }

    @Test
    void a_time_that_somebody_else_has_now_is_refused_with_what_is_in_the_way() {
        var off = cancels(front().books(TEN));
        var other = front().books("2026-11-25T13:15:00Z");
        var refused = front().act(off, "reinstate");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("slot-taken");
        assertThat(refused.at("/conflicts/0/appointmentId"))
                .isEqualTo(other.id().toString());
        assertThat(front().read(off).json()).isEqualTo(off.json());
    }

    @Test
    void what_the_patient_called_off_is_not_taken_back_by_staff() {
        var visit = front().books(TEN);
        front().clinic().inside(() -> transaction.execute(status -> appointments.cancelByPatient(visit.id(), 1, NOW)));
        var off = front().read(visit);
        assertThat(off.at("/status")).isEqualTo("cancelled");
        assertThat(off.json().at("/reinstatableUntil").isNull()).isTrue();
        assertThat(front().act(off, "reinstate").code()).isEqualTo("appointment-not-in-that-state");
    }

    @Test
    void practitioners_do_not_and_nobody_does_unseen() {
        var visit = front().books(TEN);
        var off = cancels(visit);
        assertThat(front().act(front().clinic().practitioner(), off, "reinstate", null)
                        .code())
                .isEqualTo("forbidden");
        assertThat(front().desk()
                        .send("POST", "/appointments/%s/reinstate".formatted(off.id()), null)
                        .status())
                .isEqualTo(428);
        assertThat(front().act(visit, "reinstate").code()).isEqualTo("stale");
    }

    @Test
    void of_an_undo_and_many_bookings_racing_for_the_time_exactly_one_gets_it() throws Exception {
        var off = cancels(front().books(TEN));
        var attempts = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 4; i++) {
            attempts.add(() -> front().act(off, "reinstate"));
            attempts.add(
                    () -> front().desk().key(UUID.randomUUID().toString()).post("/appointments", front().visitAt(TEN)));
        }
        var codes = atOnce(attempts);
        assertThat(codes.stream().filter(Objects::isNull)).hasSize(1);
        assertThat(codes.stream().filter(Objects::nonNull))
                .hasSize(attempts.size() - 1)
                .containsAnyOf("slot-taken", "stale")
                .allMatch(code -> code.equals("slot-taken") || code.equals("stale"));
        var standing = front().desk()
                .get("/appointments?from=2026-11-25&to=2026-11-26")
                .json()
                .at("/items")
                .valueStream()
                .filter(visit -> visit.at("/status").asString().equals("booked"));
        assertThat(standing).hasSize(1);
    }

    private static ArrayList<@Nullable String> atOnce(ArrayList<Callable<Answer>> attempts) throws Exception {
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var attempt : attempts) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return attempt.call();
                }));
            }
            start.countDown();
        }
        var codes = new ArrayList<@Nullable String>();
        for (var answer : answers) {
            codes.add(answer.get().code());
        }
        return codes;
    }
}
