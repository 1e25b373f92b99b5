package app.recado.booking;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A patient sees, moves and cancels their visit by its link; staff accept what must be accepted. */
@RecadoTest
class BookedVisitTest {

    private static final String THURSDAY = "2026-11-26T13:00:00Z";
    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable PublicPage opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z")); // Monday, nine in the morning in Buenos Aires
        opened = PublicPage.open(clinics, clock, worker);
    }

    private PublicPage page() {
        return Objects.requireNonNull(opened);
    }

    private UUID visit() {
        return UUID.fromString(page().agenda().at("/items/0/id"));
    }

    @Test
    void looking_at_a_link_changes_nothing() {
        var token = page().books(THURSDAY, ANA, "Ana", "Núñez").at("/token");
        var before = page().loop.read(visit());
        for (int i = 0; i < 3; i++) {
            assertThat(page().with(token).get("/visit").at("/status")).isEqualTo("booked");
        }
        var slots = page().starts(page().with(token).get("/visit/slots?from=2026-11-26&to=2026-11-27"));
        assertThat(slots).contains(THURSDAY, "2026-11-26T13:15:00Z");
        assertThat(page().loop.read(visit()).etag()).isEqualTo(before.etag());
    }

    @Test
    void a_patient_cancels_once_and_the_time_is_free_again() {
        var token = page().books(THURSDAY, ANA, "Ana", "Núñez").at("/token");
        var cancelled = page().with(token).post("/visit/cancel", null);
        assertThat(cancelled.at("/status")).as(cancelled.text()).isEqualTo("cancelled");
        assertThat(cancelled.json().path("mayChange").asBoolean()).isFalse();
        assertThat(page().with(token).post("/visit/cancel", null).status()).isEqualTo(200);
        assertThat(page().with(token)
                        .post("/visit/move", Map.of("start", "2026-11-26T15:00:00Z"))
                        .code())
                .isEqualTo("appointment-not-in-that-state");
        assertThat(page().loop.read(visit()).at("/status")).isEqualTo("cancelled");
        assertThat(page().loop.story(visit())).doesNotContain("cancellation planned");
        assertThat(page().begins(THURSDAY).status()).isEqualTo(201);
    }

    @Test
    void a_patient_moves_to_a_free_time_and_to_no_other() {
        var token = page().books(THURSDAY, ANA, "Ana", "Núñez").at("/token");
        page().holding("2026-11-26T14:00:00Z");
        assertThat(page().with(token)
                        .post("/visit/move", Map.of("start", "2026-11-26T14:00:00Z"))
                        .code())
                .isEqualTo("slot-taken");
        assertThat(page().with(token)
                        .post("/visit/move", Map.of("start", "2027-11-26T14:00:00Z"))
                        .code())
                .isEqualTo("slot-taken");
        for (int i = 0; i < 2; i++) {
            var moved = page().with(token).post("/visit/move", Map.of("start", "2026-11-26T13:15:00Z"));
            assertThat(moved.status()).as(moved.text()).isEqualTo(200);
            assertThat(moved.at("/start")).isEqualTo("2026-11-26T13:15:00Z");
        }
        assertThat(page().loop
                        .clinic
                        .receptionist()
                        .get("/appointments/" + visit() + "/timeline")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(entry -> entry.path("kind").asString())
                        .filter("appointment-moved"::equals))
                .hasSize(1);
    }

    @Test
    void within_the_clinics_notice_a_visit_can_only_be_looked_at_and_after_it_not_even_that() {
        var token = page().books(THURSDAY, ANA, "Ana", "Núñez").at("/token");
        clock.set(at(THURSDAY).minus(Duration.ofHours(24)).plusSeconds(1));
        var seen = page().with(token).get("/visit");
        assertThat(seen.json().path("mayChange").asBoolean()).isFalse();
        assertThat(seen.at("/changeUntil")).isEqualTo("2026-11-25T13:00:00Z");
        assertThat(page().with(token).post("/visit/cancel", null).code()).isEqualTo("appointment-not-in-that-state");

        page().settings(Map.of("enabled", false)); // a link outlives the page
        clock.set(at(THURSDAY).plus(Duration.ofMinutes(29)));
        assertThat(page().with(token).get("/visit").status()).isEqualTo(200);
        clock.set(at(THURSDAY).plus(Duration.ofMinutes(30)));
        assertThat(page().with(token).get("/visit").status()).isEqualTo(404);
    }

    @Test
    void what_must_be_accepted_waits_and_its_patient_hears_when_it_is() {
        page().settings(Map.of("enabled", true, "byHand", true));
        var asked = page().books(THURSDAY, ANA, "Ana", "Núñez");
        assertThat(asked.at("/status")).isEqualTo("pending");
        assertThat(page().loop.story(visit())).isEmpty();
        assertThat(page().begins(THURSDAY).code()).isEqualTo("slot-taken");

        page().loop.act(visit(), "accept", Map.of());
        assertThat(page().loop.read(visit()).at("/status")).isEqualTo("booked");
        assertThat(page().loop.story(visit())).contains("confirmation planned");
        var seen = page().loop.read(visit());
        assertThat(page().loop
                        .clinic
                        .receptionist()
                        .ifMatch(seen.etag())
                        .post("/appointments/" + visit() + "/accept", null)
                        .code())
                .isEqualTo("appointment-not-in-that-state");
    }

    @Test
    void a_patient_hears_that_what_they_asked_for_is_declined() {
        page().settings(Map.of("enabled", true, "byHand", true));
        page().books(THURSDAY, ANA, "Ana", "Núñez");
        page().loop.act(visit(), "cancel", Map.of());
        assertThat(page().loop.story(visit())).contains("cancellation planned");
    }
}
