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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Hours of a clinic in Buenos Aires (UTC-3), and what of them is free; today is Monday, 23 November 2026, 9:00. */
@RecadoTest
class SchedulesTest {

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

    private static Map<String, Object> on(String day, String from, String until) {
        return Map.of("day", day, "from", from, "until", until);
    }

    private Answer week(@Nullable UUID practitioner, String validFrom, List<Map<String, Object>> hours) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("practitionerId", practitioner);
        body.put("validFrom", validFrom);
        body.put("hours", hours);
        return front().clinic().owner().post("/schedules", body);
    }

    private Answer days(@Nullable UUID practitioner, String first, String last, List<Map<String, Object>> hours) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("practitionerId", practitioner);
        body.put("firstDay", first);
        body.put("lastDay", last);
        body.put("hours", hours);
        return front().clinic().owner().post("/schedule-exceptions", body);
    }

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** Free times as UTC instants, of the practitioner alone. */
    private List<String> free(String from, String to) {
        var answer = slots("practitionerId=%s&from=%s&to=%s".formatted(front().practitioner(), from, to));
        return answer.json()
                .at("/items")
                .valueStream()
                .map(slot -> slot.at("/start").asString())
                .toList();
    }

    private Answer slots(String query) {
        var answer = front().desk().get("/slots?healthcareServiceId=%s&%s".formatted(front().service(), query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    @Test
    void a_practitioner_is_free_within_their_hours_but_for_the_break_and_the_visits_they_have() {
        created(week(
                front().practitioner(),
                "2026-11-01",
                List.of(on("wed", "09:00", "10:00"), on("wed", "14:30", "15:30"))));
        front().books("2026-11-25T17:45:00Z"); // 14:45 to 15:15
        assertThat(free("2026-11-24", "2026-11-27"))
                .containsExactly("2026-11-25T12:00:00Z", "2026-11-25T12:15:00Z", "2026-11-25T12:30:00Z");
    }

    @Test
    void who_has_no_hours_of_their_own_follows_the_clinics_and_a_later_week_follows_an_earlier_one() {
        created(week(null, "2026-11-01", List.of(on("wed", "09:00", "09:30"))));
        created(week(null, "2026-12-01", List.of(on("wed", "20:00", "20:30"))));
        assertThat(free("2026-11-25", "2026-11-26")).containsExactly("2026-11-25T12:00:00Z");
        assertThat(free("2026-12-02", "2026-12-03")).containsExactly("2026-12-02T23:00:00Z");
        created(week(front().practitioner(), "2026-12-01", List.of()));
        assertThat(free("2026-12-02", "2026-12-03")).isEmpty();
    }

    @Test
    void a_clinic_that_never_said_its_hours_is_taken_to_be_open_by_day_and_the_answer_says_so() {
        var open = front().desk().get("/opening-hours?from=2026-11-28&to=2026-11-30");
        assertThat(open.json().at("/items/0/assumed").asBoolean()).isTrue();
        assertThat(open.at("/items/0/open/0/start")).isEqualTo("2026-11-28T11:00:00Z");
        assertThat(open.at("/items/0/open/0/end")).isEqualTo("2026-11-28T23:00:00Z");
        assertThat(open.json().at("/items/1/open")).isEmpty(); // Sunday
    }

    @Test
    void days_that_differ_come_before_the_week_and_the_practitioners_before_the_clinics() {
        created(week(
                front().practitioner(),
                "2026-11-01",
                List.of(on("tue", "09:00", "10:00"), on("wed", "09:00", "10:00"))));
        created(days(null, "2026-12-08", "2026-12-08", List.of())); // a holiday
        created(days(null, "2026-12-09", "2026-12-09", List.of(on9())));
        assertThat(free("2026-12-08", "2026-12-10")).containsExactly("2026-12-09T12:00:00Z");
        created(days(
                front().practitioner(),
                "2026-12-08",
                "2026-12-08",
                List.of(Map.of("from", "21:00", "until", "21:30"))));
        assertThat(free("2026-12-08", "2026-12-09")).containsExactly("2026-12-09T00:00:00Z");
    }

    private static Map<String, Object> on9() {
        return Map.of("from", "08:00", "until", "09:30");
    }

    @Test
    void anybody_who_offers_the_service_is_searched_and_each_ones_next_free_time_is_told() {
        var other = front().anotherPractitioner();
        created(week(null, "2026-11-01", List.of(on("wed", "09:00", "09:30"), on("thu", "09:00", "09:30"))));
        front().books("2026-11-25T12:00:00Z");
        var both = slots("from=2026-11-25&to=2026-11-27");
        assertThat(both.json().at("/items")).hasSize(3);
        assertThat(both.json().at("/more").asBoolean()).isFalse();
        var next = new HashMap<String, @Nullable String>();
        both.json()
                .at("/nextFree")
                .forEach(one -> next.put(
                        one.at("/practitionerId").asString(), one.at("/start").asString()));
        assertThat(next)
                .containsEntry(other.toString(), "2026-11-25T12:00:00Z")
                .containsEntry(front().practitioner().toString(), "2026-11-26T12:00:00Z");

        var service = front().clinic().owner().get("/healthcare-services/" + front().service());
        var only = Map.of(
                "name",
                "Control",
                "durationMinutes",
                30,
                "bufferBeforeMinutes",
                0,
                "bufferAfterMinutes",
                0,
                "practitionerIds",
                List.of(front().practitioner()),
                "active",
                true);
        assertThat(front().clinic()
                        .owner()
                        .ifMatch(service.etag())
                        .put("/healthcare-services/" + front().service(), only)
                        .status())
                .isEqualTo(200);
        assertThat(slots("from=2026-11-25&to=2026-11-27").json().at("/items")).hasSize(1);
        var body = front().visitAt("2026-11-25T12:00:00Z");
        body.put("practitionerId", other);
        var refused = front().desk().post("/appointments", body);
        assertThat(refused.code()).isEqualTo("practitioner-unknown");
        assertThat(refused.at("/errors/0/code")).isEqualTo("not-offered");
    }

    @Test
    void a_service_keeps_its_buffers_free_of_other_visits() {
        created(week(null, "2026-11-01", List.of(on("wed", "09:00", "11:00"))));
        var service = front().clinic().owner().get("/healthcare-services/" + front().service());
        var buffered = Map.of(
                "name",
                "Control",
                "durationMinutes",
                30,
                "bufferBeforeMinutes",
                0,
                "bufferAfterMinutes",
                15,
                "practitionerIds",
                List.of(),
                "active",
                true);
        front().clinic().owner().ifMatch(service.etag()).put("/healthcare-services/" + front().service(), buffered);
        front().books("2026-11-25T12:45:00Z"); // 9:45 to 10:15, and 15 minutes after it
        assertThat(free("2026-11-25", "2026-11-26")).containsExactly("2026-11-25T12:00:00Z", "2026-11-25T13:30:00Z");
    }

    @Test
    void a_time_outside_the_hours_is_booked_only_on_purpose_and_the_visit_says_so() {
        created(week(front().practitioner(), "2026-11-01", List.of(on("wed", "09:00", "10:00"))));
        var body = front().visitAt("2026-11-25T15:00:00Z");
        var refused = front().desk().post("/appointments", body);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("outside-hours");
        body.put("outsideHours", true);
        var booked = created(front().desk().post("/appointments", body));
        assertThat(booked.json().at("/outsideHours").asBoolean()).isTrue();
        var back = front().act(front().desk(), booked, "reschedule", Map.of("start", "2026-11-25T12:00:00Z"));
        assertThat(back.json().at("/outsideHours").asBoolean()).isFalse();
        var again = front().act(front().desk(), back, "reschedule", Map.of("start", "2026-11-25T18:00:00Z"));
        assertThat(again.code()).isEqualTo("outside-hours");
    }

    @Test
    void a_taken_time_is_refused_with_every_visit_in_the_way_and_the_nearest_free_times() {
        created(week(null, "2026-11-01", List.of(on("wed", "09:00", "12:00"))));
        var first = front().books("2026-11-25T12:30:00Z");
        var second = front().books("2026-11-25T13:00:00Z");
        var body = front().visitAt("2026-11-25T12:45:00Z");
        var refused = front().desk().post("/appointments", body);
        assertThat(refused.code()).isEqualTo("slot-taken");
        var conflicts = new ArrayList<String>();
        refused.json()
                .at("/conflicts")
                .forEach(one -> conflicts.add(one.at("/appointmentId").asString()));
        assertThat(conflicts).containsExactly(first.id().toString(), second.id().toString());
        var free = new ArrayList<String>();
        refused.json().at("/freeSlots").forEach(one -> free.add(one.at("/start").asString()));
        assertThat(free)
                .containsExactlyInAnyOrder("2026-11-25T12:00:00Z", "2026-11-25T13:30:00Z", "2026-11-25T13:45:00Z");
    }

    @Test
    void hours_that_overlap_or_end_before_they_begin_are_refused_where_they_stand() {
        var refused = week(
                null,
                "2026-11-01",
                List.of(on("mon", "09:00", "13:00"), on("tue", "14:00", "13:00"), on("mon", "12:59", "15:00")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/hours/2/from");
        assertThat(refused.at("/errors/0/code")).isEqualTo("overlaps");
        assertThat(refused.at("/errors/1/pointer")).isEqualTo("/hours/1/until");
        assertThat(refused.at("/errors/1/code")).isEqualTo("not-after-start");
        assertThat(week(null, "2026-11-01", List.of(on("mon", "24:00", "24:00")))
                        .status())
                .isEqualTo(422);
        assertThat(week(null, "2026-11-01", List.of(on("mon", "9:00", "13:00"))).at("/errors/0/code"))
                .isEqualTo("invalid-format");
        created(week(null, "2026-11-01", List.of(on("mon", "22:00", "24:00"))));
        assertThat(week(null, "2026-11-01", List.of()).at("/errors/0/pointer")).isEqualTo("/validFrom");
    }

    @Test
    void days_that_differ_never_overlap_for_one_practitioner_and_are_no_longer_than_a_year() {
        created(days(front().practitioner(), "2027-01-04", "2027-01-15", List.of()));
        assertThat(days(front().practitioner(), "2027-01-15", "2027-01-20", List.of())
                        .at("/errors/0/code"))
                .isEqualTo("overlaps");
        created(days(null, "2027-01-15", "2027-01-20", List.of()));
        assertThat(days(null, "2027-02-02", "2027-02-01", List.of()).at("/errors/0/pointer"))
                .isEqualTo("/lastDay");
        assertThat(days(null, "2027-02-02", "2029-02-01", List.of()).status()).isEqualTo(422);
    }

    @Test
    void who_is_retired_keeps_their_visits_and_takes_no_new_ones() {
        var visit = front().books("2026-11-25T12:00:00Z");
        var owner = front().clinic().owner();
        var seen = owner.get("/practitioners/" + front().practitioner());
        var body = Map.of("displayName", "Dra. Gómez", "specialty", "Clínica", "active", false);
        var retired = owner.ifMatch(seen.etag()).put("/practitioners/" + front().practitioner(), body);
        assertThat(retired.json().at("/active").asBoolean()).isFalse();
        assertThat(front().read(visit).at("/practitioner/displayName")).isEqualTo("Dra. Gómez");
        assertThat(front().desk()
                        .post("/appointments", front().visitAt("2026-11-26T12:00:00Z"))
                        .code())
                .isEqualTo("practitioner-unknown");
    }

    @Test
    void a_service_says_what_it_costs_and_where_to_join_it_and_a_change_without_them_takes_them_away() {
        var owner = front().clinic().owner();
        var price = Map.of("amountMinor", 2_500_000L, "currency", "ARS");
        var video = created(owner.post(
                "/healthcare-services",
                Map.of(
                        "name",
                        "Videoconsulta",
                        "durationMinutes",
                        20,
                        "colour",
                        3,
                        "price",
                        price,
                        "telehealthLink",
                        "https://meet.example/gomez")));
        assertThat(video.json().at("/price/amountMinor").asLong()).isEqualTo(2_500_000L);
        assertThat(video.at("/telehealthLink")).isEqualTo("https://meet.example/gomez");
        var body = new HashMap<String, Object>(Map.of(
                "name", "Videoconsulta", "durationMinutes", 20, "bufferBeforeMinutes", 0, "bufferAfterMinutes", 0));
        body.put("practitionerIds", List.of());
        body.put("active", true);
        var plain = owner.ifMatch(video.etag()).put("/healthcare-services/" + video.id(), body);
        assertThat(plain.json().at("/price").isNull()).isTrue();
        assertThat(plain.json().at("/colour").isNull()).isTrue();
        body.put("price", Map.of("amountMinor", 1, "currency", "XYZ"));
        body.put("telehealthLink", "javascript:alert(1)");
        var refused = owner.ifMatch(plain.etag()).put("/healthcare-services/" + video.id(), body);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/telehealthLink");
        body.remove("telehealthLink");
        assertThat(owner.ifMatch(plain.etag())
                        .put("/healthcare-services/" + video.id(), body)
                        .at("/errors/0/pointer"))
                .isEqualTo("/price/currency");
    }
}
