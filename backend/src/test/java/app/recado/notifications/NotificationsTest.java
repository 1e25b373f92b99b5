package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class NotificationsTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z")); // Monday, nine in the morning in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private void settings(String assignment) {
        CurrentOrganization.run(
                clinic().clinic.id(),
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("update organization set " + assignment + " where id = ?")
                                .param(clinic().clinic.id())
                                .update()));
    }

    private void rules(String assignment) {
        clinic().clinic
                .inside(() -> transaction.executeWithoutResult(
                        status -> jdbc.sql("update notification_rule set " + assignment + " and organization_id = ?")
                                .param(clinic().clinic.id())
                                .update()));
    }

    private UUID booked(String start) {
        return clinic().books(clinic().patient("Ana", ANA), start).id();
    }

    @Test
    void a_booking_is_confirmed_at_once_and_reminded_of_a_day_before() {
        var visit = booked("2026-11-26T13:00:00Z");

        assertThat(clinic().story(visit)).containsExactly("confirmation planned", "reminder planned");
        assertThat(clinic().message(visit, "reminder").path("dueAt").asString()).isEqualTo("2026-11-25T13:00:00Z");
        clinic().turn();
        assertThat(clinic().story(visit)).containsExactly("confirmation accepted", "reminder planned");
        var sent = clinic().command(visit, "confirmation");
        assertThat(sent.to).isEqualTo(ANA);
        assertThat(sent.text).contains("Ana").contains("10:00");
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().story(visit)).containsExactly("confirmation accepted", "reminder accepted");
        assertThat(clinic().read(visit).at("/messages/kind")).isEqualTo("reminder");
    }

    @Test
    void a_visit_sooner_than_the_reminder_gets_only_the_notice_that_leaves_now() {
        assertThat(clinic().story(booked("2026-11-24T11:00:00Z"))).containsExactly("confirmation planned");
    }

    @Test
    void a_clinic_that_confirms_nothing_still_reminds_even_at_the_last_moment() {
        rules("active = false where trigger = 'booked'");

        assertThat(clinic().story(booked("2026-11-24T11:00:00Z"))).containsExactly("reminder planned");
    }

    @Test
    void moving_a_visit_supersedes_what_was_planned_and_tells_the_new_time() {
        var visit = booked("2026-11-26T13:00:00Z");
        clinic().everythingIsSent();

        clinic().moves(visit, "2026-11-27T15:00:00Z");

        assertThat(clinic().story(visit))
                .containsExactly("confirmation sent", "reminder superseded", "reschedule planned", "reminder planned");
        clock.set(at("2026-11-26T15:00:00Z"));
        clinic().turn();
        assertThat(clinic().commands())
                .extracting(command -> command.state)
                .containsExactly("sent", "accepted", "accepted");
        assertThat(clinic().command(visit, "reminder").text).contains("12:00");
    }

    @Test
    void cancelling_tells_only_patients_who_had_been_told() {
        var untold = booked("2026-11-26T13:00:00Z");
        clinic().act(untold, "cancel", Map.of());
        clinic().turn();
        assertThat(clinic().story(untold)).containsExactly("confirmation superseded", "reminder superseded");

        var told = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-26T14:00:00Z")
                .id();
        clinic().everythingIsSent();
        clinic().act(told, "cancel", Map.of());
        clinic().turn();
        assertThat(clinic().story(told))
                .containsExactly("confirmation sent", "reminder superseded", "cancellation accepted");
    }

    @Test
    void whoever_opted_out_or_has_no_phone_is_not_written_to() {
        var patient = clinic().patient("Ana", ANA);
        var visit = clinic().books(patient, "2026-11-26T13:00:00Z").id();
        change(patient, ANA, "opted-out");
        clinic().turn();
        assertThat(clinic().message(visit, "confirmation").path("reason").asString())
                .isEqualTo("opted-out");
        assertThat(clinic().message(visit, "confirmation").path("state").asString())
                .isEqualTo("suppressed");

        change(patient, null, "allowed");
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().message(visit, "reminder").path("reason").asString())
                .isEqualTo("no-phone");
        assertThat(clinic().commands()).isEmpty();
    }

    private void change(UUID patient, @Nullable String phone, String messaging) {
        var api = clinic().clinic.receptionist();
        var seen = api.get("/patients/" + patient);
        var body = new HashMap<String, @Nullable Object>(Map.of("givenName", "Ana", "familyName", "Núñez"));
        body.put("phone", phone);
        body.put("language", "es");
        body.put("messaging", messaging);
        var answer = api.ifMatch(seen.etag()).put("/patients/" + patient, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void a_patient_who_has_arrived_is_not_reminded() {
        rules("active = trigger <> 'booked', minutes = case when trigger = 'before-visit' then 60 end where true");
        var visit = booked("2026-11-23T14:00:00Z");
        clinic().act(visit, "arrive", Map.of());
        clock.set(at("2026-11-23T13:00:00Z"));

        clinic().turn();

        assertThat(clinic().message(visit, "reminder").path("reason").asString())
                .isEqualTo("appointment-arrived");
    }

    @Test
    void nobody_is_disturbed_in_quiet_hours_and_nothing_is_sent_too_late() {
        settings("quiet_from = '08:30', quiet_to = '10:00'");
        var later = booked("2026-11-23T14:00:00Z");
        var never = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-23T12:40:00Z")
                .id();
        clinic().turn();
        assertThat(clinic().message(later, "confirmation").path("reason").asString())
                .isEqualTo("quiet-hours");
        assertThat(clinic().story(later)).containsExactly("confirmation queued");
        assertThat(clinic().story(never)).containsExactly("confirmation expired");

        clock.set(at("2026-11-23T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().story(later)).containsExactly("confirmation accepted");
    }

    @Test
    void the_gateway_must_not_send_into_the_night() {
        settings("quiet_from = '21:00', quiet_to = '08:00'");
        var visit = booked("2026-11-26T13:00:00Z");
        clinic().turn();

        assertThat(clinic().command(visit, "confirmation").notAfter).isEqualTo(at("2026-11-24T00:00:00Z"));

        clock.set(at("2026-11-24T00:00:01Z"));
        clinic().hears(clinic().voice.messageIs(clinic().command(visit, "confirmation"), "expired"));
        assertThat(clinic().story(visit))
                .containsExactly("confirmation expired", "reminder planned", "confirmation planned");
        clock.set(at("2026-11-24T11:00:00Z"));
        clinic().turn();
        assertThat(clinic().message(visit, "confirmation").path("state").asString())
                .isEqualTo("accepted");
    }

    @Test
    void a_reminder_is_given_up_after_its_visit_has_begun() {
        var visit = booked("2026-11-23T14:00:00Z");
        clinic().hears(clinic().voice.lineIs("reconnecting", "network"));
        clinic().turn();
        assertThat(clinic().message(visit, "confirmation").path("reason").asString())
                .isEqualTo("line-down");

        clock.set(at("2026-11-23T14:00:00Z"));
        clinic().hears(clinic().voice.lineIs("linked", "none"));
        clinic().turn();

        assertThat(clinic().story(visit)).containsExactly("confirmation expired");
        assertThat(FakeGateway.shared().acceptedFor(clinic().line)).isEmpty();
    }

    @Test
    void what_waited_for_the_line_is_judged_anew_when_it_is_back() {
        var patient = clinic().patient("Ana", ANA);
        var gone = clinic().books(patient, "2026-11-26T13:00:00Z").id();
        var stays = clinic().books(patient, "2026-11-26T14:00:00Z").id();
        clinic().hears(clinic().voice.lineIs("needs-pairing", "logged-out-on-phone"));
        clinic().turn();
        clinic().act(gone, "cancel", Map.of());
        clock.advance(Duration.ofMinutes(1));
        clinic().turn();
        assertThat(clinic().commands()).isEmpty();

        clinic().hears(clinic().voice.lineIs("linked", "none"));
        clinic().turn();

        assertThat(clinic().story(gone)).containsExactly("confirmation superseded", "reminder superseded");
        assertThat(clinic().story(stays)).containsExactly("confirmation accepted", "reminder planned");
    }
}
