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

/** A series is told once when it is booked or moved, and each of its visits is reminded of. */
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

    @Test
    void the_first_visit_is_confirmed_every_one_is_reminded_of_and_moves_and_cancellations_tell_what_was_told() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var clinic = LoopClinic.open(clinics, clock, worker);
        var desk = clinic.clinic.receptionist();
        var series = desk.post(
                "/appointment-series",
                Map.of(
                        "patientId",
                        clinic.patient("Ana", "+5491123456789"),
                        "practitionerId",
                        clinic.practitioner,
                        "healthcareServiceId",
                        clinic.service,
                        "start",
                        "2026-12-01T10:00",
                        "recurrence",
                        "FREQ=WEEKLY;COUNT=3"));
        assertThat(series.status()).as(series.text()).isEqualTo(201);
        clinic.everythingIsSent();
        assertThat(clinic.story(visit(series, 0))).containsExactly("confirmation sent", "reminder planned");
        assertThat(clinic.story(visit(series, 1))).containsExactly("reminder planned");

        var moved = desk.ifMatch(series.etag())
                .post(
                        "/appointment-series/%s/reschedule".formatted(series.id()),
                        Map.of("fromAppointmentId", visit(series, 0), "start", "2026-12-02T13:00:00Z"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        clinic.everythingIsSent();
        assertThat(clinic.story(visit(series, 0)))
                .containsExactly("confirmation sent", "reminder superseded", "reschedule sent", "reminder planned");
        assertThat(clinic.story(visit(series, 2))).containsExactly("reminder superseded", "reminder planned");

        desk.ifMatch(moved.etag())
                .post(
                        "/appointment-series/%s/cancel".formatted(series.id()),
                        Map.of("fromAppointmentId", visit(series, 0)));
        clinic.everythingIsSent();
        assertThat(clinic.story(visit(series, 0))).endsWith("reminder superseded", "cancellation sent");
        assertThat(clinic.story(visit(series, 1))).doesNotContain("cancellation sent");
        assertThat(clinic.commands()).hasSize(3);
    }
}
