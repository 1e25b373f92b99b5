package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class WaitlistTest {

    /** Tuesday, nine in the morning in Buenos Aires. */
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** Wednesday, ten in the morning there. */
    private static final String TEN = "2026-11-25T13:00:00Z";

    private static final String HALF_PAST = "2026-11-25T13:30:00Z";

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

    private UUID patient(String name) {
        return front().desk().post("/patients", Map.of("givenName", name)).id();
    }

    private Map<String, @Nullable Object> waiting(UUID patient) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("patientId", patient);
        body.put("healthcareServiceId", front().service());
        return body;
    }

    private Answer waits(Map<String, @Nullable Object> body) {
        var answer = front().desk().post("/waitlist-entries", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer act(Answer seen, String action) {
        return front().desk()
                .ifMatch(seen.etag())
                .send("POST", "/waitlist-entries/%s/%s".formatted(seen.id(), action), null);
    }

    private static List<String> names(Answer list) {
        return list.json()
                .at("/items")
                .valueStream()
                .map(entry -> entry.at("/patient/displayName").asString())
                .toList();
    }

    private List<String> whoFits(String start, String end) {
        var found = front().desk()
                .get("/waitlist-matches?practitionerId=%s&start=%s&end=%s"
                        .formatted(front().practitioner(), start, end));
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return names(found);
    }

    private List<String> states(@Nullable String state) {
        return names(
                front().clinic().practitioner().get("/waitlist-entries" + (state == null ? "" : "?state=" + state)));
    }

    @Test
    void the_urgent_come_first_and_then_who_waits_longest_page_by_page() {
        waits(waiting(patient("Primero")));
        clock.advance(Duration.ofMinutes(1));
        waits(waiting(patient("Segunda")));
        clock.advance(Duration.ofMinutes(1));
        var urgent = waiting(patient("Urgente"));
        urgent.put("priority", "urgent");
        waits(urgent);

        var pages = new ArrayList<String>();
        var page = front().desk().get("/waitlist-entries?limit=1");
        pages.addAll(names(page));
        while (!page.json().at("/nextCursor").isNull()) {
            page = front().desk().get("/waitlist-entries?limit=1&cursor=" + page.at("/nextCursor"));
            pages.addAll(names(page));
        }
        assertThat(pages).containsExactly("Urgente", "Primero", "Segunda");
        assertThat(front().desk()
                        .get("/waitlist-entries?state=offered&cursor=nope")
                        .code())
                .isEqualTo("invalid-cursor");
        assertThat(front().desk().get("/waitlist-entries?state=lost").code()).isEqualTo("invalid-parameter");
    }

    @Test
    void somebody_waits_once_for_the_same() {
        var first = waits(waiting(front().patient()));
        var again = front().desk().post("/waitlist-entries", waiting(front().patient()));
        assertThat(again.at("/errors/0/pointer")).isEqualTo("/healthcareServiceId");
        assertThat(again.at("/errors/0/code")).isEqualTo("already-waiting");
        waits(waiting(patient("Otra")));

        var withdrawn = act(first, "withdraw");
        var second = waits(waiting(front().patient()));
        assertThat(act(withdrawn, "reactivate").code()).isEqualTo("waitlist-entry-not-in-that-state");
        assertThat(act(second, "withdraw").status()).isEqualTo(200);
        assertThat(act(withdrawn, "reactivate").status()).isEqualTo(200);
    }

    @Test
    void an_entry_says_who_waits_for_what_with_whom_where_and_when() {
        var body = waiting(front().patient());
        body.put("practitionerId", front().practitioner());
        body.put("locationId", front().clinic().id());
        body.put("firstDay", "2026-11-25");
        body.put("lastDay", "2026-12-23");
        body.put(
                "windows",
                List.of(
                        Map.of("day", "wed", "from", "14:00", "until", "24:00"),
                        Map.of("day", "mon", "from", "08:00", "until", "13:00")));
        body.put("note", " Avisar por teléfono ");
        var entry = waits(body);

        assertThat(front().clinic()
                        .practitioner()
                        .get("/waitlist-entries/" + entry.id())
                        .json())
                .isEqualTo(entry.json());
        assertThat(entry.at("/patient/displayName")).isEqualTo("Ana Núñez");
        assertThat(entry.at("/healthcareService/name")).isEqualTo("Control");
        assertThat(entry.at("/practitioner/name")).isEqualTo("Dra. Gómez");
        assertThat(entry.at("/location/id")).isEqualTo(front().clinic().id().toString());
        assertThat(entry.at("/windows/0/day")).isEqualTo("mon");
        assertThat(entry.at("/windows/1/until")).isEqualTo("24:00");
        assertThat(entry.at("/priority")).isEqualTo("routine");
        assertThat(entry.at("/note")).isEqualTo("Avisar por teléfono");
        assertThat(entry.at("/state")).isEqualTo("active");
        var ofPatient = front().desk().get("/waitlist-entries?patientId=" + front().patient());
        assertThat(names(ofPatient)).containsExactly("Ana Núñez");
    }

    @ParameterizedTest
    @CsvSource({
        "/lastDay, not-after-start, lastDay, 2026-11-24",
        "/lastDay, out-of-range, lastDay, 2062-11-24",
        "/practitionerId, unknown-value, practitionerId, 0197a000-0000-7000-8000-000000000001",
        "/locationId, unknown-value, locationId, 0197a000-0000-7000-8000-000000000001",
        "/patientId, unknown-value, patientId, 0197a000-0000-7000-8000-000000000001",
        "/healthcareServiceId, unknown-value, healthcareServiceId, 0197a000-0000-7000-8000-000000000001",
    })
    void what_cannot_be_is_refused_by_its_field(String pointer, String code, String field, String value) {
        var body = waiting(front().patient());
        body.put("firstDay", "2026-11-25");
        body.put(field, value);
        var answer = front().desk().post("/waitlist-entries", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.at("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void windows_end_after_they_begin_and_do_not_overlap() {
        var body = waiting(front().patient());
        body.put(
                "windows",
                List.of(
                        Map.of("day", "mon", "from", "13:00", "until", "13:00"),
                        Map.of("day", "tue", "from", "08:00", "until", "12:00"),
                        Map.of("day", "tue", "from", "11:00", "until", "14:00")));
        var answer = front().desk().post("/waitlist-entries", body);
        assertThat(answer.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/pointer").asString() + " "
                                + error.at("/code").asString()))
                .containsExactly("/windows/0/until not-after-start", "/windows/2/from overlaps");
    }

    @Test
    void whoever_is_changed_keeps_their_place_and_whoever_was_withdrawn_gets_it_back() {
        var first = waits(waiting(patient("Primero")));
        clock.advance(Duration.ofMinutes(1));
        waits(waiting(patient("Segunda")));
        var body = waiting(UUID.fromString(first.at("/patient/id")));
        body.put("note", "por la tarde");

        var changed = front().desk().ifMatch(first.etag()).put("/waitlist-entries/" + first.id(), body);
        assertThat(changed.at("/note")).isEqualTo("por la tarde");
        assertThat(act(first, "withdraw").code()).isEqualTo("stale");
        var gone = act(changed, "withdraw");
        assertThat(gone.at("/state")).isEqualTo("withdrawn");
        assertThat(states(null)).containsExactly("Segunda");
        assertThat(states("withdrawn")).containsExactly("Primero");
        assertThat(act(gone, "withdraw").code()).isEqualTo("waitlist-entry-not-in-that-state");
        assertThat(front().desk()
                        .ifMatch(gone.etag())
                        .put("/waitlist-entries/" + first.id(), body)
                        .code())
                .isEqualTo("waitlist-entry-not-in-that-state");
        var back = act(gone, "reactivate");
        assertThat(back.at("/state")).isEqualTo("active");
        assertThat(states(null)).containsExactly("Primero", "Segunda");
        assertThat(act(back, "reactivate").code()).isEqualTo("waitlist-entry-not-in-that-state");
    }

    @Test
    void an_entry_expires_with_its_last_day_and_comes_back_with_a_later_one() {
        var body = waiting(front().patient());
        body.put("lastDay", "2026-11-25");
        var entry = waits(body);
        clock.set(Instant.parse("2026-11-26T02:59:00Z"));
        assertThat(states(null)).containsExactly("Ana Núñez");
        clock.set(Instant.parse("2026-11-26T03:00:00Z"));
        assertThat(states(null)).isEmpty();
        assertThat(states("active")).isEmpty();
        assertThat(states("expired")).containsExactly("Ana Núñez");
        body.put("lastDay", "2026-11-30");
        var longer = front().desk().ifMatch(entry.etag()).put("/waitlist-entries/" + entry.id(), body);
        assertThat(longer.at("/state")).isEqualTo("active");
        assertThat(states(null)).containsExactly("Ana Núñez");
    }

    @Test
    void practitioners_look_and_leave_the_list_to_the_desk() {
        var doctor = front().clinic().practitioner();
        var entry = waits(waiting(front().patient()));
        assertThat(doctor.post("/waitlist-entries", waiting(front().patient())).code())
                .isEqualTo("forbidden");
        assertThat(doctor.ifMatch(entry.etag())
                        .send("POST", "/waitlist-entries/%s/withdraw".formatted(entry.id()), null)
                        .code())
                .isEqualTo("forbidden");
    }

    /** Wednesday 25 November, from ten to half past. */
    @ParameterizedTest
    @CsvSource({
        "wed, 10:00, 10:30, true",
        "wed, 08:00, 24:00, true",
        "wed, 10:15, 13:00, false",
        "wed, 08:00, 10:29, false",
        "thu, 08:00, 13:00, false",
    })
    void an_hour_suits_within_a_window_of_its_day_and_wall_clock(String day, String from, String until, boolean suits) {
        var body = waiting(front().patient());
        body.put("windows", List.of(Map.of("day", day, "from", from, "until", until)));
        waits(body);
        assertThat(whoFits(TEN, HALF_PAST)).hasSize(suits ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "firstDay, 2026-11-25, true",
        "firstDay, 2026-11-26, false",
        "lastDay, 2026-11-25, true",
        "lastDay, 2026-11-24, false",
    })
    void an_hour_suits_within_the_days_that_somebody_can_come(String field, String day, boolean suits) {
        var body = waiting(front().patient());
        body.put(field, day);
        waits(body);
        assertThat(whoFits(TEN, HALF_PAST)).hasSize(suits ? 1 : 0);
    }

    @Test
    void an_hour_suits_by_service_practitioner_and_location_and_only_who_waits() {
        var owner = front().clinic().owner();
        var other = front().anotherPractitioner();
        var elsewhere = owner.post("/locations", Map.of("name", "Sede Norte")).id();
        var longer = owner.post("/healthcare-services", Map.of("name", "Conducto", "durationMinutes", 45))
                .id();
        var shorter = owner.post("/healthcare-services", Map.of("name", "Curación", "durationMinutes", 15))
                .id();
        waits(waiting(patient("Cualquiera")));
        waitsWith("Con ella", "practitionerId", front().practitioner());
        waitsWith("Con otro", "practitionerId", other);
        waitsWith("Acá", "locationId", front().clinic().id());
        waitsWith("Lejos", "locationId", elsewhere);
        waitsWith("Largo", "healthcareServiceId", longer);
        waitsWith("Corto", "healthcareServiceId", shorter);
        act(waits(waiting(patient("Ya no"))), "withdraw");

        assertThat(whoFits(TEN, HALF_PAST)).containsExactly("Cualquiera", "Con ella", "Acá", "Corto");
        var forOne = front().desk()
                .get("/waitlist-matches?practitionerId=%s&start=%s&end=%s&healthcareServiceId=%s&locationId=%s"
                        .formatted(front().practitioner(), TEN, HALF_PAST, front().service(), elsewhere));
        assertThat(names(forOne)).containsExactly("Cualquiera", "Con ella", "Lejos");
    }

    private void waitsWith(String name, String field, UUID value) {
        clock.advance(Duration.ofSeconds(1));
        var body = waiting(patient(name));
        body.put(field, value);
        waits(body);
    }

    @Test
    void an_hour_does_not_suit_whoever_has_another_visit_then() {
        var other = front().anotherPractitioner();
        waits(waiting(front().patient()));
        var own = front().visitAt("2026-11-25T12:45:00Z");
        own.put("practitionerId", other);
        var visit = front().desk().post("/appointments", own);
        assertThat(visit.status()).as(visit.text()).isEqualTo(201);
        assertThat(whoFits(TEN, HALF_PAST)).isEmpty();
        assertThat(whoFits("2026-11-25T13:15:00Z", "2026-11-25T13:45:00Z")).hasSize(1);
        front().act(front().desk(), visit, "cancel", Map.of());
        assertThat(whoFits(TEN, HALF_PAST)).hasSize(1);
    }

    @Test
    void a_window_means_the_wall_clock_before_and_after_the_clocks_change() {
        clock.set(Instant.parse("2027-03-29T12:00:00Z"));
        opened = Front.of(clinics.open("CL", "America/Santiago", "es"));
        var body = waiting(front().patient());
        body.put("windows", List.of(Map.of("day", "fri", "from", "13:00", "until", "13:30")));
        waits(body);
        // Santiago leaves summer time on 4 April 2027: -03:00 before, -04:00 after.
        assertThat(whoFits("2027-04-02T16:00:00Z", "2027-04-02T16:30:00Z")).hasSize(1);
        assertThat(whoFits("2027-04-09T16:00:00Z", "2027-04-09T16:30:00Z")).isEmpty();
        assertThat(whoFits("2027-04-09T17:00:00Z", "2027-04-09T17:30:00Z")).hasSize(1);
    }

    @Test
    void an_hour_ends_after_it_begins_and_is_somebodys() {
        var ask = "/waitlist-matches?practitionerId=%s&start=%s&end=%s";
        var desk = front().desk();
        assertThat(desk.get(ask.formatted(front().practitioner(), TEN, TEN)).code())
                .isEqualTo("invalid-parameter");
        assertThat(desk.get(ask.formatted(front().practitioner(), TEN, "2026-11-25T21:00:01Z"))
                        .code())
                .isEqualTo("invalid-parameter");
        assertThat(desk.get(ask.formatted(front().practitioner(), "2062-11-25T13:00:00Z", "2062-11-25T13:30:00Z"))
                        .code())
                .isEqualTo("invalid-parameter");
        assertThat(desk.get(ask.formatted(UUID.randomUUID(), TEN, HALF_PAST)).code())
                .isEqualTo("practitioner-unknown");
    }

    @Test
    void a_visit_that_is_booked_from_the_list_ends_the_waiting() {
        var entry = waits(waiting(front().patient()));
        var body = front().visitAt(TEN);
        body.put("waitlistEntryId", entry.id());
        var visit = front().desk().post("/appointments", body);

        assertThat(visit.status()).as(visit.text()).isEqualTo(201);
        var booked = front().desk().get("/waitlist-entries/" + entry.id());
        assertThat(booked.at("/state")).isEqualTo("booked");
        assertThat(booked.at("/appointmentId")).isEqualTo(visit.id().toString());
        assertThat(states(null)).isEmpty();
        assertThat(act(booked, "withdraw").code()).isEqualTo("waitlist-entry-not-in-that-state");
    }

    @Test
    void a_booking_that_is_refused_leaves_the_entry_waiting() {
        var entry = waits(waiting(front().patient()));
        front().books(TEN);
        var body = front().visitAt(TEN);
        body.put("waitlistEntryId", entry.id());
        assertThat(front().desk().post("/appointments", body).code()).isEqualTo("slot-taken");
        assertThat(front().desk().get("/waitlist-entries/" + entry.id()).json()).isEqualTo(entry.json());
    }

    @Test
    void the_entry_of_somebody_else_is_not_booked() {
        var entry = waits(waiting(patient("Beto")));
        var body = front().visitAt(TEN);
        body.put("waitlistEntryId", entry.id());
        var refused = front().desk().post("/appointments", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/waitlistEntryId");
        assertThat(states(null)).containsExactly("Beto");
    }

    @Test
    void of_several_desks_that_book_one_entry_exactly_one_does() throws Exception {
        var entry = waits(waiting(front().patient()));
        int desks = 6;
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < desks; i++) {
                var body = front().visitAt("2026-11-25T%d:00:00Z".formatted(13 + i));
                body.put("practitionerId", i % 2 == 0 ? front().practitioner() : front().anotherPractitioner());
                body.put("waitlistEntryId", entry.id());
                answers.add(threads.submit(() -> {
                    start.await();
                    return front().desk().key(UUID.randomUUID().toString()).post("/appointments", body);
                }));
            }
            start.countDown();
        }
        var codes = new ArrayList<@Nullable String>();
        for (var answer : answers) {
            codes.add(answer.get().code());
        }
        assertThat(codes.stream().filter(Objects::isNull)).hasSize(1);
        assertThat(codes.stream().filter(Objects::nonNull))
                .hasSize(desks - 1)
                .containsOnly("waitlist-entry-not-in-that-state");
        assertThat(front().desk()
                        .get("/appointments?from=2026-11-25&to=2026-11-26")
                        .json()
                        .at("/items")
                        .size())
                .isOne();
    }
}
