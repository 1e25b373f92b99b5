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

/** Who is told what when a cancellation is taken back: whoever did not hear of it hears nothing at all. */
@RecadoTest
class ReinstatedVisitMessagesTest {

    private static final String ANA = "+5491123456789";
    private static final String VISIT = "2026-11-26T13:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private UUID booked() {
        return clinic().books(clinic().patient("Ana", ANA), VISIT).id();
    }

    private UUID told() {
        var visit = booked();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        return visit;
    }

    private void cancels(UUID visit) {
        clinic().act(visit, "cancel", Map.of());
    }

    private void reinstates(UUID visit) {
        clinic().act(visit, "reinstate", Map.of());
    }

    private void says(String answer) {
        clinic().hears(clinic().voice.from(ANA).writes(answer));
    }

    @Test
    void a_notice_that_has_not_left_is_withdrawn_and_the_reminder_is_planned_again() {
        var visit = told();
        cancels(visit);
        reinstates(visit);
        clinic().everythingIsSent();

        assertThat(clinic().story(visit))
                .containsExactly(
                        "confirmation sent", "reminder superseded", "cancellation superseded", "reminder planned");
        says("1");
        assertThat(clinic().read(visit).at("/participation"))
                .as("the confirmation they have speaks of the visit as it is")
                .isEqualTo("accepted");
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().everythingIsSent();
        clinic().turn();
        assertThat(clinic().commands()).as("confirmation and reminder").hasSize(2);
    }

    @Test
    void what_was_planned_and_never_left_leaves_once() {
        var visit = booked();
        cancels(visit);
        reinstates(visit);
        cancels(visit);
        reinstates(visit);
        clinic().everythingIsSent();

        assertThat(clinic().commands()).hasSize(1);
        assertThat(clinic().command(visit, "confirmation").text).contains("1 para confirmar");
        assertThat(clinic().message(visit, "reminder").path("state").asString()).isEqualTo("planned");
        assertThat(clinic().message(visit, "reminder").path("dueAt").asString()).isEqualTo("2026-11-25T13:00:00Z");
    }

    @Test
    void whoever_was_told_that_it_is_off_gets_a_confirmation_and_can_answer_it() {
        var visit = told();
        cancels(visit);
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));
        reinstates(visit);
        clinic().everythingIsSent();

        assertThat(clinic().story(visit))
                .containsExactly(
                        "confirmation sent",
                        "reminder superseded",
                        "cancellation sent",
                        "confirmation sent",
                        "reminder planned");
        assertThat(clinic().command(visit, "confirmation").text)
                .doesNotContain("cambió")
                .contains("1 para confirmar");
        clock.advance(Duration.ofMinutes(1));
        says("1");
        assertThat(clinic().read(visit).at("/participation")).isEqualTo("accepted");
    }

    @Test
    void a_notice_that_left_while_it_was_being_withdrawn_is_corrected_by_one_confirmation() {
        var visit = told();
        cancels(visit);
        clinic().turn();
        var notice = clinic().command(visit, "cancellation");
        notice.state = "sending";
        reinstates(visit);
        clinic().turn();
        clinic().hears(clinic().voice.messageIs(notice, "sent"));
        clinic().everythingIsSent();

        assertThat(clinic().story(visit))
                .containsExactly(
                        "confirmation sent",
                        "reminder superseded",
                        "cancellation sent",
                        "reminder planned",
                        "confirmation sent");
        assertThat(clinic().command(visit, "confirmation").text).doesNotContain("cambió");
    }

    @Test
    void a_notice_that_the_gateway_gives_back_is_told_to_nobody() {
        var visit = told();
        cancels(visit);
        clinic().turn();
        reinstates(visit);
        clinic().everythingIsSent();

        assertThat(clinic().story(visit))
                .containsExactly(
                        "confirmation sent", "reminder superseded", "cancellation withdrawn", "reminder planned");
    }

    @Test
    void a_reminder_that_fell_due_meanwhile_leaves_then() {
        clock.set(at("2026-11-25T12:58:00Z"));
        var visit = clinic().books(clinic().patient("Ana", ANA), "2026-11-26T13:00:00Z")
                .id();
        clinic().everythingIsSent();
        cancels(visit);
        clock.set(at("2026-11-25T13:01:00Z"));
        reinstates(visit);
        clinic().everythingIsSent();

        assertThat(clinic().story(visit)).endsWith("reminder sent");
    }

    @Test
    void a_reminder_that_left_while_it_was_being_withdrawn_is_not_repeated() {
        var visit = told();
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().turn();
        var reminder = clinic().command(visit, "reminder");
        cancels(visit);
        reminder.state = "sending";
        reinstates(visit);
        clinic().everythingIsSent();
        clinic().turn();

        assertThat(clinic().commands()).as("confirmation and reminder").hasSize(2);
    }
}
