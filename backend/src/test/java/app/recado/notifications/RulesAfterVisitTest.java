package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What rules tell after a visit, and on which days they do not. */
@RecadoTest
class RulesAfterVisitTest {

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
        clock.set(at("2026-11-17T12:00:00Z")); // Tuesday, nine in the morning in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private Api owner() {
        return clinic().clinic.owner();
    }

    private UUID add(Map<String, Object> rule) {
        return created(owner().post("/notification-rules", rule));
    }

    private UUID booked(String start) {
        var visit = clinic().books(clinic().patient("Ana", ANA), start).id();
        clinic().everythingIsSent();
        return visit;
    }

    private void took(UUID visit, String from, String to) {
        clock.set(at(from));
        clinic().act(visit, "arrive", Map.of());
        clinic().act(visit, "check-in", Map.of());
        clock.set(at(to));
        clinic().act(visit, "fulfill", Map.of());
    }

    private List<String> waiting(UUID visit) {
        return clinic().messages(visit).stream()
                .filter(message -> message.path("state").asString().equals("planned"))
                .map(message -> message.path("kind").asString() + " "
                        + message.path("dueAt").asString())
                .sorted()
                .toList();
    }

    private String reason(UUID visit, String kind) {
        return clinic().message(visit, kind).path("reason").asString();
    }

    @Test
    void whoever_was_attended_hears_of_it_once_so_long_after_the_end_and_whoever_was_not_hears_nothing() {
        add(Map.of("trigger", "after-visit", "minutesAfter", 120));
        var visit = booked("2026-11-18T13:00:00Z");
        assertThat(waiting(visit)).noneMatch(message -> message.startsWith("followup"));

        took(visit, "2026-11-18T13:00:00Z", "2026-11-18T13:25:00Z");
        assertThat(waiting(visit))
                .filteredOn(message -> !message.startsWith("reminder"))
                .containsExactly("followup 2026-11-18T15:30:00Z");
        clock.set(at("2026-11-18T15:30:00Z"));
        clinic().everythingIsSent();
        clinic().everythingIsSent();

        assertThat(clinic().story(visit)).containsOnlyOnce("followup sent");
        assertThat(clinic().message(visit, "followup").path("text").asString()).contains("Gracias por tu visita");
    }

    @Test
    void whoever_did_not_come_is_written_to_unless_they_arrive_after_all_or_have_another_hour() {
        add(Map.of("trigger", "no-show", "minutesAfter", 60));
        var late = booked("2026-11-18T13:00:00Z");
        var gone = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-18T14:00:00Z")
                .id();
        var carla = clinic().patient("Carla", "+5491123456781");
        var again = clinic().books(carla, "2026-11-18T15:00:00Z").id();
        clinic().everythingIsSent();
        clock.set(at("2026-11-18T15:50:00Z")); // nobody is called absent earlier
        for (var visit : List.of(late, gone, again)) {
            clinic().act(visit, "mark-no-show", Map.of());
        }
        clinic().act(late, "arrive", Map.of());
        clinic().books(carla, "2026-11-20T15:00:00Z");

        clock.set(at("2026-11-18T17:00:00Z"));
        clinic().everythingIsSent();

        assertThat(clinic().story(gone)).contains("missed sent");
        assertThat(reason(late, "missed")).isEqualTo("appointment-arrived");
        assertThat(reason(again, "missed")).isEqualTo("visit-booked");
    }

    @Test
    void a_recall_comes_months_after_the_last_visit_of_the_service_and_not_to_who_has_come_again() {
        var ofService = Map.of("healthcareServiceIds", List.of(clinic().service));
        add(Map.of("trigger", "recall", "monthsAfter", 6, "time", "10:00", "conditions", ofService));
        add(Map.of("trigger", "recall", "daysAfter", 5, "time", "11:00", "conditions", ofService));
        var visit = booked("2026-11-18T13:00:00Z");
        took(visit, "2026-11-18T13:00:00Z", "2026-11-18T13:25:00Z");
        assertThat(waiting(visit))
                .filteredOn(message -> !message.startsWith("reminder"))
                .containsExactly("recall 2026-11-23T14:00:00Z", "recall 2027-05-18T13:00:00Z");

        var patient = clinic().patient("Beto", "+5491123456780");
        var first = clinic().books(patient, "2026-11-18T14:00:00Z").id();
        took(first, "2026-11-18T14:00:00Z", "2026-11-18T14:20:00Z");
        clinic().books(patient, "2026-12-01T13:00:00Z");

        var outlooks = clinic().clinic
                .receptionist()
                .get("/notification-forecast/messages?days=31&outlook=visit-booked")
                .json()
                .at("/items");
        assertThat(outlooks).as("seen beforehand").hasSize(1);

        clock.set(at("2026-11-23T14:01:00Z"));
        clinic().everythingIsSent();
        assertThat(clinic().story(visit)).contains("recall sent");
        assertThat(clinic().messages(first))
                .anyMatch(message -> message.path("reason").asString().equals("visit-booked"));
    }

    @Test
    void a_reminder_that_keeps_to_working_days_leaves_before_the_sunday_and_the_holiday_and_follows_their_change() {
        add(Map.of("trigger", "before-visit", "minutesBefore", 36 * 60, "workingDaysOnly", true));
        // Monday the 23rd is a holiday: the last working day is the Saturday before it.
        var visit = booked("2026-11-24T15:00:00Z");
        assertThat(waiting(visit)).contains("reminder 2026-11-21T03:00:00Z");
        var later = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-24T17:00:00Z")
                .id();
        assertThat(waiting(later)).contains("reminder 2026-11-21T05:00:00Z");

        assertThat(owner().put("/holidays/2026-11-23", Map.of("open", true)).status())
                .isEqualTo(200);
        assertThat(waiting(later)).contains("reminder 2026-11-23T05:00:00Z");
        assertThat(waiting(visit)).contains("reminder 2026-11-23T03:00:00Z");
    }

    @Test
    void what_could_not_leave_before_a_sunday_waits_for_monday() {
        add(Map.of("trigger", "before-visit", "minutesBefore", 72 * 60, "workingDaysOnly", true));
        var visit = booked("2026-12-01T13:00:00Z");
        assertThat(waiting(visit)).contains("reminder 2026-11-28T13:00:00Z");
        clinic().hears(clinic().voice.lineIs("reconnecting", "network"));
        clock.set(at("2026-11-28T13:00:00Z"));
        clinic().turn();

        clock.set(at("2026-11-29T13:00:00Z")); // Sunday
        clinic().hears(clinic().voice.lineIs("linked", "none"));
        clinic().turn();
        assertThat(clinic().story(visit)).doesNotContain("reminder accepted");

        clock.set(at("2026-11-30T12:00:00Z")); // before the reminder of a day ahead
        clinic().everythingIsSent();
        assertThat(clinic().story(visit)).contains("reminder sent");
    }

    @Test
    void while_its_line_is_down_a_message_leaves_on_another_one_where_its_rule_says_so() {
        add(Map.of("trigger", "before-visit", "minutesBefore", 72 * 60, "otherLineWhenDown", true));
        var visit = booked("2026-11-24T13:00:00Z");
        var other = created(owner().post("/whatsapp-lines", Map.of("name", "Guardia")));
        var gateway = FakeGateway.shared();
        gateway.line(other).state = "linked";
        var voice = new GatewayVoice(clinics.anonymous(), clock, clinic().clinic.id(), other);
        voice.deliver(voice.lineIs("linked", "none"));
        clinic().hears(clinic().voice.lineIs("reconnecting", "network"));

        clock.set(at("2026-11-21T13:00:00Z"));
        clinic().turn();
        assertThat(gateway.acceptedFor(other)).as("a line may be back at once").isEmpty();
        clock.advance(Duration.ofMinutes(10));
        clinic().turn();
        assertThat(gateway.acceptedFor(other)).hasSize(1);

        clock.set(at("2026-11-23T13:00:00Z")); // the reminder of a day before has no other line
        clinic().turn();
        clock.advance(Duration.ofMinutes(11));
        clinic().turn();
        assertThat(gateway.acceptedFor(other)).hasSize(1);
        var called = clinic().clinic.receptionist().get("/unanswered-visits?days=7");
        assertThat(called.at("/items/0/appointmentId")).isEqualTo(visit.toString());
        assertThat(called.at("/items/0/told/state")).isEqualTo("queued");
    }

    @Test
    void a_rule_may_be_about_families_alone() {
        var ana = clinic().patient("Ana", ANA);
        var mother = new HashMap<String, Object>();
        mother.put("givenName", "Gabriela");
        mother.put("familyName", "Núñez");
        mother.put("phone", ANA);
        mother.put("members", List.of(Map.of("patientId", ana, "relationship", "mother")));
        assertThat(clinic().clinic.receptionist().post("/households", mother).status())
                .isEqualTo(201);
        add(Map.of("trigger", "before-visit", "minutesBefore", 48 * 60, "conditions", Map.of("household", true)));

        var child = clinic().books(ana, "2026-11-24T13:00:00Z").id();
        var other = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-24T14:00:00Z")
                .id();

        assertThat(waiting(child)).contains("reminder 2026-11-22T13:00:00Z");
        assertThat(waiting(other)).doesNotContain("reminder 2026-11-22T14:00:00Z");
    }

    @Test
    void a_rule_has_the_lead_of_its_trigger_and_no_other() {
        for (var wrong : List.<Map<String, Object>>of(
                Map.of("trigger", "after-visit"),
                Map.of("trigger", "after-visit", "minutesBefore", 60),
                Map.of("trigger", "recall", "time", "10:00", "monthsAfter", 6),
                Map.of("trigger", "recall", "time", "10:00", "monthsAfter", 6, "daysAfter", 3),
                Map.of("trigger", "booked", "workingDaysOnly", true),
                Map.of("trigger", "after-visit", "minutesAfter", 60, "unansweredOnly", true),
                Map.of("trigger", "after-visit", "minutesAfter", 60, "holdoutPercent", 10))) {
            var refused = owner().post("/notification-rules", wrong);
            assertThat(refused.status()).as(wrong + " " + refused.text()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("invalid-fields");
        }
    }
}
