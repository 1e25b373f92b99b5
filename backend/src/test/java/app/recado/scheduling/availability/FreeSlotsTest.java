package app.recado.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeSlotsTest {

    private static final ZoneId CORDOBA = ZoneId.of("America/Argentina/Cordoba");
    private static final LocalDate DAY = LocalDate.parse("2026-11-25");
    private static final Instant LONG_AGO = Instant.parse("2026-11-01T00:00:00Z");

    private static List<String> starts(FreeSlots search, List<Stretch> open, List<Stretch> busy, Instant earliest) {
        return search.in(open, busy, earliest).stream()
                .map(slot -> slot.start().atZone(CORDOBA).toLocalTime().toString())
                .toList();
    }

    private static FreeSlots visits(int minutes, int before, int after) {
        return new FreeSlots(
                Duration.ofMinutes(minutes), Duration.ofMinutes(before), Duration.ofMinutes(after), 15, CORDOBA);
    }

    private static Stretch at(String from, String until) {
        return new Stretch(
                DAY.atTime(java.time.LocalTime.parse(from)).atZone(CORDOBA).toInstant(),
                DAY.atTime(java.time.LocalTime.parse(until)).atZone(CORDOBA).toInstant());
    }

    @Test
    void a_visit_fits_between_others_from_where_one_ends_and_on_quarters_of_an_hour() {
        assertThat(starts(
                        visits(30, 0, 0),
                        List.of(at("08:00", "10:00")),
                        List.of(at("08:00", "08:20"), at("09:10", "09:40")),
                        LONG_AGO))
                .containsExactly("08:20", "08:30");
    }

    @Test
    void a_break_between_opening_hours_is_never_part_of_a_visit() {
        assertThat(starts(visits(60, 0, 0), List.of(at("11:30", "13:00"), at("14:00", "15:00")), List.of(), LONG_AGO))
                .containsExactly("11:30", "11:45", "12:00", "14:00");
    }

    @Test
    void the_time_a_service_needs_around_it_keeps_other_visits_away_and_may_lie_outside_the_hours() {
        assertThat(starts(visits(30, 15, 15), List.of(at("08:00", "10:00")), List.of(at("08:45", "09:00")), LONG_AGO))
                .containsExactly("08:00", "09:15", "09:30");
    }

    @Test
    void nothing_begins_in_the_past() {
        assertThat(starts(
                        visits(30, 0, 0),
                        List.of(at("08:00", "09:30")),
                        List.of(),
                        at("08:31", "09:00").start()))
                .containsExactly("08:45", "09:00");
    }

    @Test
    void each_slot_says_what_it_would_leave_free_around_it() {
        var slots = visits(40, 0, 0)
                .in(List.of(at("09:00", "11:00")), List.of(at("09:00", "09:15"), at("09:55", "11:00")), LONG_AGO);
        assertThat(slots).hasSize(1);
        assertThat(slots.getFirst().gapBefore()).isZero();
        assertThat(slots.getFirst().gapAfter()).isZero();
    }

    /** The same question answered by trying every minute, over many random days. */
    @Test
    void finds_every_start_that_fits_and_no_other_whatever_the_day_looks_like() {
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            int minutes = 5 + random.nextInt(90);
            int before = random.nextInt(3) * 5;
            int after = random.nextInt(3) * 10;
            var open = new ArrayList<Stretch>();
            var midnight = DAY.atStartOfDay(CORDOBA).toInstant();
            int clock = 420 + random.nextInt(120);
            while (clock < 1100) {
                int length = 60 + random.nextInt(240);
                open.add(between(midnight, clock, clock + length));
                clock += length + 15 + random.nextInt(90);
            }
            var busy = new ArrayList<Stretch>();
            for (int visit = random.nextInt(12); visit > 0; visit--) {
                int start = 400 + random.nextInt(1000);
                busy.add(between(midnight, start, start + 5 + random.nextInt(60)));
            }
            var found = visits(minutes, before, after).in(open, busy, LONG_AGO);
            for (int minute = 0; minute < 1440; minute++) {
                var start = midnight.plus(minute, ChronoUnit.MINUTES);
                var end = start.plus(minutes, ChronoUnit.MINUTES);
                boolean fits = open.stream().anyMatch(hours -> hours.contains(start, end))
                        && busy.stream()
                                .noneMatch(visit -> visit.start().isBefore(end.plus(after, ChronoUnit.MINUTES))
                                        && visit.end().isAfter(start.minus(before, ChronoUnit.MINUTES)));
                boolean offered = found.stream().anyMatch(slot -> slot.start().equals(start));
                if (minute % 15 == 0) {
                    assertThat(offered).as("seed %d at minute %d", seed, minute).isEqualTo(fits);
                } else if (offered) {
                    assertThat(fits).as("seed %d at minute %d", seed, minute).isTrue();
                }
            }
            assertThat(found).isSortedAccordingTo(java.util.Comparator.comparing(FreeSlots.Slot::start));
        }
    }

    private static Stretch between(Instant midnight, int from, int until) {
        return new Stretch(midnight.plus(from, ChronoUnit.MINUTES), midnight.plus(until, ChronoUnit.MINUTES));
    }

    /** Hours of clinics on days whose clocks jump; from the tz database. */
    @ParameterizedTest
    @CsvSource({
        // Santiago has no 0:00 on 6 September 2026: the day begins at 1:00.
        "America/Santiago, 2026-09-06, 0, 120, 2026-09-06T04:00:00Z, 2026-09-06T05:00:00Z",
        "America/Santiago, 2026-09-06, 30, 90, 2026-09-06T04:00:00Z, 2026-09-06T04:30:00Z",
        // The last hour of 4 April 2026 comes twice there.
        "America/Santiago, 2026-04-04, 1380, 1440, 2026-04-05T02:00:00Z, 2026-04-05T04:00:00Z",
        // Madrid skips 2:00 to 3:00 on 28 March 2027 and repeats it on 25 October 2026.
        "Europe/Madrid, 2027-03-28, 60, 150, 2027-03-28T00:00:00Z, 2027-03-28T01:00:00Z",
        "Europe/Madrid, 2026-10-25, 60, 150, 2026-10-24T23:00:00Z, 2026-10-25T01:30:00Z",
        // Asunción stopped changing clocks in 2024, Mexico City in 2022, São Paulo in 2019.
        "America/Asuncion, 2026-10-04, 0, 60, 2026-10-04T03:00:00Z, 2026-10-04T04:00:00Z",
        "America/Mexico_City, 2026-04-05, 120, 180, 2026-04-05T08:00:00Z, 2026-04-05T09:00:00Z",
        "America/Sao_Paulo, 2026-11-01, 0, 60, 2026-11-01T03:00:00Z, 2026-11-01T04:00:00Z",
    })
    void hours_begin_and_end_where_clocks_say_so(
            String zone, LocalDate date, int opens, int closes, Instant start, Instant end) {
        assertThat(new Span(opens, closes).on(date, ZoneId.of(zone))).containsExactly(new Stretch(start, end));
    }

    @Test
    void hours_that_clocks_skip_whole_are_closed() {
        assertThat(new Span(120, 170).on(LocalDate.parse("2027-03-28"), ZoneId.of("Europe/Madrid")))
                .isEmpty();
    }
}
