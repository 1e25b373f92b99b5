package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What a clinic sees when it asks whether things work. */
@RecadoTest
class ServiceStatusTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @BeforeEach
    void mondayMorning() {
        clock.set(at("2026-11-23T15:00:00Z"));
        worker.runDue(); // what other tests left
    }

    @Test
    void a_clinic_whose_line_is_linked_hears_that_everything_works() {
        var loop = LoopClinic.open(clinics, clock, worker);

        var status = status(loop);
        assertThat(status.path("recado").asString()).isEqualTo("works");
        assertThat(status.at("/lines/0/works").asBoolean()).isTrue();
        assertThat(status.at("/lines/0/name").asString()).isEqualTo("Recepción");
        assertThat(status.path("waiting").asInt()).isZero();
        assertThat(status.path("oldestWaitingAt").isNull()).isTrue();
        assertThat(status.path("late")).isEmpty();
    }

    @Test
    void what_a_line_held_up_is_told_while_it_does_and_with_its_day_afterwards() {
        var loop = LoopClinic.open(clinics, clock, worker);
        loop.hears(loop.voice.lineIs("reconnecting", "network"));
        loop.books(loop.patient("Ana", "+5491123450010"), "2026-11-27T15:00:00Z");
        loop.turn();

        var down = status(loop);
        assertThat(down.at("/lines/0/works").asBoolean()).isFalse();
        assertThat(down.path("waiting").asInt()).isEqualTo(1);
        assertThat(down.path("oldestWaitingAt").asString()).isEqualTo("2026-11-23T15:00:00Z");

        clock.advance(Duration.ofMinutes(42));
        loop.hears(loop.voice.lineIs("linked", "none"));
        loop.everythingIsSent();

        var after = status(loop);
        assertThat(after.path("waiting").asInt()).isZero();
        assertThat(after.at("/late/0/day").asString()).isEqualTo("2026-11-23");
        assertThat(after.at("/late/0/held").asInt()).isEqualTo(1);
        assertThat(after.at("/late/0/tooLate").asInt()).isZero();
        assertThat(after.at("/late/0/longestMinutes").asInt()).isEqualTo(42);
    }

    @Test
    void one_clinic_sees_nothing_of_another_ones_lines() {
        var one = LoopClinic.open(clinics, clock, worker);
        one.hears(one.voice.lineIs("reconnecting", "network"));
        one.books(one.patient("Ana", "+5491123450011"), "2026-11-27T15:00:00Z");
        one.turn();

        var other = status(LoopClinic.open(clinics, clock, worker));
        assertThat(other.path("lines")).hasSize(1);
        assertThat(other.path("waiting").asInt()).isZero();
        assertThat(other.path("late")).isEmpty();
    }

    private static JsonNode status(LoopClinic loop) {
        var answer = loop.clinic.practitioner().get("/service-status");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
