package app.recado.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A clinic in Buenos Aires (UTC-3) that books on Monday, 2 November 2026, and looks back on Monday, 16 November. */
@RecadoTest
class ReportsTest {

    private static final String DAYS = "?from=2026-11-02&to=2026-11-17";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    private Clinics.@Nullable Clinic opened;
    private @Nullable UUID patient;
    private @Nullable UUID practitioner;
    private @Nullable UUID service;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-02T12:00:00Z"));
        opened = clinics.open();
        patient = created("/patients", Map.of("givenName", "Ana", "familyName", "Núñez"))
                .id();
        practitioner =
                created("/practitioners", Map.of("displayName", "Dra. Gómez")).id();
        service = created("/healthcare-services", Map.of("name", "Control", "durationMinutes", 60))
                .id();
    }

    private Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Answer created(String path, Map<String, ?> body) {
        var answer = clinic().owner().post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer books(String start) {
        return created(
                "/appointments",
                Map.of(
                        "patientId", Objects.requireNonNull(patient),
                        "practitionerId", Objects.requireNonNull(practitioner),
                        "healthcareServiceId", Objects.requireNonNull(service),
                        "start", start));
    }

    private Answer act(Answer visit, String action, @Nullable Object body) {
        var answer = clinic().owner()
                .ifMatch(visit.etag())
                .send("POST", "/appointments/%s/%s".formatted(visit.id(), action), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private void comes(Answer visit) {
        act(act(visit, "arrive", null), "fulfill", null);
    }

    private JsonNode report(String path) {
        var answer = clinic().receptionist().get("/reports" + path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<Integer> outcomes(JsonNode of) {
        return List.of(
                of.at("/attended").asInt(),
                of.at("/missed").asInt(),
                of.at("/cancelled").asInt(),
                of.at("/unrecorded").asInt());
    }

    private void explained(Answer missed, String code) {
        var answer = clinic().receptionist()
                .ifMatch(missed.etag())
                .put("/appointments/" + missed.id() + "/no-show-reason", Map.of("code", code));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void visits_are_counted_by_what_became_of_them_and_what_is_still_to_come_is_not() {
        var came = books("2026-11-03T13:00:00Z");
        var missed = act(books("2026-11-11T13:00:00Z"), "participation", Map.of("participation", "accepted"));
        var cancelled = books("2026-11-11T15:00:00Z");
        books("2026-11-12T13:00:00Z"); // nobody says what became of it
        books("2026-11-16T18:00:00Z"); // later today
        clock.set(Instant.parse("2026-11-03T14:30:00Z"));
        comes(came);
        act(cancelled, "cancel", Map.of("code", "oth-weath"));
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
        explained(act(missed, "mark-no-show", null), "travel");

        var report = report("/attendance" + DAYS);
        assertThat(outcomes(report.at("/total"))).containsExactly(1, 1, 1, 1);
        assertThat(report.at("/total/missedShare/value").asDouble()).isEqualTo(0.5);
        assertThat(report.at("/total/missedShare/low").asDouble()).isEqualTo(0.0945);
        assertThat(report.at("/total/missedShare/high").asDouble()).isEqualTo(0.9055);
        assertThat(report.at("/weeks")
                        .valueStream()
                        .map(week -> week.at("/week").asString()))
                .containsExactly("2026-11-02", "2026-11-09");
        assertThat(outcomes(report.at("/weeks/1/outcomes"))).containsExactly(0, 1, 1, 1);
        assertThat(report.at("/practitioners/0/name").asString()).isEqualTo("Dra. Gómez");
        assertThat(outcomes(report.at("/services/0/outcomes"))).containsExactly(1, 1, 1, 1);
        // Booked on the 2nd: one day before, nine days before, and ten.
        assertThat(report.at("/leadTimes").valueStream().map(band -> outcomes(band.at("/outcomes"))))
                .containsExactly(
                        List.of(0, 0, 0, 0),
                        List.of(1, 0, 0, 0),
                        List.of(0, 0, 0, 0),
                        List.of(0, 1, 1, 1),
                        List.of(0, 0, 0, 0),
                        List.of(0, 0, 0, 0));
        assertThat(report.at("/cancellations/0/code").asString()).isEqualTo("oth-weath");
        assertThat(report.at("/cancellations/0/count").asInt()).isEqualTo(1);
        assertThat(report.at("/noShows")).hasSize(1);
        assertThat(report.at("/noShows/0/code").asString()).isEqualTo("travel");
        assertThat(report.at("/noShows/0/count").asInt()).isEqualTo(1);
        var accepted = report.at("/answers")
                .valueStream()
                .filter(answer -> answer.at("/participation").asString().equals("accepted"))
                .toList();
        assertThat(accepted).hasSize(1);
        assertThat(accepted.getFirst().at("/answeredBy").asString()).isEqualTo("staff");
        assertThat(outcomes(accepted.getFirst().at("/outcomes"))).containsExactly(0, 1, 0, 0);
        assertThat(outcomes(report.at("/confirmed"))).containsExactly(0, 1, 0, 0);
        assertThat(report.at("/confirmed/missedShare/value").asDouble()).isOne();
        assertThat(outcomes(report.at("/unanswered"))).containsExactly(1, 0, 1, 1);
    }

    @Test
    void visits_are_counted_by_who_pays_them_patients_who_pay_themselves_last() {
        var insurance = created("/insurances", Map.of("name", "OSDE 210")).id();
        var paid = books("2026-11-03T13:00:00Z");
        var noted = clinic().owner()
                .ifMatch(paid.etag())
                .send("PUT", "/appointments/%s/insurance".formatted(paid.id()), Map.of("insuranceId", insurance));
        assertThat(noted.status()).as(noted.text()).isEqualTo(200);
        books("2026-11-03T15:00:00Z");
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
        var insurances = report("/attendance" + DAYS).at("/insurances");
        assertThat(insurances
                        .valueStream()
                        .map(one -> one.at("/name").asStringOpt().orElse("")))
                .containsExactly("OSDE 210", "");
        assertThat(outcomes(insurances.at("/0/outcomes"))).containsExactly(0, 0, 0, 1);
        assertThat(insurances.at("/0/id").asString()).isEqualTo(insurance.toString());
        assertThat(outcomes(insurances.at("/1/outcomes"))).containsExactly(0, 0, 0, 1);
    }

    @Test
    void an_hour_that_was_cancelled_in_time_is_freed_and_another_visit_in_it_refills_it() {
        var first = books("2026-11-10T13:00:00Z");
        var second = books("2026-11-10T15:00:00Z");
        var late = books("2026-11-10T17:00:00Z");
        act(first, "cancel", Map.of());
        act(second, "cancel", Map.of());
        clock.set(Instant.parse("2026-11-02T12:40:00Z"));
        books("2026-11-10T13:30:00Z");
        clock.set(Instant.parse("2026-11-10T17:30:00Z"));
        act(late, "cancel", Map.of()); // it had begun
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));

        var freed = report("/attendance" + DAYS).at("/freedHours");
        assertThat(freed.at("/freed").asInt()).isEqualTo(2);
        assertThat(freed.at("/refilled").asInt()).isEqualTo(1);
        assertThat(freed.at("/medianMinutes").asInt()).isEqualTo(40);
    }

    @Test
    void occupancy_is_told_by_hour_of_the_clinics_clock_and_ends_now() {
        created(
                "/schedules",
                Map.of(
                        "validFrom",
                        "2026-11-01",
                        "hours",
                        List.of(
                                Map.of("day", "tue", "from", "09:00", "until", "11:00"),
                                Map.of("day", "mon", "from", "08:00", "until", "10:00"))));
        var came = books("2026-11-03T12:30:00Z"); // 9:30 to 10:30
        clock.set(Instant.parse("2026-11-03T13:30:00Z"));
        comes(came);
        clock.set(Instant.parse("2026-11-16T12:30:00Z")); // Monday, 9:30

        var item = report("/occupancy" + DAYS).at("/items/0");
        assertThat(item.at("/hours")
                        .valueStream()
                        .map(hour -> "%d %d: %d of %d"
                                .formatted(
                                        hour.at("/dayOfWeek").asInt(),
                                        hour.at("/hour").asInt(),
                                        hour.at("/busyMinutes").asInt(),
                                        hour.at("/openMinutes").asInt())))
                .containsExactly("1 8: 0 of 180", "1 9: 0 of 150", "2 9: 30 of 120", "2 10: 30 of 120");
        assertThat(item.at("/openMinutes").asInt()).isEqualTo(570);
        assertThat(item.at("/busyMinutes").asInt()).isEqualTo(60);
    }

    @Test
    void a_report_is_refused_for_more_than_a_year_for_days_out_of_order_and_for_whom_the_clinic_does_not_have() {
        var desk = clinic().receptionist();
        assertThat(desk.get("/reports/attendance?from=2025-11-02&to=2026-11-04").code())
                .isEqualTo("invalid-parameter");
        assertThat(desk.get("/reports/occupancy?from=2026-11-02&to=2026-11-02").code())
                .isEqualTo("invalid-parameter");
        var stranger = UUID.randomUUID();
        assertThat(desk.get("/reports/attendance" + DAYS + "&practitionerId=" + stranger)
                        .code())
                .isEqualTo("practitioner-unknown");
        assertThat(desk.get("/reports/occupancy" + DAYS + "&practitionerId=" + stranger)
                        .code())
                .isEqualTo("practitioner-unknown");
        assertThat(desk.get("/reports/attendance" + DAYS + "&healthcareServiceId=" + stranger)
                        .code())
                .isEqualTo("healthcare-service-unknown");
    }
}
