package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.LineEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox as it works by itself: its own threads, woken by the database. */
@RecadoTest
class OutboxLoopTest {

    private static final int PATIENTS = 10;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker byHand;

    @Autowired
    AnotherOutbox another;

    @Autowired
    StaffMessages staff;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final Calls engine = new Calls();

    @BeforeEach
    void monday() {
        clock.set(at("2026-11-23T12:00:00Z"));
        byHand.runDue(); // what other tests left
    }

    /** An engine that takes everything, and tells a test of its own line before it does: other tests left messages, too. */
    private static final class Calls implements LineEngine {

        private final List<Command> all = Collections.synchronizedList(new ArrayList<>());
        private volatile Consumer<Command> before = command -> {};
        private volatile @Nullable UUID line;

        @Override
        public HandOffAnswer submit(Command command) {
            if (command.lineId().equals(line)) {
                before.accept(command);
                all.add(command);
            }
            return new HandOffAnswer.Taken(CommandState.ACCEPTED, null);
        }

        @Override
        public WithdrawAnswer withdraw(UUID lineId, UUID messageId) {
            return new WithdrawAnswer.Withdrawn();
        }

        private List<String> textsTo(String phone) {
            return List.copyOf(all).stream()
                    .filter(command -> command.to().equals(phone))
                    .map(command -> ((app.recado.whatsapp.Payload.Text) command.payload()).text())
                    .toList();
        }
    }

    private AnotherOutbox.Running loop(int pollSeconds) {
        var worker = another.worker(AnotherOutbox.settings(true, 100, pollSeconds, null), engine);
        worker.start();
        return new AnotherOutbox.Running(worker);
    }

    @Test
    void a_booking_wakes_it_and_it_does_not_wait_for_its_poll() throws Exception {
        var clinic = LoopClinic.open(clinics, clock, byHand);
        engine.line = clinic.line;
        var called = new CountDownLatch(1);
        engine.before = command -> called.countDown();
        try (var loop = loop(3600)) {
            clinic.books(clinic.patient("Ana", "+5491123456789"), "2026-11-26T13:00:00Z");
            assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(engine.all).hasSize(1);
    }

    @Test
    void what_falls_due_later_leaves_then_without_anybody_waking_it() throws Exception {
        var clinic = LoopClinic.open(clinics, clock, byHand);
        engine.line = clinic.line;
        var visit = clinic.books(clinic.patient("Ana", "+5491123456789"), "2026-11-25T13:00:00Z")
                .id();
        var called = new CountDownLatch(2);
        engine.before = command -> called.countDown();
        try (var loop = loop(1)) {
            clock.set(at("2026-11-24T13:00:01Z"));
            assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(clinic.story(visit)).containsExactly("confirmation accepted", "reminder accepted");
    }

    @Test
    void conversations_leave_side_by_side_and_each_in_its_order_and_nothing_twice() throws Exception {
        var clinic = LoopClinic.open(clinics, clock, byHand);
        engine.line = clinic.line;
        var phones = IntStream.range(0, PATIENTS)
                .mapToObj(i -> "+54911200011" + (10 + i))
                .toList();
        for (var text : List.of("uno", "dos", "tres")) {
            phones.forEach(phone -> staff.write(clinic.clinic, clinic.line, phone, text));
            clock.advance(Duration.ofSeconds(1));
        }
        // Nobody is answered before the first message of each conversation is at the engine.
        var together = new CountDownLatch(PATIENTS);
        var alone = new ConcurrentHashMap<String, AtomicInteger>();
        var violations = new AtomicInteger();
        var left = new CountDownLatch(3 * PATIENTS);
        engine.before = command -> {
            var inCall = alone.computeIfAbsent(command.to(), to -> new AtomicInteger());
            if (inCall.incrementAndGet() > 1) {
                violations.incrementAndGet();
            }
            together.countDown();
            try {
                if (!together.await(60, TimeUnit.SECONDS)) {
                    violations.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            inCall.decrementAndGet();
            left.countDown();
        };
        try (var one = loop(1);
                var two = loop(1)) {
            assertThat(left.await(120, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(violations).hasValue(0);
        assertThat(phones).allSatisfy(phone -> assertThat(engine.textsTo(phone)).containsExactly("uno", "dos", "tres"));
        int open = java.util.Objects.requireNonNull(clinic.clinic.inside(() -> transaction.execute(
                status -> jdbc.sql("select count(*) from message where organization_id = ? and state <> 'accepted'")
                        .param(clinic.clinic.id())
                        .query(Integer.class)
                        .single())));
        assertThat(open).isZero();
    }
}
