package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
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

/** What a message says is compared with what the patient was told last, and with what is known already. */
@RecadoTest
class ChangesThatAreNoneTest {

    private static final String ANA = "+5491123456789";
    private static final String OLD_TIME = "2026-11-26T13:00:00Z";
    private static final String NEW_TIME = "2026-11-27T13:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private UUID booked() {
        return clinic().books(clinic().patient("Ana", ANA), OLD_TIME).id();
    }

    private UUID told() {
        var visit = booked();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        return visit;
    }

    private void says(String answer) {
        clinic().hears(clinic().voice.from(ANA).writes(answer));
    }

    private String reason(UUID visit) {
        var notice = clinic().message(visit, "reschedule");
        return notice.path("state").asString() + " " + notice.path("reason").asString("-");
    }

    @Test
    void a_move_that_is_undone_before_it_left_tells_nothing_and_the_old_notice_is_answerable_again() {
        var visit = told();
        clinic().moves(visit, NEW_TIME);
        clinic().moves(visit, OLD_TIME);
        clinic().everythingIsSent();

        assertThat(clinic().commands()).hasSize(1);
        assertThat(reason(visit)).isEqualTo("suppressed already-told");
        says("1");
        assertThat(clinic().read(visit).at("/participation")).isEqualTo("accepted");
    }

    @Test
    void a_move_that_was_told_is_told_back_and_bare_words_mean_what_was_told_last() {
        var visit = told();
        clinic().moves(visit, NEW_TIME);
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));
        clinic().moves(visit, OLD_TIME);
        says("1");
        assertThat(clinic().read(visit).at("/participation"))
                .as("they said yes to the other time")
                .isEqualTo("needs-action");

        clinic().everythingIsSent();
        assertThat(clinic().command(visit, "reschedule").text)
                .contains("cambió")
                .contains("10:00");
    }

    @Test
    void a_visit_that_only_takes_longer_tells_nothing() {
        var visit = told();

        clinic().act(visit, "reschedule", Map.of("start", OLD_TIME, "durationMinutes", 60));
        clinic().everythingIsSent();

        assertThat(clinic().commands()).hasSize(1);
    }

    @Test
    void a_move_before_anything_was_told_is_no_change_but_the_confirmation() {
        var visit = booked();
        clinic().moves(visit, NEW_TIME);
        clinic().everythingIsSent();

        assertThat(clinic().commands()).hasSize(1);
        assertThat(clinic().commands().getFirst().text)
                .doesNotContain("cambió")
                .contains("27")
                .contains("1 para confirmar");
    }

    @Test
    void whoever_is_known_to_come_is_reminded_and_not_asked() {
        var visit = told();
        clinic().act(visit, "participation", Map.of("participation", "accepted"));
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().turn();

        assertThat(clinic().command(visit, "reminder").text)
                .contains("Ya está confirmado")
                .contains("BAJA")
                .doesNotContain("1 para confirmar");
    }
}
