package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Why messages wait, in numbers over all clinics: other tests' messages are counted as well. */
@RecadoTest
class OutboxFiguresTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    OutboxAcrossClinics outbox;

    @BeforeEach
    void monday() {
        clock.set(at("2026-11-23T15:00:00Z"));
        worker.runDue(); // what other tests left
    }

    @Test
    void what_is_due_and_was_not_tried_waits_for_nothing() {
        var before = waiting(OutboxFigures.NOTHING);
        var loop = LoopClinic.open(clinics, clock, worker);
        loop.books(loop.patient("Ana", "+5491123450001"), "2026-11-27T15:00:00Z");

        assertThat(waiting(OutboxFigures.NOTHING)).isEqualTo(before + 1);
        loop.turn();
        // A turn takes some of what other tests left as well.
        assertThat(waiting(OutboxFigures.NOTHING)).isLessThanOrEqualTo(before);
    }

    @Test
    void what_a_line_that_is_down_keeps_is_counted_with_its_age_although_it_is_tried_later() {
        var before = waiting(OutboxFigures.LINE_DOWN);
        var loop = LoopClinic.open(clinics, clock, worker);
        loop.hears(loop.voice.lineIs("needs-pairing", "device-removed"));
        loop.books(loop.patient("Ana", "+5491123450002"), "2026-11-27T15:00:00Z");
        loop.turn();

        assertThat(waiting(OutboxFigures.LINE_DOWN)).isEqualTo(before + 1);
        clock.advance(Duration.ofMinutes(7));
        assertThat(Optional.ofNullable(outbox.waiting().get(OutboxFigures.LINE_DOWN))
                        .flatMap(OutboxAcrossClinics.Backlog::oldestDue))
                .hasValueSatisfying(
                        due -> assertThat(due).isBeforeOrEqualTo(clock.instant().minusSeconds(420)));
    }

    private long waiting(String reason) {
        return outbox.waiting()
                .getOrDefault(reason, OutboxAcrossClinics.Backlog.NOTHING)
                .depth();
    }
}
