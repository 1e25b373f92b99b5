package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class AgendaTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void now() {
        clock.set(Instant.parse("2026-08-23T12:00:00Z"));
    }

    private static List<String> day(Front front, String from, String to) {
        var answer = front.clinic().practitioner().get("/appointments?from=%s&to=%s".formatted(from, to));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .at("/items")
                .valueStream()
                .map(visit -> visit.at("/start").asString())
                .toList();
    }

    @Test
    void a_day_is_the_clinics_day_and_ends_where_the_next_begins() {
        var front = Front.of(clinics.open()); // Buenos Aires, three hours behind UTC
        front.books("2026-11-24T02:30:00Z");
        front.books("2026-11-24T03:00:00Z");
        front.books("2026-11-25T02:30:00Z");
        front.books("2026-11-25T03:00:00Z");
        assertThat(day(front, "2026-11-24", "2026-11-25"))
                .containsExactly("2026-11-24T03:00:00Z", "2026-11-25T02:30:00Z");
    }

    @Test
    void the_day_whose_midnight_is_skipped_has_23_hours() {
        var front = Front.of(clinics.open("CL", "America/Santiago", "es"));
        front.books("2026-09-06T03:30:00Z"); // the 5th, 23:30: at midnight the clocks jump to 1:00
        front.books("2026-09-06T04:00:00Z"); // the 6th, 1:00, its first moment
        front.books("2026-09-07T02:30:00Z"); // the 6th, 23:30
        front.books("2026-09-07T03:00:00Z"); // the 7th, 0:00
        assertThat(day(front, "2026-09-06", "2026-09-07"))
                .containsExactly("2026-09-06T04:00:00Z", "2026-09-07T02:30:00Z");
    }

    @Test
    void the_day_whose_last_hour_is_repeated_has_25_hours() {
        clock.set(Instant.parse("2026-03-25T12:00:00Z"));
        var front = Front.of(clinics.open("CL", "America/Santiago", "es"));
        front.books("2026-04-05T02:30:00Z"); // the 4th, 23:30
        front.books("2026-04-05T03:30:00Z"); // the 4th, 23:30 again
        front.books("2026-04-05T04:00:00Z"); // the 5th, 0:00
        assertThat(day(front, "2026-04-04", "2026-04-05"))
                .containsExactly("2026-04-05T02:30:00Z", "2026-04-05T03:30:00Z");
        assertThat(day(front, "2026-04-05", "2026-04-06")).containsExactly("2026-04-05T04:00:00Z");
    }

    @Test
    void a_visit_that_lasts_past_midnight_is_seen_on_both_days() {
        var front = Front.of(clinics.open());
        var body = front.visitAt("2026-11-24T22:00:00Z"); // 19:00
        body.put("durationMinutes", 480); // until 3:00
        assertThat(front.desk().post("/appointments", body).status()).isEqualTo(201);
        assertThat(day(front, "2026-11-24", "2026-11-25")).hasSize(1);
        assertThat(day(front, "2026-11-25", "2026-11-26")).hasSize(1);
        assertThat(day(front, "2026-11-26", "2026-11-27")).isEmpty();
    }

    @Test
    void a_month_is_told_in_counts_of_the_clinics_days_without_what_was_cancelled() {
        var front = Front.of(clinics.open());
        var yes = front.books("2026-11-24T13:00:00Z");
        var no = front.books("2026-11-24T14:00:00Z");
        front.books("2026-11-25T02:30:00Z"); // the 24th, 23:30
        var cancelled = front.books("2026-11-25T13:00:00Z");
        var otherwise = front.visitAt("2026-11-27T13:00:00Z");
        otherwise.put("practitionerId", front.anotherPractitioner());
        assertThat(front.desk().post("/appointments", otherwise).status()).isEqualTo(201);
        front.act(front.desk(), yes, "participation", Map.of("participation", "accepted"));
        front.act(front.desk(), no, "participation", Map.of("participation", "declined"));
        front.act(front.desk(), cancelled, "cancel", Map.of());

        assertThat(counts(front, ""))
                .containsExactly("2026-11-24: 3, 1 yes, 1 open, 1 no", "2026-11-27: 1, 0 yes, 1 open, 0 no");
        assertThat(counts(front, "&practitionerId=" + front.practitioner()))
                .containsExactly("2026-11-24: 3, 1 yes, 1 open, 1 no");
        assertThat(front.desk()
                        .get("/appointment-counts?from=2026-11-01&to=2026-12-14")
                        .code())
                .isEqualTo("invalid-parameter");
    }

    private static List<String> counts(Front front, String query) {
        var answer = front.desk().get("/appointment-counts?from=2026-11-01&to=2026-12-01" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .at("/items")
                .valueStream()
                .map(day -> "%s: %d, %d yes, %d open, %d no"
                        .formatted(
                                day.at("/date").asString(),
                                day.at("/visits").asInt(),
                                day.at("/confirmed").asInt(),
                                day.at("/unconfirmed").asInt(),
                                day.at("/declined").asInt()))
                .toList();
    }

    @Test
    void pages_follow_each_other_and_can_be_of_one_practitioner() {
        var front = Front.of(clinics.open());
        var other = front.anotherPractitioner();
        for (int hour = 13; hour < 18; hour++) {
            front.books("2026-11-24T%d:00:00Z".formatted(hour));
        }
        var body = front.visitAt("2026-11-24T15:00:00Z");
        body.put("practitionerId", other);
        front.desk().post("/appointments", body);
        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = front.desk()
                    .get("/appointments?from=2026-11-24&to=2026-11-25&limit=4"
                            + (cursor == null ? "" : "&cursor=" + cursor));
            page.json()
                    .at("/items")
                    .forEach(visit -> seen.add(visit.at("/start").asString()));
            cursor = page.json().at("/nextCursor").isNull() ? null : page.at("/nextCursor");
        } while (cursor != null);
        assertThat(seen).hasSize(6).isSorted();
        var theirs = front.desk().get("/appointments?from=2026-11-24&to=2026-11-25&practitionerId=" + other);
        assertThat(theirs.json().at("/items").size()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2026-11-24",
                "?from=2026-11-24&to=2026-11-24",
                "?from=2026-11-24&to=2026-11-23",
                "?from=2026-11-24&to=2027-01-06",
                "?from=24/11/2026&to=2026-11-25",
                "?from=2026-02-30&to=2026-03-01",
                "?from=2026-11-24&to=2026-11-25&limit=0",
                "?from=2026-11-24&to=2026-11-25&limit=201",
                "?from=2026-11-24&to=2026-11-25&practitionerId=x",
            })
    void days_out_of_order_out_of_reach_or_malformed_are_refused(String query) {
        var answer = clinics.open().owner().get("/appointments" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-parameter");
    }

    @Test
    void a_patients_visits_are_listed_the_latest_first() {
        var front = Front.of(clinics.open());
        for (int day = 10; day < 15; day++) {
            front.books("2026-11-%dT13:00:00Z".formatted(day));
        }
        var path = "/patients/%s/appointments".formatted(front.patient());
        var first = front.clinic().practitioner().get(path + "?limit=3");
        assertThat(first.json()
                        .at("/items")
                        .valueStream()
                        .map(visit -> visit.at("/start").asString().substring(8, 10)))
                .containsExactly("14", "13", "12");
        var second = front.clinic().practitioner().get(path + "?limit=3&cursor=" + first.at("/nextCursor"));
        assertThat(second.json().at("/items").size()).isEqualTo(2);
        assertThat(second.json().at("/nextCursor").isNull()).isTrue();
    }

    @Test
    void a_clinic_sees_only_its_own_agenda() {
        var front = Front.of(clinics.open());
        var visit = front.books("2026-11-24T13:00:00Z");
        var other = clinics.open().owner();
        assertThat(other.get("/appointments?from=2026-11-24&to=2026-11-25")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        assertThat(other.get("/appointments/" + visit.id()).status()).isEqualTo(404);
        assertThat(other.get("/appointments/%s/timeline".formatted(visit.id())).status())
                .isEqualTo(404);
        assertThat(other.get("/patients/%s/appointments".formatted(front.patient()))
                        .status())
                .isEqualTo(404);
        for (var action :
                List.of("reschedule", "cancel", "arrive", "check-in", "fulfill", "mark-no-show", "participation")) {
            var body = switch (action) {
                case "reschedule" -> "{\"start\":\"2026-11-24T15:00:00Z\"}";
                case "participation" -> "{\"participation\":\"accepted\"}";
                case "cancel" -> "{}";
                default -> null;
            };
            var answer =
                    other.ifMatch(visit.etag()).send("POST", "/appointments/%s/%s".formatted(visit.id(), action), body);
            assertThat(answer.status()).as(action).isEqualTo(404);
        }
    }
}
