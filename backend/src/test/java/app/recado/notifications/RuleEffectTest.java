package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.recado.messaging.OutboxWorker;
import app.recado.notifications.RuleEffect.EffectVerdict;
import app.recado.notifications.RuleEffect.Group;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A part of the visits goes without one reminder, and what it changes is said with how sure it is. */
@RecadoTest
class RuleEffectTest {

    private static final int VISITS = 20;

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
        return java.util.Objects.requireNonNull(opened);
    }

    @Test
    void some_visits_go_without_the_extra_reminder_but_none_without_any_notice() {
        var rule = created(clinic().clinic
                .owner()
                .post(
                        "/notification-rules",
                        Map.of("trigger", "before-visit", "minutesBefore", 72 * 60, "holdoutPercent", 10)));
        var visits = new ArrayList<UUID>();
        for (int n = 0; n < VISITS; n++) {
            var patient = clinic().patient("Ana", "+54911234567" + (10 + n));
            visits.add(clinic().books(patient, "2026-11-30T%02d:%02d:00Z".formatted(11 + n / 2, n % 2 * 30))
                    .id());
        }
        clinic().everythingIsSent();
        clock.set(at("2026-11-28T12:00:00Z"));
        clinic().everythingIsSent();

        var effect = clinic().clinic.receptionist().get("/notification-rules/%s/effect".formatted(rule));
        int held = Integer.parseInt(effect.at("/heldOut/visits"));
        int reminded = Integer.parseInt(effect.at("/reminded/visits"));
        assertThat(held + reminded).isEqualTo(VISITS);
        assertThat(visits.stream()
                        .filter(visit -> clinic().messages(visit).stream()
                                .anyMatch(message ->
                                        message.path("reason").asString().equals("hold-out"))))
                .hasSize(held);
        assertThat(visits).allSatisfy(visit -> assertThat(clinic().story(visit)).contains("confirmation sent"));
        assertThat(effect.at("/verdict")).isEqualTo("too-early");
        assertThat(effect.at("/services/0/name")).isEqualTo("Control");
        assertThat(effect.at("/services/0/heldOut/visits")).isEqualTo(effect.at("/heldOut/visits"));
        assertThat(effect.at("/lines/0/lineId")).isEqualTo(clinic().line.toString());
        assertThat(effect.at("/lines/0/reminded/visits")).isEqualTo(effect.at("/reminded/visits"));
        assertThat(effect.at("/weeks/0/week")).as("its Monday").isEqualTo("2026-11-30");
        assertThat(effect.at("/weeks/0/reminded/visits")).isEqualTo(effect.at("/reminded/visits"));
    }

    @Test
    void whoever_was_told_nothing_yet_is_never_left_out() {
        var rules = clinic().clinic.owner().get("/notification-rules").json().path("items");
        rules.valueStream().forEach(rule -> {
            var path = "/notification-rules/" + rule.path("id").asString();
            clinic().clinic
                    .owner()
                    .ifMatch(clinic().clinic.owner().get(path).etag())
                    .delete(path);
        });
        var rule = created(clinic().clinic
                .owner()
                .post(
                        "/notification-rules",
                        Map.of("trigger", "before-visit", "minutesBefore", 72 * 60, "holdoutPercent", 10)));
        for (int n = 0; n < VISITS; n++) {
            var patient = clinic().patient("Ana", "+54911234567" + (10 + n));
            clinic().books(patient, "2026-11-30T%02d:%02d:00Z".formatted(11 + n / 2, n % 2 * 30));
        }
        clock.set(at("2026-11-28T12:00:00Z"));
        clinic().everythingIsSent();

        var effect = clinic().clinic.receptionist().get("/notification-rules/%s/effect".formatted(rule));
        assertThat(effect.at("/heldOut/visits")).isEqualTo("0");
    }

    @Test
    void a_difference_is_said_with_its_interval_and_only_when_enough_visits_are_over() {
        var rule = UUID.randomUUID();
        var early = RuleEffect.of(
                rule, 10, Group.of(900, 800, 40, 700), Group.of(49, 40, 9, 20), List.of(), List.of(), List.of());
        assertThat(early.verdict()).isEqualTo(EffectVerdict.TOO_EARLY);

        var seen = RuleEffect.of(
                rule, 10, Group.of(1000, 950, 50, 800), Group.of(100, 80, 20, 60), List.of(), List.of(), List.of());
        assertThat(seen.verdict()).isEqualTo(EffectVerdict.FEWER);
        var prevented = java.util.Objects.requireNonNull(seen.noShowsPrevented());
        // Newcombe's interval of 20/100 - 50/1000, worked out elsewhere.
        assertThat(prevented.value()).isEqualTo(0.15);
        assertThat(prevented.low()).isCloseTo(0.0816, within(0.0001));
        assertThat(prevented.high()).isCloseTo(0.2396, within(0.0001));

        var same = RuleEffect.of(
                rule, 10, Group.of(1000, 900, 100, 800), Group.of(100, 89, 11, 60), List.of(), List.of(), List.of());
        assertThat(same.verdict()).isEqualTo(EffectVerdict.NONE_SEEN);
        var none = RuleEffect.of(rule, null, RuleEffect.NOBODY, RuleEffect.NOBODY, List.of(), List.of(), List.of());
        assertThat(none.noShowsPrevented()).isNull();
    }
}
