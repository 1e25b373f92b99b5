package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Staff see what would go out, what would not, and why somebody was told of a visit or was not. */
@RecadoTest
class NotificationForecastTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z")); // Tuesday, nine in the morning in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private UUID rule(Map<String, Object> rule) {
        return created(clinic().clinic.owner().post("/notification-rules", rule));
    }

    private void quiet() {
        var owner = clinic().clinic.owner();
        var body = new HashMap<String, Object>(Map.of("quietHours", Map.of("from", "21:00", "to", "08:00")));
        assertThat(owner.ifMatch(owner.get("").etag()).patch("", body).status()).isEqualTo(200);
    }

    private List<String> outlooks() {
        return clinic().clinic
                .receptionist()
                .get("/notification-forecast")
                .json()
                .path("outlooks")
                .valueStream()
                .map(one -> one.path("outlook").asString() + " "
                        + one.path("messages").asInt())
                .toList();
    }

    @Test
    void what_would_go_out_is_counted_by_day_rule_and_reason_and_listed_with_filters() {
        var asks = rule(Map.of("trigger", "before-visit", "minutesBefore", 48 * 60, "unansweredOnly", true));
        var told = clinic().books(clinic().patient("Ana", ANA), "2026-11-27T13:00:00Z")
                .id();
        clinic().books(clinic().patient("Sin Teléfono", null), "2026-11-27T14:00:00Z");
        var confirmed = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-27T15:00:00Z")
                .id();
        clinic().everythingIsSent();
        clinic().act(confirmed, "participation", Map.of("participation", "accepted"));

        var forecast = clinic().clinic.receptionist().get("/notification-forecast?days=7");

        assertThat(forecast.json()
                        .path("days")
                        .valueStream()
                        .map(day -> day.path("date").asString() + " "
                                + day.path("left").asInt() + " "
                                + day.path("planned").asInt()))
                .startsWith("2026-11-24 2 0", "2026-11-25 0 1", "2026-11-26 0 2", "2026-11-27 0 0")
                .hasSize(7);
        assertThat(outlooks()).containsExactly("left 2", "leaves 3", "no-phone 2", "answered 1");
        var listed =
                clinic().clinic.receptionist().get("/notification-forecast/messages?outlook=leaves&ruleId=" + asks);
        assertThat(listed.json().path("items")).hasSize(1);
        assertThat(listed.at("/items/0/appointmentId")).isEqualTo(told.toString());
        assertThat(listed.at("/items/0/dueAt")).isEqualTo("2026-11-25T13:00:00Z");
        var first = clinic().clinic.receptionist().get("/notification-forecast/messages?limit=2&date=2026-11-26");
        assertThat(first.json().path("items")).hasSize(2);
        var next = clinic().clinic
                .receptionist()
                .get("/notification-forecast/messages?limit=2&date=2026-11-26&cursor=" + first.at("/nextCursor"));
        assertThat(next.json().path("items")).hasSize(1);
        assertThat(next.at("/items/0/messageId"))
                .isNotIn(first.at("/items/0/messageId"), first.at("/items/1/messageId"));
    }

    @Test
    void what_falls_into_the_night_waits_or_is_lost() {
        quiet();
        clinic().books(clinic().patient("Ana", ANA), "2026-11-27T10:00:00Z"); // seven in the morning: due in the night
        rule(Map.of("trigger", "same-day", "time", "06:00"));

        assertThat(outlooks()).containsExactly("leaves 1", "waits-for-quiet-hours 1", "lost-to-quiet-hours 1");
    }

    @Test
    void why_somebody_was_told_or_not_is_explained_rule_by_rule() {
        var visit = clinic().books(clinic().patient("Ana", ANA), "2026-11-26T13:00:00Z")
                .id();
        clinic().everythingIsSent();
        var passed = rule(Map.of("trigger", "before-visit", "minutesBefore", 72 * 60));
        var unmet =
                rule(Map.of("trigger", "before-visit", "minutesBefore", 60, "conditions", Map.of("firstVisit", false)));
        var close = rule(Map.of("trigger", "same-day", "time", "09:30", "latestMinutesBefore", 120));
        var paused = rule(Map.of("trigger", "before-visit", "minutesBefore", 120, "active", false));

        var explained = clinic().clinic
                .receptionist()
                .get("/appointments/" + visit + "/notifications")
                .json()
                .path("items");

        var byRule = new HashMap<String, String>();
        explained.forEach(one -> byRule.put(
                one.path("ruleId").asString(),
                one.path("outcome").asString() + " " + one.path("state").asString("")
                        + one.path("outlook").asString("")));
        assertThat(byRule)
                .containsEntry(passed.toString(), "passed ")
                .containsEntry(unmet.toString(), "conditions-not-met ")
                .containsEntry(close.toString(), "too-close ")
                .containsEntry(paused.toString(), "paused ");
        assertThat(byRule.values())
                .contains("message sent", "message plannedleaves")
                .filteredOn("not-happened "::equals)
                .hasSize(2);
        assertThat(clinic().clinic
                        .receptionist()
                        .get("/appointments/" + UUID.randomUUID() + "/notifications")
                        .status())
                .isEqualTo(404);
    }
}
