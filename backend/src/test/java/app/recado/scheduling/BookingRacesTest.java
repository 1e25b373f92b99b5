package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever asks at the same moment for what is there once: one gets it, all others are told that it is taken. */
@RecadoTest
class BookingRacesTest {

    private static final String TEN = "2026-11-24T13:00:00Z";
    private static final int AT_ONCE = 10;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OnlineAppointments online;

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

    /** How many were answered 201; everybody else was answered 409. */
    private static long winners(IntFunction<Callable<Integer>> calls) throws Exception {
        var go = new CountDownLatch(1);
        var done = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                var call = calls.apply(i);
                done.add(threads.submit(() -> {
                    go.await();
                    return call.call();
                }));
            }
            go.countDown();
        }
        var statuses = new ArrayList<Integer>();
        for (var one : done) {
            statuses.add(one.get());
        }
        assertThat(statuses).containsOnly(201, 409);
        return statuses.stream().filter(status -> status == 201).count();
    }

    @Test
    void two_rooms_take_two_visits_however_many_practitioners_want_them() throws Exception {
        var service = front().serviceIn(front().room("Sala 1"), front().room("Sala 2"));
        var practitioners = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> front().anotherPractitioner())
                .toList();
        assertThat(winners(i -> () -> {
                    var body = front().visitAt(TEN);
                    body.put("healthcareServiceId", service);
                    body.put("practitionerId", practitioners.get(i));
                    return front().desk().post("/appointments", body).status();
                }))
                .isEqualTo(2);
    }

    @Test
    void an_hour_goes_to_the_desk_or_to_a_patient_online() throws Exception {
        assertThat(winners(i -> i % 2 == 0
                        ? () -> front().desk()
                                .post("/appointments", front().visitAt(TEN))
                                .status()
                        : this::booksOnline))
                .isOne();
    }

    private int booksOnline() {
        try {
            front().clinic()
                    .inside(() -> transaction.executeWithoutResult(status -> online.book(new OnlineAppointments.Request(
                            front().patient(),
                            front().service(),
                            front().practitioner(),
                            Instant.parse(TEN),
                            UUID.randomUUID(),
                            false,
                            null))));
            return 201;
        } catch (ProblemException refused) {
            assertThat(refused.problem()).isEqualTo(Problem.SLOT_TAKEN);
            return 409;
        }
    }
}
