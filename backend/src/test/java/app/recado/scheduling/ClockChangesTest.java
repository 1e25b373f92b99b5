package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** When a country changes its rules, staff see the visits whose hour that moves, and keep the hour or the moment. */
@RecadoTest
class ClockChangesTest {

    private static final String TEN = "2026-11-24T13:00:00Z";
    private static final String ELEVEN = "2026-11-24T14:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    ClockChanges changes;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Nullable Front opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        opened = Front.of(clinics.open());
    }

    private Front front() {
        return Objects.requireNonNull(opened);
    }

    /** The rules by which this visit was booked showed another hour at its moment. */
    private void bookedFor(Answer visit, String local) {
        front().clinic()
                .inside(() -> transaction.executeWithoutResult(
                        status -> assertThat(jdbc.sql("update appointment set starts_local = ? where id = ?")
                                        .params(LocalDateTime.parse(local), visit.id())
                                        .update())
                                .isOne()));
    }

    private List<String> listed() {
        return front().desk()
                .get("/clock-changes")
                .json()
                .at("/items")
                .valueStream()
                .map(one -> one.at("/appointment/id").asString() + " "
                        + one.at("/bookedLocal").asString())
                .toList();
    }

    @Test
    void visits_whose_hour_moved_are_listed_until_staff_keep_the_hour_or_the_moment() {
        var same = front().books("2026-11-24T17:00:00Z");
        var first = front().books(TEN);
        var second = front().books(ELEVEN);
        bookedFor(first, "2026-11-24T09:00");
        bookedFor(second, "2026-11-24T10:00");
        assertThat(listed()).as("nobody looked yet").isEmpty();
        changes.look();
        assertThat(listed()).containsExactly(first.id() + " 2026-11-24T09:00", second.id() + " 2026-11-24T10:00");
        var shown = front().desk().get("/clock-changes");
        assertThat(shown.at("/items/0/nowLocal")).isEqualTo("2026-11-24T10:00");
        assertThat(shown.at("/items/0/bookedLocalStart")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(front().clinic().practitioner().get("/clock-changes").code()).isEqualTo("forbidden");

        var hourKept =
                front().act(front().desk(), front().read(first), "reschedule", Map.of("start", "2026-11-24T12:00:00Z"));
        assertThat(hourKept.at("/start")).as(hourKept.text()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(listed()).containsExactly(second.id() + " 2026-11-24T10:00");

        var momentKept = front().act(front().desk(), front().read(second), "reschedule", Map.of("start", ELEVEN));
        assertThat(front().story(momentKept)).endsWith("appointment-moved staff");
        changes.look();
        assertThat(listed()).isEmpty();
        assertThat(front().read(same).etag()).as("nothing happened to it").isEqualTo(same.etag());
    }

    @Test
    void what_is_cancelled_or_past_is_nobodys_question_and_rules_that_come_back_end_it() {
        var off = front().books(TEN);
        var visit = front().books(ELEVEN);
        bookedFor(off, "2026-11-24T09:00");
        bookedFor(visit, "2026-11-24T10:00");
        front().act(front().desk(), off, "cancel", Map.of());
        changes.look();
        assertThat(listed()).containsExactly(visit.id() + " 2026-11-24T10:00");
        bookedFor(visit, "2026-11-24T11:00");
        changes.look();
        assertThat(listed()).isEmpty();
    }
}
