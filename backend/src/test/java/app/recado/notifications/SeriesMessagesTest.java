package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A series is told by one message when it is booked, moved or cancelled, and each of its visits is reminded of. */
@RecadoTest
class SeriesMessagesTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    private static UUID visit(Answer series, int n) {
        return UUID.fromString(series.at("/appointments/%d/id".formatted(n)));
    }

    private Answer books(LoopClinic clinic, String start, String rule) {
        var series = clinic.clinic
                .receptionist()
                .post(
                        "/appointment-series",
                        Map.of(
                                "patientId",
                                clinic.patient("Ana", "+5491123456789"),
                                "practitionerId",
                                clinic.practitioner,
                                "healthcareServiceId",
                                clinic.service,
                                "start",
                                start,
                                "recurrence",
                                rule));
        assertThat(series.status()).as(series.text()).isEqualTo(201);
        return series;
    }

    @Test
    void one_message_confirms_all_visits_every_one_is_reminded_of_and_one_tells_of_a_move_and_of_a_cancellation() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var clinic = LoopClinic.open(clinics, clock, worker);
        var desk = clinic.clinic.receptionist();
        var series = books(clinic, "2026-12-01T10:00", "FREQ=WEEKLY;COUNT=3");
        clinic.everythingIsSent();
        assertThat(clinic.story(visit(series, 0))).containsExactly("confirmation sent", "reminder planned");
        assertThat(clinic.story(visit(series, 1))).containsExactly("reminder planned");
        assertThat(clinic.command(visit(series, 0), "confirmation").text)
                .contains("martes 1 de diciembre a las 10:00")
                .contains("También te esperamos: mar 8 dic, 10:00; mar 15 dic, 10:00.");
        assertThat(desk.get("/appointments/%s/notice-proof".formatted(visit(series, 1)))
                        .json()
                        .at("/lines")
                        .valueStream()
                        .map(line -> line.at("/text").asString()))
                .as("the proof of a visit that was named")
                .anyMatch(text -> text.contains("mar 8 dic, 10:00"));

        var moved = desk.ifMatch(series.etag())
                .post(
                        "/appointment-series/%s/reschedule".formatted(series.id()),
                        Map.of("fromAppointmentId", visit(series, 0), "start", "2026-12-02T13:00:00Z"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        clinic.everythingIsSent();
        assertThat(clinic.story(visit(series, 0)))
                .containsExactly("confirmation sent", "reminder superseded", "reschedule sent", "reminder planned");
        assertThat(clinic.story(visit(series, 2))).containsExactly("reminder superseded", "reminder planned");
        assertThat(clinic.command(visit(series, 0), "reschedule").text)
                .contains("También te esperamos: mié 9 dic, 10:00; mié 16 dic, 10:00.");

        desk.ifMatch(moved.etag())
                .post(
                        "/appointment-series/%s/cancel".formatted(series.id()),
                        Map.of("fromAppointmentId", visit(series, 0)));
        clinic.everythingIsSent();
        assertThat(clinic.story(visit(series, 0))).endsWith("reminder superseded", "cancellation sent");
        assertThat(clinic.story(visit(series, 1))).doesNotContain("cancellation sent");
        assertThat(clinic.command(visit(series, 0), "cancellation").text)
                .contains("Tampoco en estas fechas: mié 9 dic, 10:00; mié 16 dic, 10:00.");
        assertThat(clinic.commands()).hasSize(3);
    }

    @Test
    void a_long_series_names_five_of_the_others_and_how_many_more_there_are() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var clinic = LoopClinic.open(clinics, clock, worker);
        var series = books(clinic, "2026-12-01T10:00", "FREQ=DAILY;COUNT=8");
        clinic.everythingIsSent();
        assertThat(clinic.command(visit(series, 0), "confirmation").text).contains("dom 6 dic, 10:00 y 2 más.");
    }

    @Test
    void a_visit_that_the_confirmation_of_another_named_is_told_when_it_is_moved_or_cancelled_alone() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var clinic = LoopClinic.open(clinics, clock, worker);
        var series = books(clinic, "2026-12-01T10:00", "FREQ=WEEKLY;COUNT=3");
        clinic.everythingIsSent();

        clinic.moves(visit(series, 1), "2026-12-09T13:00:00Z");
        clinic.act(visit(series, 2), "cancel", Map.of());
        clinic.everythingIsSent();
        assertThat(clinic.command(visit(series, 1), "reschedule").text)
                .contains("cambió tu horario")
                .doesNotContain("También");
        assertThat(clinic.story(visit(series, 2))).endsWith("cancellation sent");
    }

    @Test
    void
            what_is_cancelled_before_the_confirmation_leaves_is_not_in_it_and_the_next_visit_is_confirmed_in_place_of_the_first() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var clinic = LoopClinic.open(clinics, clock, worker);
        var series = books(clinic, "2026-12-01T10:00", "FREQ=WEEKLY;COUNT=4");
        clinic.act(visit(series, 0), "cancel", Map.of());
        clinic.act(visit(series, 2), "cancel", Map.of());
        clinic.everythingIsSent();

        assertThat(clinic.story(visit(series, 0))).doesNotContain("cancellation sent");
        assertThat(clinic.command(visit(series, 1), "confirmation").text)
                .contains("martes 8 de diciembre a las 10:00")
                .contains("También te esperamos: mar 22 dic, 10:00.");
        assertThat(clinic.commands()).hasSize(1);
    }
}
