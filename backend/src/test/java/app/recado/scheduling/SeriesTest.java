package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Visits that repeat are booked, moved and cancelled together, all of them or none, and each may go its own way. */
@RecadoTest
class SeriesTest {

    private static final String WEEKLY = "FREQ=WEEKLY;COUNT=3";

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

    private Map<String, @Nullable Object> plan(String recurrence) {
        var body = new HashMap<String, @Nullable Object>(front().visitAt("2026-12-01T10:00"));
        body.put("recurrence", recurrence);
        return body;
    }

    private Answer preview(Map<String, @Nullable Object> plan) {
        return front().desk().post("/appointment-series/preview", plan);
    }

    private Answer book(Map<String, @Nullable Object> plan) {
        return front().desk().post("/appointment-series", plan);
    }

    private Answer booked(String recurrence) {
        var answer = book(plan(recurrence));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer change(Answer seen, String how, Map<String, Object> body) {
        return front().desk().ifMatch(seen.etag()).post("/appointment-series/%s/%s".formatted(seen.id(), how), body);
    }

    private static String visit(Answer series, int n) {
        return series.at("/appointments/%d/id".formatted(n));
    }

    private static List<String> starts(Answer series) {
        return each(series, "/appointments", "/start");
    }

    private static List<String> each(Answer answer, String list, String field) {
        return answer.json()
                .at(list)
                .valueStream()
                .map(one -> one.at(field).asString())
                .toList();
    }

    @Test
    void every_visit_is_booked_and_knows_its_series() {
        var series = booked(WEEKLY);
        assertThat(starts(series))
                .containsExactly("2026-12-01T13:00:00Z", "2026-12-08T13:00:00Z", "2026-12-15T13:00:00Z");
        assertThat(each(series, "/appointments", "/seriesId"))
                .containsOnly(series.id().toString());
        assertThat(series.at("/recurrence")).isEqualTo(WEEKLY);
        assertThat(series.at("/start")).isEqualTo("2026-12-01T10:00");
        assertThat(front().clinic()
                        .practitioner()
                        .get("/appointment-series/" + series.id())
                        .json())
                .isEqualTo(series.json());
        assertThat(front().desk()
                        .post("/appointments", front().visitAt("2026-12-08T13:00:00Z"))
                        .code())
                .isEqualTo("slot-taken");
    }

    @Test
    void what_has_no_place_is_named_nothing_is_booked_and_the_rest_can_be() {
        var taken = front().books("2026-12-08T13:15:00Z");
        var tried = preview(plan(WEEKLY));
        assertThat(each(tried, "/occurrences", "/fitting")).containsExactly("free", "taken", "free");
        assertThat(tried.at("/occurrences/1/conflicts/0/appointmentId"))
                .isEqualTo(taken.id().toString());
        assertThat(tried.text()).doesNotContain("Núñez");

        var refused = book(plan(WEEKLY));
        assertThat(refused.code()).isEqualTo("series-not-free");
        assertThat(each(refused, "/occurrences", "/local")).containsExactly("2026-12-08T10:00");
        assertThat(front().desk()
                        .get("/appointments?from=2026-12-01&to=2026-12-20")
                        .json()
                        .at("/items")
                        .size())
                .isOne();

        var without = plan(WEEKLY);
        without.put("withoutDays", List.of("2026-12-08"));
        assertThat(starts(book(without))).containsExactly("2026-12-01T13:00:00Z", "2026-12-15T13:00:00Z");
    }

    @Test
    void hours_are_kept_unless_staff_want_otherwise() {
        front().clinic()
                .owner()
                .post(
                        "/schedules",
                        Map.of(
                                "validFrom",
                                "2026-11-01",
                                "practitionerId",
                                front().practitioner(),
                                "hours",
                                List.of(Map.of("day", "wed", "from", "08:00", "until", "12:00"))));
        assertThat(each(preview(plan(WEEKLY)), "/occurrences", "/fitting")).containsOnly("outside-hours");
        assertThat(book(plan(WEEKLY)).code()).isEqualTo("series-not-free");
        var onPurpose = plan(WEEKLY);
        onPurpose.put("outsideHours", true);
        assertThat(each(book(onPurpose), "/appointments", "/outsideHours")).containsOnly("true");
    }

    @Test
    void hours_are_those_of_the_locations_wall_clock_and_a_skipped_one_is_named() {
        var south = front().clinic()
                .owner()
                .post("/locations", Map.of("name", "Santiago", "timeZone", "America/Santiago"))
                .id();
        var plan = plan("FREQ=DAILY;COUNT=2");
        plan.put("start", "2027-09-04T00:30");
        plan.put("locationId", south);
        var tried = preview(plan);
        assertThat(tried.at("/timeZone")).isEqualTo("America/Santiago");
        assertThat(each(tried, "/occurrences", "/clocks")).containsExactly("usual", "skipped");
        assertThat(tried.at("/occurrences/1/start")).isEqualTo("2027-09-05T04:30:00Z");
    }

    @Test
    void a_rule_that_cannot_be_followed_is_refused_at_its_field() {
        for (var rule : List.of("FREQ=SECONDLY;COUNT=3", "FREQ=DAILY", "FREQ=YEARLY;COUNT=4", "every Tuesday")) {
            var refused = book(plan(rule));
            assertThat(refused.code()).as(rule).isEqualTo("invalid-fields");
            assertThat(refused.at("/errors/0/pointer")).as(rule).isEqualTo("/recurrence");
        }
        var never = plan(WEEKLY);
        never.put("start", "2026-02-30T10:00");
        assertThat(book(never).at("/errors/0/pointer")).isEqualTo("/start");
        var unknown = plan(WEEKLY);
        unknown.put("patientId", front().practitioner());
        assertThat(book(unknown).code()).isEqualTo("patient-unknown");
    }

    @Test
    void one_visit_goes_its_own_way_and_those_from_it_on_are_cancelled_together() {
        var series = booked(WEEKLY);
        var second = front().desk().get("/appointments/" + visit(series, 1));
        front().act(front().desk(), second, "reschedule", Map.of("start", "2026-12-09T14:00:00Z"));

        var cancelled = change(series, "cancel", Map.of("fromAppointmentId", visit(series, 1), "code", "pat"));

        assertThat(each(cancelled, "/appointments", "/status")).containsExactly("booked", "cancelled", "cancelled");
        assertThat(each(cancelled, "/appointments", "/cancellationCode")).endsWith("pat", "pat");
        assertThat(change(series, "cancel", Map.of("fromAppointmentId", visit(series, 0)))
                        .code())
                .isEqualTo("stale");
        assertThat(change(cancelled, "cancel", Map.of("fromAppointmentId", visit(series, 2)))
                        .code())
                .isEqualTo("appointment-not-in-that-state");
        assertThat(change(
                                cancelled,
                                "cancel",
                                Map.of(
                                        "fromAppointmentId",
                                        booked("FREQ=DAILY;COUNT=1;BYDAY=FR").at("/appointments/0/id")))
                        .at("/errors/0/pointer"))
                .isEqualTo("/fromAppointmentId");
    }

    @Test
    void those_from_one_on_move_together_also_into_each_others_place() {
        var series = booked("FREQ=WEEKLY;COUNT=4");
        var later = change(
                series, "reschedule", Map.of("fromAppointmentId", visit(series, 1), "start", "2026-12-15T13:00:00Z"));
        assertThat(starts(later))
                .as(later.text())
                .containsExactly(
                        "2026-12-01T13:00:00Z", "2026-12-15T13:00:00Z", "2026-12-22T13:00:00Z", "2026-12-29T13:00:00Z");
        var back = change(
                later, "reschedule", Map.of("fromAppointmentId", visit(series, 1), "start", "2026-12-08T14:30:00Z"));
        assertThat(starts(back))
                .containsExactly(
                        "2026-12-01T13:00:00Z", "2026-12-08T14:30:00Z", "2026-12-15T14:30:00Z", "2026-12-22T14:30:00Z");

        front().books("2026-12-16T16:00:00Z");
        var refused = change(
                back, "reschedule", Map.of("fromAppointmentId", visit(series, 1), "start", "2026-12-09T16:00:00Z"));
        assertThat(refused.code()).isEqualTo("series-not-free");
        assertThat(each(refused, "/occurrences", "/local")).containsExactly("2026-12-16T13:00");
        assertThat(starts(front().desk().get("/appointment-series/" + series.id())))
                .as("none has moved")
                .isEqualTo(starts(back));
    }

    @Test
    void of_two_series_for_the_same_hours_at_once_exactly_one_is_booked() throws Exception {
        var together = new CountDownLatch(1);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return book(plan("FREQ=DAILY;COUNT=5"));
                }));
            }
            together.countDown();
        }
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
    }
}
