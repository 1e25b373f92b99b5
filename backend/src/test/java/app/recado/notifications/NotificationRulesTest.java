package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.organizations.OrganizationRegistered;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
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
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A clinic says what its patients are told, and what is planned is of the rules as they are. */
@RecadoTest
class NotificationRulesTest {

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

    @Autowired
    ApplicationEventPublisher events;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z")); // Tuesday, nine in the morning in Buenos Aires
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private Api owner() {
        return clinic().clinic.owner();
    }

    private UUID booked(String start) {
        return clinic().books(clinic().patient("Ana", ANA), start).id();
    }

    private static Map<String, Object> before(int hours) {
        return Map.of("trigger", "before-visit", "minutesBefore", hours * 60);
    }

    private UUID add(Map<String, Object> rule) {
        return created(owner().post("/notification-rules", rule));
    }

    private Api.Answer change(UUID rule, Map<String, Object> to) {
        return owner().ifMatch(owner().get("/notification-rules/" + rule).etag())
                .put("/notification-rules/" + rule, to);
    }

    /** When each reminder that waits is due, the earliest first. */
    private List<String> due(UUID visit) {
        return clinic().messages(visit).stream()
                .filter(message -> message.path("kind").asString().equals("reminder"))
                .filter(message -> message.path("state").asString().equals("planned"))
                .map(message -> message.path("dueAt").asString())
                .sorted()
                .toList();
    }

    @Test
    void a_visit_has_as_many_reminders_as_rules_want_and_each_leaves_once() {
        add(before(72));
        add(Map.of("trigger", "same-day", "time", "07:30", "latestMinutesBefore", 60));
        var visit = booked("2026-11-30T13:00:00Z");

        assertThat(due(visit)).containsExactly("2026-11-27T13:00:00Z", "2026-11-29T13:00:00Z", "2026-11-30T10:30:00Z");
        clinic().everythingIsSent();
        for (var day : List.of("2026-11-27T13:00:00Z", "2026-11-29T13:00:00Z", "2026-11-30T10:30:00Z")) {
            clock.set(at(day));
            clinic().everythingIsSent();
            clinic().everythingIsSent();
        }
        assertThat(clinic().story(visit))
                .containsExactly("confirmation sent", "reminder sent", "reminder sent", "reminder sent");
    }

    @Test
    void a_rule_is_about_the_visits_that_meet_its_conditions_alone() {
        var other = created(owner().post("/healthcare-services", Map.of("name", "Cirugía", "durationMinutes", 30)));
        add(new HashMap<>(Map.of(
                "trigger",
                "before-visit",
                "minutesBefore",
                72 * 60,
                "conditions",
                Map.of("healthcareServiceIds", List.of(other)))));
        add(Map.of("trigger", "before-visit", "minutesBefore", 48 * 60, "conditions", Map.of("firstVisit", true)));

        var patient = clinic().patient("Ana", ANA);
        var first = clinic().books(patient, "2026-11-30T13:00:00Z").id();
        var second = clinic().books(patient, "2026-12-01T13:00:00Z").id();

        assertThat(due(first)).containsExactly("2026-11-28T13:00:00Z", "2026-11-29T13:00:00Z");
        assertThat(due(second)).containsExactly("2026-11-30T13:00:00Z");
    }

    @Test
    void what_is_planned_follows_a_rule_that_is_added_changed_paused_resumed_and_deleted() {
        var visit = booked("2026-11-30T13:00:00Z");
        var soon = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-26T13:00:00Z")
                .id();

        var rule = add(before(72));
        assertThat(due(visit)).containsExactly("2026-11-27T13:00:00Z", "2026-11-29T13:00:00Z");
        assertThat(due(soon)).as("a rule begins with what is to come").containsExactly("2026-11-25T13:00:00Z");

        assertThat(change(rule, before(48)).status()).isEqualTo(200);
        assertThat(due(visit)).containsExactly("2026-11-28T13:00:00Z", "2026-11-29T13:00:00Z");

        var paused = new HashMap<>(before(48));
        paused.put("active", false);
        change(rule, paused);
        assertThat(due(visit)).containsExactly("2026-11-29T13:00:00Z");
        assertThat(clinic().messages(visit))
                .anyMatch(message -> message.path("reason").asString().equals("rule-changed"));

        change(rule, before(48));
        assertThat(due(visit)).containsExactly("2026-11-28T13:00:00Z", "2026-11-29T13:00:00Z");

        var seen = owner().get("/notification-rules/" + rule);
        assertThat(owner().ifMatch(seen.etag())
                        .delete("/notification-rules/" + rule)
                        .status())
                .isEqualTo(204);
        assertThat(due(visit)).containsExactly("2026-11-29T13:00:00Z");
        clock.set(at("2026-11-28T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().story(visit))
                .filteredOn("reminder accepted"::equals)
                .isEmpty();
    }

    @Test
    void of_two_owners_who_edit_a_rule_the_second_is_told() {
        var rule = add(before(72));
        var seen = owner().get("/notification-rules/" + rule);
        assertThat(owner().ifMatch(seen.etag())
                        .put("/notification-rules/" + rule, before(48))
                        .status())
                .isEqualTo(200);

        var second = owner().ifMatch(seen.etag()).put("/notification-rules/" + rule, before(36));

        assertThat(second.status()).isEqualTo(412);
        assertThat(owner().get("/notification-rules/" + rule).at("/minutesBefore"))
                .isEqualTo("2880");
    }

    @Test
    void after_a_downtime_the_last_reminder_leaves_and_those_before_it_are_expired() {
        add(before(72));
        add(before(48));
        var visit = booked("2026-11-30T13:00:00Z");
        clinic().everythingIsSent();

        clock.set(at("2026-11-29T14:00:00Z"));
        clinic().everythingIsSent();

        assertThat(clinic().story(visit))
                .containsExactlyInAnyOrder(
                        "confirmation sent", "reminder expired", "reminder expired", "reminder sent");
        assertThat(clinic().messages(visit))
                .filteredOn(message -> message.path("state").asString().equals("expired"))
                .allMatch(message -> message.path("reason").asString().equals("overtaken"));
    }

    @Test
    void who_has_confirmed_is_not_asked_again() {
        add(Map.of("trigger", "before-visit", "minutesBefore", 72 * 60, "unansweredOnly", true));
        var visit = booked("2026-11-30T13:00:00Z");
        clinic().everythingIsSent();
        clinic().act(visit, "participation", Map.of("participation", "accepted"));

        clock.set(at("2026-11-27T13:00:00Z"));
        clinic().turn();

        assertThat(clinic().messages(visit))
                .anyMatch(message -> message.path("state").asString().equals("suppressed")
                        && message.path("reason").asString().equals("answered"));
    }

    @Test
    void what_falls_into_quiet_hours_and_is_of_no_use_after_them_is_not_told_and_that_is_shown_at_once() {
        var early = booked("2026-11-30T10:30:00Z"); // half past seven
        quiet(Map.of("from", "21:00", "to", "08:00"));
        add(Map.of("trigger", "same-day", "time", "06:30"));

        assertThat(clinic().story(early)).contains("reminder expired");
        var moved = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-30T10:00:00Z")
                .id();
        assertThat(clinic().story(moved)).contains("reminder expired");

        quiet(null);
        assertThat(due(early)).contains("2026-11-30T09:30:00Z");
    }

    private void quiet(@Nullable Map<String, String> hours) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("quietHours", hours);
        assertThat(owner().ifMatch(owner().get("").etag()).patch("", body).status())
                .isEqualTo(200);
    }

    @Test
    void a_rule_that_would_write_to_many_at_once_asks_first() {
        var patient = clinic().patient("Ana", ANA);
        clinic().clinic
                .inside(() -> transaction.executeWithoutResult(status -> jdbc.sql("""
                        insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at,
                                                 ends_at, time_zone, status, participation, schedule_version, created_at,
                                                 created_by, version, source, overbooked)
                        select :org, uuidv7(), :patient, :practitioner, :service, :start, :start + interval '30 minutes',
                               'America/Argentina/Buenos_Aires', 'booked', 'needs-action', 1, now(), 'test', 0, 'desk', true
                          from generate_series(1, 201)
                        """)
                        .param("org", clinic().clinic.id())
                        .param("patient", patient)
                        .param("practitioner", clinic().practitioner)
                        .param("service", clinic().service)
                        .param("start", app.recado.kernel.SqlTime.at(at("2026-11-26T13:00:00Z")))
                        .update()));

        var refused = owner().post("/notification-rules", before(36));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code")).isEqualTo("rule-writes-to-many");
        assertThat(refused.text()).contains("201 messages");
        assertThat(owner().get("/notification-rules").json().path("items")).hasSize(4);
        var confirmed = new HashMap<>(before(36));
        confirmed.put("confirmedMessages", 201);
        add(confirmed);
        assertThat(clinic().clinic
                        .<Integer>inside(() -> transaction.execute(status -> jdbc.sql(
                                        "select count(*) from message where state = 'planned' and due_at = ?")
                                .param(app.recado.kernel.SqlTime.at(at("2026-11-25T01:00:00Z")))
                                .query(Integer.class)
                                .single())))
                .isEqualTo(201);
    }

    @Test
    void a_new_clinic_tells_asks_and_reminds_and_an_onboarding_that_is_repeated_adds_nothing() {
        var fresh = clinics.open();
        Runnable registered = () -> fresh.inside(() -> transaction.executeWithoutResult(
                status -> events.publishEvent(new OrganizationRegistered(fresh.id()))));
        fresh.inside(() -> transaction.executeWithoutResult(
                status -> jdbc.sql("delete from notification_rule where organization_id = ?")
                        .param(fresh.id())
                        .update()));
        registered.run();
        registered.run();

        var rules = fresh.receptionist().get("/notification-rules").json().path("items");
        assertThat(rules.valueStream()
                        .map(rule -> rule.path("trigger").asString() + " "
                                + rule.path("minutesBefore").asString("")
                                + rule.path("time").asString("")))
                .containsExactly(
                        "booked ", "moved ", "cancelled ", "before-visit 4320", "before-visit 1440", "same-day 08:00");
    }

    @Test
    void a_reminder_that_waits_for_the_line_when_its_rule_is_deleted_does_not_leave() {
        var rule = add(before(72));
        var visit = booked("2026-11-30T13:00:00Z");
        clinic().everythingIsSent();
        clinic().hears(clinic().voice.lineIs("reconnecting", "network"));
        clock.set(at("2026-11-27T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().story(visit)).contains("reminder queued");

        owner().ifMatch(owner().get("/notification-rules/" + rule).etag()).delete("/notification-rules/" + rule);
        clinic().hears(clinic().voice.lineIs("linked", "none"));
        clock.advance(Duration.ofMinutes(1));
        clinic().turn();

        assertThat(clinic().story(visit))
                .containsExactlyInAnyOrder("confirmation sent", "reminder planned", "reminder superseded");
    }
}
