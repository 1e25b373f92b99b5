package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Scope;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What staff write on a visit beside its time, and who booked it. */
@RecadoTest
class VisitDetailsTest {

    private static final String TEN = "2026-11-24T13:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    Appointments appointments;

    @Autowired
    TransactionTemplate transaction;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    private static Answer put(Api as, Answer seen, String what, Map<String, ?> body) {
        return as.ifMatch(seen.etag()).put("/appointments/%s/%s".formatted(seen.id(), what), body);
    }

    @Test
    void the_note_of_a_visit_is_written_anew_by_its_version_and_taken_away() {
        var visit = front().books(TEN);
        var noted = put(front().desk(), visit, "note", Map.of("note", "  Trae la radiografía "));
        assertThat(noted.at("/note")).isEqualTo("Trae la radiografía");
        assertThat(front().story(noted)).endsWith("appointment-note-changed staff");
        assertThat(put(front().desk(), visit, "note", Map.of("note", "Otra")).code())
                .isEqualTo("stale");
        assertThat(put(front().desk(), noted, "note", Map.of("note", "x".repeat(501)))
                        .at("/errors/0/pointer"))
                .isEqualTo("/note");
        var none = new HashMap<String, @Nullable Object>();
        none.put("note", " ");
        assertThat(put(front().desk(), noted, "note", none).json().at("/note").isNull())
                .isTrue();
    }

    @Test
    void why_somebody_did_not_come_is_said_of_missed_visits_alone_and_forgotten_when_they_come_after_all() {
        var visit = front().books(TEN);
        assertThat(put(front().desk(), visit, "no-show-reason", Map.of("code", "ill"))
                        .code())
                .isEqualTo("appointment-not-in-that-state");
        clock.set(Instant.parse("2026-11-24T14:00:00Z"));
        var missed = front().act(visit, "mark-no-show");
        var said =
                put(front().desk(), missed, "no-show-reason", Map.of("code", "travel", "reason", "Paro de colectivos"));
        assertThat(said.at("/noShowCode")).isEqualTo("travel");
        assertThat(said.at("/noShowReason")).isEqualTo("Paro de colectivos");
        assertThat(front().story(said)).endsWith("appointment-no-show-explained staff");
        assertThat(put(front().desk(), said, "no-show-reason", Map.of("code", "rain"))
                        .code())
                .isEqualTo("invalid-json");
        var came = front().act(said, "arrive");
        assertThat(came.json().at("/noShowCode").isNull()).isTrue();
        assertThat(came.json().at("/noShowReason").isNull()).isTrue();
    }

    @Test
    void a_visit_that_only_ends_later_keeps_the_patients_answer_and_takes_no_time_of_others() {
        var visit = front().books(TEN);
        var confirmed = front().act(front().desk(), visit, "participation", Map.of("participation", "accepted"));
        front().books("2026-11-24T14:00:00Z");

        var longer = lasts(confirmed, 60);
        assertThat(longer.at("/end")).isEqualTo("2026-11-24T14:00:00Z");
        assertThat(longer.at("/participation")).isEqualTo("accepted");
        assertThat(front().story(longer)).endsWith("appointment-length-changed staff");
        assertThat(scheduleVersion(longer)).as("what is planned for it stands").isEqualTo(1);

        assertThat(lasts(longer, 65).code()).isEqualTo("slot-taken");
        assertThat(front().read(longer).at("/end")).isEqualTo("2026-11-24T14:00:00Z");
        assertThat(lasts(longer, 4).at("/errors/0/pointer")).isEqualTo("/durationMinutes");

        clock.set(Instant.parse("2026-11-24T13:05:00Z"));
        var here = front().act(longer, "check-in");
        var shorter = lasts(here, 20);
        assertThat(shorter.at("/end")).as("while it is going on").isEqualTo("2026-11-24T13:20:00Z");
        var over = front().act(shorter, "fulfill");
        assertThat(lasts(over, 30).code()).isEqualTo("appointment-not-in-that-state");
    }

    private Answer lasts(Answer seen, int minutes) {
        return front().act(front().desk(), seen, "reschedule", Map.of("start", TEN, "durationMinutes", minutes));
    }

    private long scheduleVersion(Answer seen) {
        return front().clinic()
                .inside(() -> Objects.requireNonNull(transaction.execute(
                                status -> appointments.find(seen.id()).orElseThrow()))
                        .scheduleVersion());
    }

    @Test
    void a_visit_says_whether_the_desk_or_a_program_booked_it() {
        assertThat(front().books(TEN).at("/source")).isEqualTo("desk");
        var key = clinics.apiClient(front().clinic(), Set.of(Scope.APPOINTMENTS_WRITE, Scope.APPOINTMENTS_READ));
        var program = front().clinic()
                .withToken(TestTokens.client(key, front().clinic().id()));
        var booked = program.post("/appointments", front().visitAt("2026-11-24T14:00:00Z"));
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(booked.at("/source")).isEqualTo("api");
        var body = front().visitAt("2026-11-25T14:00");
        body.put("recurrence", "FREQ=WEEKLY;COUNT=2");
        var series = program.post("/appointment-series", body);
        assertThat(series.status()).as(series.text()).isEqualTo(201);
        assertThat(List.of(series.at("/appointments/0/source"), series.at("/appointments/1/source")))
                .containsExactly("api", "api");
    }
}
