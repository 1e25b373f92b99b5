package app.recado.devstack;

import app.recado.devstack.LoadFigures.Timed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The people of one clinic in a load run: its desk books, patients get what is said and answer, somebody writes back, and
 * consoles are open. A visit is asked for when its time has come, whether the one before was answered or not, so that a slow
 * installation is not spared.
 */
final class LoadClinic {
    /** Five practitioners with twenty visits each, in ten hours. */
    static final Duration BETWEEN_VISITS = Duration.ofSeconds(360);

    private static final Duration BETWEEN_READS = Duration.ofMinutes(1);
    private static final int CONSOLES = 2;
    private static final int ANSWER_OF_TEN = 7;
    private static final int A_DAY = 32;
    /** A word from about the time of another message is for staff: the answer comes well before what is written next. */
    private static final Duration AFTER_THE_ANSWER = Duration.ofSeconds(9);

    private static final Duration ARRIVES = Duration.ofMinutes(3);
    private static final HttpClient STREAMS =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final CrashClinic clinic;
    private final int number;
    private final double speed;
    private final LoadFigures figures;
    private final BooleanSupplier over;

    LoadClinic(CrashClinic clinic, int number, double speed, LoadFigures figures, BooleanSupplier over) {
        this.clinic = clinic;
        this.number = number;
        this.speed = speed;
        this.figures = figures;
        this.over = over;
    }

    /** Tells another system, which listens at this address, of everything. */
    void tell(String url) {
        CrashClinic.create(
                clinic.base() + "/webhook-endpoints",
                clinic.token(),
                Map.of("url", url, "description", "Carga", "eventTypes", List.of(), "active", true));
    }

    /** Begins its day; visits that were begun are finished after the end. */
    void live(ExecutorService executor, boolean withStream) {
        executor.execute(() -> book(executor));
        for (int i = 0; i < CONSOLES; i++) {
            executor.execute(this::read);
        }
        if (withStream) {
            executor.execute(this::listen);
        }
    }

    private void book(ExecutorService executor) {
        long every = (long) (BETWEEN_VISITS.toNanos() / speed);
        // Not all clinics at the same moment.
        long next = System.nanoTime() + ThreadLocalRandom.current().nextLong(every);
        for (int i = 0; !over.getAsBoolean(); i++) {
            LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
            next += every;
            int visit = i;
            if (!over.getAsBoolean()) {
                executor.execute(() -> visit(visit));
            }
        }
    }

    private void visit(int i) {
        try {
            var phone = "+549115%07d".formatted(1_000_000 + number * 20_000 + i);
            var patient = create(
                    Timed.REGISTER,
                    "/patients",
                    Map.of("givenName", "Paciente", "familyName", "Número " + i, "phone", phone));
            if (patient == null) {
                return;
            }
            long from = System.nanoTime();
            var appointment = create(
                    Timed.BOOK,
                    "/appointments",
                    Map.of(
                            "patientId",
                            patient,
                            "practitionerId",
                            clinic.practitioner(),
                            "healthcareServiceId",
                            clinic.service(),
                            "start",
                            start(i).toInstant().toString()));
            if (appointment == null) {
                return;
            }
            figures.book();
            if (!arrives(phone, 1)) {
                return;
            }
            figures.add(Timed.TO_PHONE, System.nanoTime() - from);
            if (i % 10 < ANSWER_OF_TEN) {
                clinic.write(phone, CrashClinic.messageId(), "1");
                figures.answer();
            }
            LockSupport.parkNanos(AFTER_THE_ANSWER.toNanos());
            writeTo(patient, phone);
        } catch (DevstackException nobodyAnswered) {
            figures.fail(String.valueOf(nobodyAnswered.getMessage()));
        }
    }

    private void writeTo(String patient, String phone) {
        var content = Map.of("kind", "text", "text", "Lo esperamos.");
        if (create(Timed.WRITE, "/messages", Map.of("patientId", patient, "content", content)) != null) {
            figures.write();
            arrives(phone, 2);
        }
    }

    private static ZonedDateTime start(int i) {
        var day = LocalDate.now(CrashClinic.ZONE).plusDays(3 + i / A_DAY);
        return ZonedDateTime.of(day, LocalTime.of(9, 0).plusMinutes(15L * (i % A_DAY)), CrashClinic.ZONE);
    }

    private boolean arrives(String phone, int messages) {
        var arrived = Waiting.until(
                ARRIVES,
                () -> clinic.phones("/admin/inbox?to=" + Http.encode(phone))
                                .path("items")
                                .size()
                        >= messages);
        if (!arrived) {
            figures.fail("%s: message %d was not on the phone in %d s".formatted(phone, messages, ARRIVES.toSeconds()));
        }
        return arrived;
    }

    private @Nullable String create(Timed timed, String path, Map<String, Object> body) {
        long from = System.nanoTime();
        var answer = Http.send("POST", clinic.base() + path, clinic.token(), CrashClinic.key(), body);
        figures.add(timed, System.nanoTime() - from);
        if (!answer.ok()) {
            figures.fail("POST %s: %d %s".formatted(path, answer.status(), answer.body()));
            return null;
        }
        return answer.createdId();
    }

    /** A console shows the day and asks for it again from time to time. */
    private void read() {
        long every = (long) (BETWEEN_READS.toNanos() / speed);
        var day = LocalDate.now(CrashClinic.ZONE).plusDays(3);
        var path = "/appointments?limit=200&from=%s&to=%s".formatted(day, day.plusDays(1));
        while (!over.getAsBoolean()) {
            LockSupport.parkNanos(every);
            long from = System.nanoTime();
            try {
                var answer = Http.send("GET", clinic.base() + path, clinic.token(), Map.of(), null);
                figures.add(Timed.READ, System.nanoTime() - from);
                if (!answer.ok()) {
                    figures.fail("GET /appointments: %d %s".formatted(answer.status(), answer.body()));
                }
            } catch (DevstackException nobodyAnswered) {
                figures.fail(String.valueOf(nobodyAnswered.getMessage()));
            }
        }
    }

    /** The stream of an open console; it is opened again when its token has ended. */
    private void listen() {
        while (!over.getAsBoolean()) {
            var request = HttpRequest.newBuilder(URI.create(clinic.base() + "/events"))
                    .header("Authorization", "Bearer " + clinic.token())
                    .header("Accept", "text/event-stream")
                    .build();
            try (var lines =
                    STREAMS.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
                lines.takeWhile(line -> !over.getAsBoolean())
                        .filter(line -> line.equals("event:hint") || line.equals("event: hint"))
                        .forEach(line -> figures.hint());
            } catch (IOException | java.io.UncheckedIOException ended) {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
