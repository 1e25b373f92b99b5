package app.recado.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.organizations.MessagingPreferences.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTimeTest {

    private static QuietTime quiet(String from, String to, String zone) {
        return new QuietTime(new QuietHours(LocalTime.parse(from), LocalTime.parse(to)), ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource({
        "21:00, 08:00, 2026-11-24T00:00:00Z, 2026-11-24T11:00:00Z", // nine in the evening in Buenos Aires
        "21:00, 08:00, 2026-11-24T10:59:59Z, 2026-11-24T11:00:00Z",
        "13:00, 15:00, 2026-11-23T16:30:00Z, 2026-11-23T18:00:00Z"
    })
    void quiet_ends_when_the_clinics_clocks_say_so(String from, String to, Instant now, Instant end) {
        assertThat(quiet(from, to, "America/Argentina/Buenos_Aires").endOfQuietAt(now))
                .contains(end);
    }

    @ParameterizedTest
    @CsvSource({
        "21:00, 08:00, 2026-11-24T11:00:00Z",
        "13:00, 15:00, 2026-11-23T18:00:00Z",
        "10:00, 10:00, 2026-11-23T13:00:00Z"
    })
    void other_hours_are_not_quiet(String from, String to, Instant now) {
        assertThat(quiet(from, to, "America/Argentina/Buenos_Aires").endOfQuietAt(now))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // Santiago skips 00:00 to 01:00, Madrid 02:00 to 03:00: clocks show the later hour at once
        "21:00, 00:30, America/Santiago, 2026-09-06T03:30:00Z, 2026-09-06T04:00:00Z",
        "22:00, 02:30, Europe/Madrid,    2027-03-28T00:30:00Z, 2027-03-28T01:00:00Z"
    })
    void quiet_that_ends_in_a_skipped_hour_ends_when_clocks_jump(
            String from, String to, String zone, Instant now, Instant end) {
        assertThat(quiet(from, to, zone).endOfQuietAt(now)).contains(end);
        assertThat(quiet(from, to, zone).endOfQuietAt(end)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00:30, 08:00, America/Santiago, 2027-09-05T03:30:00Z, 2027-09-05T04:00:00Z",
        "02:30, 08:00, Europe/Madrid,    2027-03-28T00:30:00Z, 2027-03-28T01:00:00Z"
    })
    void quiet_that_begins_in_a_skipped_hour_begins_when_clocks_jump(
            String from, String to, String zone, Instant now, Instant begin) {
        assertThat(quiet(from, to, zone).endOfQuietAt(now)).isEmpty();
        assertThat(quiet(from, to, zone).nextQuietAfter(now)).contains(begin);
        assertThat(quiet(from, to, zone).endOfQuietAt(begin)).isPresent();
    }

    @Test
    void whatever_the_clocks_do_quiet_ends_later_than_now_within_two_days_and_is_over_then() {
        var random = new Random(7);
        for (var zone : new String[] {
            "America/Santiago", "America/Asuncion", "America/Sao_Paulo", "Europe/Madrid", "Australia/Lord_Howe"
        }) {
            for (int i = 0; i < 4000; i++) {
                var quiet = new QuietTime(
                        new QuietHours(
                                LocalTime.ofSecondOfDay(60L * random.nextInt(1440)),
                                LocalTime.ofSecondOfDay(60L * random.nextInt(1440))),
                        ZoneId.of(zone));
                var now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 86_400));
                quiet.endOfQuietAt(now).ifPresent(end -> {
                    assertThat(end).isAfter(now);
                    assertThat(Duration.between(now, end)).isLessThan(Duration.ofHours(26));
                    assertThat(quiet.endOfQuietAt(end)
                                    .map(next -> Duration.between(end, next))
                                    .orElse(Duration.ZERO))
                            .as("the only quiet left is the second pass of a repeated hour")
                            .isLessThanOrEqualTo(Duration.ofHours(1));
                });
            }
        }
    }
}
