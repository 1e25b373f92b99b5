package app.recado.devstack;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Books visits, answers on the phones, and lets staff write back, while things break. */
final class SoakVisits {
    /** Longer than clocks may differ (five seconds and the network's second): staff thank for what they have read. */
    private static final Duration THANKS_AFTER = Duration.ofSeconds(8);

    private static final int A_DAY = 32;
    private static final long AGAIN_NANOS = 300_000_000L;
    /** How long everything is asked again once nothing is broken any more. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One patient with one visit. */
    static final class Visit {
        final String phone;
        final ZonedDateTime start;
        final String key = UUID.randomUUID().toString();

        volatile @Nullable String patient;
        volatile @Nullable String appointment;
        /** The id of the patient's answer, whether it is ever written or not. */
        final String answerId = CrashClinic.messageId();

        /** The phone was asked to write the answer "1"; it may have done so. */
        volatile boolean answerBegun;
        /** The phone has written it. */
        volatile boolean answered;
        /** When it had written it, as {@link System#nanoTime}. */
        volatile long answeredAt;
        /** What staff wrote back, once the API said that it has it. */
        volatile @Nullable String thanks;

        Visit(String phone, ZonedDateTime start) {
            this.phone = phone;
            this.start = start;
        }
    }

    private final CrashClinic clinic;
    private final BooleanSupplier over;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final SoakAnswers answers;

    SoakVisits(CrashClinic clinic, BooleanSupplier over) {
        this.clinic = clinic;
        this.over = over;
        this.answers = new SoakAnswers(clinic, visits);
    }

    List<Visit> all() {
        return List.copyOf(visits);
    }

    /** What was refused although it was right, or never done. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** How often a request had to be sent again because nobody answered, or with a 5xx. */
    int repeated() {
        return repeated.get() + answers.repeated();
    }

    /** Registers one patient after another and books a visit for each. */
    void bookAll(Random random) {
        while (!over.getAsBoolean()) {
            int number = next.getAndIncrement();
            var day = LocalDate.now(CrashClinic.ZONE).plusDays(3 + number / A_DAY);
            var time = LocalTime.of(9, 0).plusMinutes(15L * (number % A_DAY));
            var visit = new Visit(
                    "+549115%07d".formatted(1_000_000 + number), ZonedDateTime.of(day, time, CrashClinic.ZONE));
            visits.add(visit);
            visit.patient = create(
                    "/patients",
                    UUID.randomUUID().toString(),
                    Map.of("givenName", "Paciente", "familyName", "Número " + number, "phone", visit.phone));
            if (visit.patient != null) {
                visit.appointment = create("/appointments", visit.key, booking(visit));
            }
            pause(300 + random.nextInt(1_200));
        }
    }

    private Map<String, Object> booking(Visit visit) {
        return Map.of(
                "patientId", String.valueOf(visit.patient),
                "practitionerId", clinic.practitioner(),
                "healthcareServiceId", clinic.service(),
                "start", visit.start.toInstant().toString());
    }

    /** Most patients answer what they got, and staff thank some of them. */
    void answerAll(Random random) {
        while (!over.getAsBoolean()) {
            answers.round(random);
            for (var visit : visits) {
                if (visit.answered && isOver(visit.answeredAt) && visit.thanks == null && random.nextInt(10) == 0) {
                    visit.thanks = create(
                            "/messages",
                            visit.key,
                            Map.of(
                                    "patientId",
                                    String.valueOf(visit.patient),
                                    "content",
                                    Map.of("kind", "text", "text", "Gracias, lo esperamos.")));
                }
            }
            pause(1_000);
        }
        answers.finish(PATIENCE).forEach(phone -> refused.add(phone + ": the phone never wrote the answer"));
    }

    /** A word that arrives late, from about the time of another message of ours, is for staff and not an answer. */
    private static boolean isOver(long answeredAt) {
        return System.nanoTime() - answeredAt > THANKS_AFTER.toNanos();
    }

    /** Asks until somebody answers, always under the same key. @return the id; null when it was refused */
    private @Nullable String create(String path, String key, Map<String, Object> body) {
        long end = 0;
        while (true) {
            try {
                var answer =
                        Http.send("POST", clinic.base() + path, clinic.token(), Map.of("Idempotency-Key", key), body);
                if (answer.ok()) {
                    return answer.createdId();
                }
                // 409 is the answer while another replica still works on the same key.
                if (answer.status() < 500 && answer.status() != 409) {
                    refused.add("POST %s: %d %s".formatted(path, answer.status(), answer.body()));
                    return null;
                }
            } catch (DevstackException nobodyAnswered) {
                // a replica died, or its connection was cut, between question and answer
            }
            repeated.incrementAndGet();
            if (end == 0 && over.getAsBoolean()) {
                end = System.nanoTime() + PATIENCE.toNanos();
            } else if (end != 0 && System.nanoTime() > end) {
                refused.add("POST %s: nobody answered, though nothing is broken any more".formatted(path));
                return null;
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    private static void pause(int ms) {
        LockSupport.parkNanos(ms * 1_000_000L);
    }
}
