package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class BookingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    @Test
    void a_visit_is_booked_once_and_shows_who_comes_to_whom_when_and_what_for() {
        var key = UUID.randomUUID().toString();
        var body = front().visitAt("2026-11-24T13:00:00Z");
        body.put("note", "Trae estudios 🩺");
        var booked = front().desk().key(key).post("/appointments", body);
        var repeated = front().desk().key(key).post("/appointments", body);

        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(repeated.id()).isEqualTo(booked.id());
        assertThat(repeated.etag()).isEqualTo(booked.etag());
        var read = front().read(booked);
        assertThat(read.json()).isEqualTo(booked.json());
        assertThat(read.at("/patient/displayName")).isEqualTo("Ana Núñez");
        assertThat(read.at("/patient/phone")).isEqualTo("+5491123456789");
        assertThat(read.at("/patient/messaging")).isEqualTo("allowed");
        assertThat(read.at("/practitioner/displayName")).isEqualTo("Dra. Gómez");
        assertThat(read.at("/healthcareService/name")).isEqualTo("Control");
        assertThat(read.at("/start")).isEqualTo("2026-11-24T13:00:00Z");
        assertThat(read.at("/end")).isEqualTo("2026-11-24T13:30:00Z");
        assertThat(read.at("/timeZone")).isEqualTo("America/Argentina/Buenos_Aires");
        assertThat(read.at("/status")).isEqualTo("booked");
        assertThat(read.at("/participation")).isEqualTo("needs-action");
        assertThat(read.at("/note")).isEqualTo("Trae estudios 🩺");
        assertThat(front().story(booked)).containsExactly("appointment-booked staff");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T13:00:00Z, 30",
        "2026-11-24T12:45:00Z, 30",
        "2026-11-24T13:15:00Z, 30",
        "2026-11-24T13:10:00Z, 5",
        "2026-11-24T12:00:00Z, 120",
    })
    void a_visit_that_overlaps_another_of_the_practitioner_is_refused(String start, int minutes) {
        front().books("2026-11-24T13:00:00Z");
        var body = front().visitAt(start);
        body.put("durationMinutes", minutes);
        var second = front().desk().post("/appointments", body);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("slot-taken");
        body.put("practitionerId", front().anotherPractitioner());
        assertThat(front().desk().post("/appointments", body).status()).isEqualTo(201);
    }

    @Test
    void visits_may_touch_and_a_cancelled_one_frees_its_time() {
        var first = front().books("2026-11-24T13:00:00Z");
        front().books("2026-11-24T12:30:00Z");
        front().books("2026-11-24T13:30:00Z");
        assertThat(front().act(front().desk(), first, "cancel", Map.of()).status())
                .isEqualTo(200);
        front().books("2026-11-24T13:00:00Z");
    }

    @Test
    void of_many_clients_racing_for_one_slot_exactly_one_gets_it() throws Exception {
        int clients = 50;
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                var body = front().visitAt(i % 2 == 0 ? "2026-11-24T13:00:00Z" : "2026-11-24T13:10:00Z");
                answers.add(threads.submit(() -> {
                    start.await();
                    return front().desk().post("/appointments", body);
                }));
            }
            start.countDown();
        }
        var codes = new ArrayList<@Nullable String>();
        for (var answer : answers) {
            codes.add(answer.get().code());
        }
        assertThat(codes.stream().filter(Objects::isNull)).hasSize(1);
        assertThat(codes.stream().filter(Objects::nonNull)).hasSize(clients - 1).containsOnly("slot-taken");
        var agenda = front().desk().get("/appointments?from=2026-11-24&to=2026-11-25");
        assertThat(agenda.json().at("/items").size()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "patientId, patient-unknown",
        "practitionerId, practitioner-unknown",
        "healthcareServiceId, healthcare-service-unknown"
    })
    void an_id_of_another_clinic_in_the_body_is_unknown_here(String field, String code) {
        var other = Front.of(clinics.open());
        var theirs = other.visitAt("2026-11-24T13:00:00Z");
        var ours = front().visitAt("2026-11-24T13:00:00Z");
        ours.put(field, theirs.get(field));
        var answer = front().desk().post("/appointments", ours);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/" + field);
        ours.put(field, UUID.randomUUID());
        assertThat(front().desk().post("/appointments", ours).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-24T12:00:00Z, 201, ",
        "2026-10-24T11:59:00Z, 422, in-the-past",
        "2028-11-24T12:00:00Z, 201, ",
        "2029-01-01T12:00:00Z, 422, out-of-range",
        "2026-11-24T13:00:30Z, 422, invalid-format",
        "2026-11-24T10:00:00-03:00, 201, ",
        "2026-11-24T10:00:00, 400, ",
        "2026-11-24, 400, ",
    })
    void a_visit_begins_on_a_minute_within_reach_and_at_an_instant(String start, int status, @Nullable String code) {
        var answer = front().desk().post("/appointments", front().visitAt(start));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (code != null) {
            assertThat(answer.at("/errors/0/pointer")).isEqualTo("/start");
            assertThat(answer.at("/errors/0/code")).isEqualTo(code);
        }
    }

    @Test
    void limits_are_strict_and_name_the_field() {
        var body = front().visitAt("2026-11-24T13:00:00Z");
        body.put("durationMinutes", 481);
        body.put("note", "n".repeat(501));
        body.put("patientId", null);
        var answer = front().desk().post("/appointments", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/pointer").asString() + " "
                                + error.at("/code").asString()))
                .containsExactlyInAnyOrder("/durationMinutes out-of-range", "/note too-long", "/patientId required");
    }

    @Test
    void owners_add_practitioners_and_services_and_everybody_sees_them() {
        var owner = front().clinic().owner();
        var list = front().clinic().practitioner().get("/practitioners");
        assertThat(list.at("/items/0/displayName")).isEqualTo("Dra. Gómez");
        assertThat(list.json().at("/items/0/specialty").isNull()).isTrue();
        assertThat(list.json().at("/items/0/active").asBoolean()).isTrue();
        var services = front().clinic().practitioner().get("/healthcare-services");
        assertThat(services.at("/items/0/durationMinutes")).isEqualTo("30");
        var tooShort = owner.post("/healthcare-services", Map.of("name", "x", "durationMinutes", 4));
        assertThat(tooShort.at("/errors/0/code")).isEqualTo("out-of-range");
        assertThat(tooShort.at("/errors/0/minimum")).isEqualTo("5");
        assertThat(front().desk()
                        .post("/practitioners", Map.of("displayName", "Dr. No"))
                        .code())
                .isEqualTo("forbidden");
        assertThat(front().desk()
                        .post("/healthcare-services", Map.of("name", "x", "durationMinutes", 10))
                        .code())
                .isEqualTo("forbidden");
        var elsewhere = clinics.open().owner();
        assertThat(elsewhere.get("/practitioners").json().at("/items").size()).isZero();
        assertThat(elsewhere.get("/healthcare-services").json().at("/items").size())
                .isZero();
    }

    @Test
    void practitioners_do_not_book() {
        var body = new HashMap<>(front().visitAt("2026-11-24T13:00:00Z"));
        assertThat(front().clinic().practitioner().post("/appointments", body).code())
                .isEqualTo("forbidden");
    }
}
