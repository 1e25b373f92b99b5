package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class VisitTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String TEN = "2026-11-24T13:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    Appointments appointments;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventMulticaster events;

    private final Ears ears = new Ears();

    @Nullable Front opened;

    /** Hears what the agenda tells, and refuses on request. */
    static class Ears implements ApplicationListener<PayloadApplicationEvent<?>> {
        final List<Object> heard = new ArrayList<>();
        Predicate<Object> refuse = event -> false;

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<?> told) {
            var event = told.getPayload();
            if (!event.getClass().getPackageName().equals(Appointment.class.getPackageName())) {
                return;
            }
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            heard.add(event);
            if (refuse.test(event)) {
                throw new IllegalStateException("a listener failed on purpose");
            }
        }
    }

    @BeforeEach
    void open() {
        clock.set(NOW);
        opened = Front.of(clinics.open());
        events.addApplicationListener(ears);
    }

    @AfterEach
    void stopListening() {
        events.removeApplicationListener(ears);
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private AppointmentFacts facts(UUID id) {
        return Objects.requireNonNull(front().clinic()
                .inside(() ->
                        transaction.execute(status -> appointments.find(id).orElseThrow())));
    }

    private boolean record(UUID id, long version, Participation said, String text, Instant at) {
        return Boolean.TRUE.equals(front().clinic()
                .inside(() -> transaction.execute(
                        status -> appointments.recordParticipation(id, version, said, "patient", text, at))));
    }

    private boolean cancelByPatient(UUID id, long version) {
        return Boolean.TRUE.equals(front().clinic()
                .inside(() -> transaction.execute(status -> appointments.cancelByPatient(id, version, NOW))));
    }

    private Answer moves(Answer visit, Map<String, Object> to) {
        return front().act(front().desk(), visit, "reschedule", to);
    }

    @Test
    void a_moved_visit_keeps_its_id_and_forgets_the_answer_to_the_old_time() {
        var visit = front().books(TEN);
        assertThat(record(visit.id(), 1, Participation.ACCEPTED, "1", NOW)).isTrue();
        var moved = moves(front().read(visit), Map.of("start", "2026-11-25T14:00:00Z", "durationMinutes", 45));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.id()).isEqualTo(visit.id());
        assertThat(moved.at("/end")).isEqualTo("2026-11-25T14:45:00Z");
        assertThat(moved.at("/participation")).isEqualTo("needs-action");
        assertThat(moved.json().at("/participationText").isNull()).isTrue();
        assertThat(facts(visit.id()).scheduleVersion()).isEqualTo(2);
        assertThat(record(visit.id(), 1, Participation.ACCEPTED, "1", NOW))
                .as("an answer to the old time")
                .isFalse();
        assertThat(record(visit.id(), 2, Participation.DECLINED, "2", NOW)).isTrue();
        assertThat(front().story(visit))
                .containsExactly(
                        "appointment-booked staff",
                        "appointment-accepted patient",
                        "appointment-moved staff",
                        "appointment-declined patient");
        assertThat(ears.heard)
                .containsExactly(
                        new AppointmentBooked(visit.id()),
                        new AppointmentParticipationChanged(visit.id()),
                        new AppointmentRescheduled(visit.id()),
                        new AppointmentParticipationChanged(visit.id()));
    }

    @Test
    void a_visit_can_move_over_its_own_time_and_not_over_anothers() {
        var visit = front().books(TEN);
        front().books("2026-11-24T14:00:00Z");
        var later = moves(visit, Map.of("start", "2026-11-24T13:15:00Z"));
        assertThat(later.status()).as(later.text()).isEqualTo(200);
        var onto = moves(later, Map.of("start", "2026-11-24T13:45:00Z"));
        assertThat(onto.code()).isEqualTo("slot-taken");
        var other = front().anotherPractitioner();
        var away = moves(later, Map.of("start", "2026-11-24T13:45:00Z", "practitionerId", other));
        assertThat(away.at("/practitioner/displayName")).isEqualTo("Dr. Ruiz");
        assertThat(moves(away, Map.of("start", TEN, "practitionerId", UUID.randomUUID()))
                        .code())
                .isEqualTo("practitioner-unknown");
    }

    @Test
    void moving_a_visit_to_where_it_is_changes_nothing_and_tells_nobody() {
        var visit = front().books(TEN);
        record(visit.id(), 1, Participation.ACCEPTED, "1", NOW);
        ears.heard.clear();
        var same = moves(front().read(visit), Map.of("start", TEN, "practitionerId", front().practitioner()));
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.at("/participation")).isEqualTo("accepted");
        assertThat(facts(visit.id()).scheduleVersion()).isEqualTo(1);
        assertThat(ears.heard).isEmpty();
    }

    @Test
    void every_action_needs_the_version_it_was_decided_on() {
        var visit = front().books(TEN);
        assertThat(front().desk()
                        .send("POST", "/appointments/%s/arrive".formatted(visit.id()), null)
                        .status())
                .isEqualTo(428);
        front().act(front().desk(), visit, "participation", Map.of("participation", "accepted"));
        for (var action : List.of("arrive", "check-in", "fulfill", "mark-no-show")) {
            assertThat(front().act(visit, action).code()).as(action).isEqualTo("stale");
        }
        assertThat(moves(visit, Map.of("start", TEN)).code()).isEqualTo("stale");
        assertThat(front().act(front().desk(), visit, "cancel", Map.of()).code())
                .isEqualTo("stale");
    }

    @Test
    void a_visit_goes_through_its_day() {
        var visit = front().books(TEN);
        clock.set(Instant.parse("2026-11-24T12:55:00Z"));
        var arrived = front().act(visit, "arrive");
        assertThat(arrived.at("/arrivedAt")).isEqualTo("2026-11-24T12:55:00Z");
        clock.set(Instant.parse("2026-11-24T13:05:00Z"));
        var doctor = front().clinic().practitioner();
        var in = front().act(doctor, arrived, "check-in", null);
        assertThat(in.at("/checkedInAt")).isEqualTo("2026-11-24T13:05:00Z");
        var done = front().act(doctor, in, "fulfill", null);
        assertThat(done.at("/status")).isEqualTo("fulfilled");
        for (var action : List.of("arrive", "check-in", "fulfill", "mark-no-show")) {
            assertThat(front().act(done, action).code()).as(action).isEqualTo("appointment-not-in-that-state");
        }
        assertThat(moves(done, Map.of("start", TEN)).code()).isEqualTo("appointment-not-in-that-state");
        assertThat(front().act(front().desk(), done, "participation", Map.of("participation", "accepted"))
                        .code())
                .isEqualTo("appointment-not-in-that-state");
        assertThat(front().story(visit))
                .containsExactly(
                        "appointment-booked staff",
                        "appointment-arrived staff",
                        "appointment-checked-in staff",
                        "appointment-fulfilled staff");
    }

    @Test
    void practitioners_lead_a_visit_through_but_leave_the_rest_to_the_desk() {
        var visit = front().books(TEN);
        var doctor = front().clinic().practitioner();
        for (var action : List.of("arrive", "mark-no-show")) {
            assertThat(front().act(doctor, visit, action, null).code()).isEqualTo("forbidden");
        }
        assertThat(front().act(doctor, visit, "cancel", Map.of()).code()).isEqualTo("forbidden");
        assertThat(front().act(doctor, visit, "reschedule", Map.of("start", TEN))
                        .code())
                .isEqualTo("forbidden");
        assertThat(front().act(doctor, visit, "participation", Map.of("participation", "accepted"))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void nobody_is_called_absent_before_the_grace_is_over_and_a_late_arrival_corrects_it() {
        var visit = front().books(TEN);
        clock.set(Instant.parse("2026-11-24T13:44:59Z"));
        assertThat(front().act(visit, "mark-no-show").code()).isEqualTo("appointment-not-in-that-state");
        clock.set(Instant.parse("2026-11-24T13:45:00Z"));
        var missed = front().act(visit, "mark-no-show");
        assertThat(missed.at("/status")).isEqualTo("noshow");
        var arrived = front().act(missed, "arrive");
        assertThat(arrived.at("/status")).isEqualTo("arrived");
        assertThat(front().story(visit)).contains("appointment-noshow staff", "appointment-arrived staff");
    }

    @Test
    void a_missed_visit_gives_its_time_away_and_cannot_take_it_back() {
        var visit = front().books(TEN);
        clock.set(Instant.parse("2026-11-24T13:45:00Z"));
        var missed = front().act(visit, "mark-no-show");
        front().books(TEN);
        assertThat(front().act(missed, "arrive").code()).isEqualTo("slot-taken");
    }

    @Test
    void a_cancelled_visit_says_why_and_by_whom_and_takes_nothing_more() {
        var visit = front().books(TEN);
        var off = front().act(
                        front().desk(), visit, "cancel", Map.of("code", "prov", "reason", "La médica está enferma"));
        assertThat(off.at("/cancellationCode")).isEqualTo("prov");
        assertThat(off.at("/status")).isEqualTo("cancelled");
        assertThat(off.at("/cancellationReason")).isEqualTo("La médica está enferma");
        assertThat(facts(visit.id()).scheduleVersion()).isEqualTo(2);
        assertThat(ears.heard).endsWith(new AppointmentCancelled(visit.id(), "staff"));
        assertThat(record(visit.id(), 2, Participation.ACCEPTED, "1", NOW)).isFalse();
        assertThat(cancelByPatient(visit.id(), 2)).isFalse();
    }

    @Test
    void staff_write_down_what_they_heard_by_phone_and_can_take_it_back() {
        var visit = front().books(TEN);
        var yes = front().act(front().desk(), visit, "participation", Map.of("participation", "accepted"));
        assertThat(yes.at("/participation")).isEqualTo("accepted");
        assertThat(yes.at("/participationSource")).isEqualTo("staff");
        assertThat(yes.at("/participationAt")).isEqualTo("2026-11-23T12:00:00Z");
        var back = front().act(front().desk(), yes, "participation", Map.of("participation", "needs-action"));
        assertThat(back.json().at("/participationSource").isNull()).isTrue();
        assertThat(front().act(front().desk(), back, "participation", Map.of("participation", "tentative"))
                        .status())
                .isEqualTo(422);
        assertThat(front().act(front().desk(), back, "participation", Map.of("participation", "maybe"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_answer_that_arrives_late_does_not_replace_a_later_one() {
        var visit = front().books(TEN);
        assertThat(record(visit.id(), 1, Participation.DECLINED, "no puedo", NOW))
                .isTrue();
        assertThat(record(visit.id(), 1, Participation.ACCEPTED, "sí", NOW.minusSeconds(60)))
                .isFalse();
        var read = front().read(visit);
        assertThat(read.at("/participation")).isEqualTo("declined");
        assertThat(read.at("/participationSource")).isEqualTo("patient");
        assertThat(read.at("/participationText")).isEqualTo("no puedo");
    }

    @Test
    void long_words_are_cut_without_breaking_a_character() {
        var visit = front().books(TEN);
        assertThat(record(visit.id(), 1, Participation.ACCEPTED, "x".repeat(499) + "🦷🦷", NOW))
                .isTrue();
        assertThat(front().read(visit).at("/participationText")).isEqualTo("x".repeat(499));
    }

    @Test
    void a_patient_cancels_the_visit_they_were_told_about_and_no_newer_one() {
        var visit = front().books(TEN);
        assertThat(cancelByPatient(visit.id(), 0)).isFalse();
        assertThat(cancelByPatient(visit.id(), 1)).isTrue();
        var read = front().read(visit);
        assertThat(read.at("/status")).isEqualTo("cancelled");
        assertThat(read.at("/participation")).isEqualTo("declined");
        assertThat(ears.heard).endsWith(new AppointmentCancelled(visit.id(), "patient"));
        assertThat(front().story(visit)).endsWith("appointment-cancelled patient");
    }

    @Test
    void when_a_listener_fails_nothing_of_the_change_remains() {
        var visit = front().books(TEN);
        ears.refuse = AppointmentRescheduled.class::isInstance;
        assertThat(moves(visit, Map.of("start", "2026-11-25T14:00:00Z")).status())
                .isEqualTo(500);
        assertThat(front().read(visit).json()).isEqualTo(visit.json());
        assertThat(front().story(visit)).containsExactly("appointment-booked staff");
    }

    @Test
    void neighbours_of_another_clinic_see_and_change_nothing() {
        var visit = front().books(TEN);
        clinics.open()
                .inside(() -> transaction.executeWithoutResult(status -> {
                    assertThat(appointments.find(visit.id())).isEmpty();
                    assertThat(appointments.lock(visit.id())).isEmpty();
                    assertThat(appointments.recordParticipation(
                                    visit.id(), 1, Participation.ACCEPTED, "patient", "1", NOW))
                            .isFalse();
                    assertThat(appointments.cancelByPatient(visit.id(), 1, NOW)).isFalse();
                }));
        assertThat(front().read(visit).json()).isEqualTo(visit.json());
    }

    @Test
    void facts_tell_neighbours_what_they_need() {
        var visit = front().books(TEN);
        var facts = facts(visit.id());
        assertThat(facts)
                .isEqualTo(new AppointmentFacts(
                        visit.id(),
                        front().patient(),
                        "Dra. Gómez",
                        "Control",
                        Instant.parse(TEN),
                        Instant.parse("2026-11-24T13:30:00Z"),
                        java.time.ZoneId.of("America/Argentina/Buenos_Aires"),
                        AppointmentStatus.BOOKED,
                        Participation.NEEDS_ACTION,
                        1,
                        new AppointmentFacts.Place(
                                front().clinic().owner().get("").at("/name"), null, null, null, null),
                        null));
    }
}
