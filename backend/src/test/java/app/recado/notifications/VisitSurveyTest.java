package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.messaging.SurveyAnswers.Rating;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Patients are asked how a visit was, and what they say reaches who should know it. */
@RecadoTest
class VisitSurveyTest {

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
        clock.set(at("2026-11-17T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
        created(clinic().clinic.owner().post("/notification-rules", Map.of("trigger", "survey", "minutesAfter", 60)));
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    /** A visit that took place and was asked about. */
    private UUID asked(UUID patient, String start) {
        var visit = clinic().books(patient, start).id();
        clinic().everythingIsSent();
        clock.set(at(start));
        clinic().act(visit, "arrive", Map.of());
        clinic().act(visit, "check-in", Map.of());
        clinic().act(visit, "fulfill", Map.of());
        clock.set(at(start).plusSeconds(2 * 60 * 60));
        clinic().everythingIsSent();
        return visit;
    }

    private void writes(String text) {
        clock.advance(java.time.Duration.ofMinutes(1));
        clinic().hears(clinic().voice.from(ANA).at(clock.instant()).writes(text));
    }

    private String heard() {
        var last = clinic().lastInbound();
        return last.path("outcome").asString() + " " + last.path("reason").asString("");
    }

    private String report(String pointer) {
        return clinic().clinic
                .owner()
                .get("/reports/surveys?from=2026-11-01&to=2026-12-01")
                .at(pointer);
    }

    @Test
    void a_number_to_the_survey_is_a_rating_and_not_a_yes_to_a_visit() {
        var ana = clinic().patient("Ana", ANA);
        var visit = asked(ana, "2026-11-18T13:00:00Z");
        assertThat(clinic().story(visit)).contains("survey sent");

        writes("5");

        assertThat(heard().strip()).isEqualTo("rated");
        assertThat(report("/all/answered")).isEqualTo("1");
        assertThat(report("/practitioners/0/ratings/counts/4")).isEqualTo("1");
        assertThat(report("/all/mean")).as("one answer has no mean").isIn("", "null");
    }

    @Test
    void a_low_one_is_for_a_person_and_so_is_what_says_more_than_a_number() {
        asked(clinic().patient("Ana", ANA), "2026-11-18T13:00:00Z");

        writes("1");
        assertThat(heard()).isEqualTo("for-staff low-rating");
        writes("4, pero esperé una hora");
        assertThat(heard()).isEqualTo("for-staff survey-comment");

        assertThat(report("/all/answered")).as("the last one counts").isEqualTo("1");
        assertThat(report("/all/counts/3")).isEqualTo("1");
    }

    @Test
    void a_number_answers_what_was_said_last() {
        var ana = clinic().patient("Ana", ANA);
        asked(ana, "2026-11-18T13:00:00Z");
        var next = clinic().books(ana, "2026-11-25T13:00:00Z").id();
        clinic().everythingIsSent();

        writes("1");

        assertThat(heard().strip()).isEqualTo("accepted");
        assertThat(clinic().read(next).at("/participation")).isEqualTo("accepted");
        assertThat(report("/all/answered")).isEqualTo("0");
    }

    @Test
    void nobody_is_asked_twice_within_ninety_days() {
        var ana = clinic().patient("Ana", ANA);
        asked(ana, "2026-11-18T13:00:00Z");

        var second = asked(ana, "2026-11-25T13:00:00Z");

        assertThat(clinic().message(second, "survey").path("reason").asString()).isEqualTo("asked-lately");
    }

    @Test
    void a_number_is_read_where_it_stands_for_itself() {
        assertThat(VisitSurveys.read("5")).contains(new Rating(5, false, false));
        assertThat(VisitSurveys.read(" 2/5 ")).contains(new Rating(2, true, false));
        assertThat(VisitSurveys.read("5️⃣")).contains(new Rating(5, false, false));
        assertThat(VisitSurveys.read("⭐⭐⭐⭐")).contains(new Rating(4, false, false));
        assertThat(VisitSurveys.read("3. Esperé mucho")).contains(new Rating(3, false, true));
        for (var other : List.of("10", "5:30", "5/12", "5pm", "6", "0", "el 5", "sí", "")) {
            assertThat(VisitSurveys.read(other)).as(other).isEmpty();
        }
    }
}
