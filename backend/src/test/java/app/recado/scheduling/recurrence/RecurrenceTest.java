package app.recado.scheduling.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.ProblemException;
import app.recado.scheduling.recurrence.Recurrence.Clocks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules name days of a wall clock. */
class RecurrenceTest {

    private static final ZoneId CORDOBA = ZoneId.of("America/Argentina/Cordoba");
    private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");

    private static final Instant SINCE = Instant.parse("2015-01-01T00:00:00Z");

    private static List<Recurrence.Occurrence> occurrences(String rule, String first, ZoneId zone) {
        return Recurrence.of(rule, "/recurrence").from(LocalDateTime.parse(first), zone, day -> false, "/recurrence");
    }

    private static List<String> days(String rule, String first) {
        return occurrences(rule, first, CORDOBA).stream()
                .map(one -> one.local().toLocalDate().toString().substring(5))
                .toList();
    }

    /** What RFC 5545 (3.8.5.3) says of its own examples, on days of 2026 and 2027. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=DAILY;COUNT=3                          | 2026-12-30T09:00 | 12-30 12-31 01-01
            FREQ=DAILY;INTERVAL=10;COUNT=3              | 2026-12-01T09:00 | 12-01 12-11 12-21
            FREQ=WEEKLY;COUNT=3                         | 2026-12-01T09:00 | 12-01 12-08 12-15
            FREQ=WEEKLY;UNTIL=20261215                  | 2026-12-01T09:00 | 12-01 12-08 12-15
            FREQ=WEEKLY;UNTIL=20261215T085900           | 2026-12-01T09:00 | 12-01 12-08
            FREQ=WEEKLY;UNTIL=20261215T120000Z          | 2026-12-01T09:00 | 12-01 12-08 12-15
            FREQ=WEEKLY;UNTIL=20261215T115959Z          | 2026-12-01T09:00 | 12-01 12-08
            FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH             | 2026-12-01T09:00 | 12-01 12-03 12-08 12-10
            FREQ=WEEKLY;COUNT=3;BYDAY=TH                | 2026-12-01T09:00 | 12-03 12-10 12-17
            FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,SU | 2026-12-01T09:00 | 12-01 12-13 12-15 12-27
            FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=MO;BYDAY=TU,SU | 2026-12-01T09:00 | 12-01 12-06 12-15 12-20
            FREQ=MONTHLY;COUNT=3;BYDAY=1FR              | 2026-12-04T09:00 | 12-04 01-01 02-05
            FREQ=MONTHLY;COUNT=3;BYDAY=-2MO             | 2026-12-21T09:00 | 12-21 01-18 02-15
            FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3          | 2026-12-29T09:00 | 12-29 01-29 02-26
            FREQ=MONTHLY;COUNT=4;BYMONTHDAY=31          | 2026-12-31T09:00 | 12-31 01-31 03-31 05-31
            FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | 2026-12-31T09:00 | 12-31 01-29 02-26
            FREQ=YEARLY;COUNT=2;BYMONTH=3;BYDAY=TH      | 2027-03-01T09:00 | 03-04 03-11
            """)
    void a_rule_names_the_days_that_the_standard_says(String rule, String first, String named) {
        assertThat(days(rule.strip(), first.strip()))
                .containsExactly(named.strip().split(" "));
    }

    /** What libical's own tests say, whose authors never saw lib-recur. */
    @ParameterizedTest
    @CsvFileSource(resources = "/recurrence/libical.txt", delimiter = '|', commentCharacter = '#')
    void a_rule_names_the_days_that_libical_expects(String rule, LocalDate first, String named) {
        assertThat(occurrences(rule, first + "T09:00", CORDOBA))
                .extracting(one -> one.local().toLocalDate().toString())
                .containsExactly(named.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=SECONDLY;COUNT=3",
                "FREQ=MINUTELY;COUNT=3",
                "FREQ=HOURLY;COUNT=3",
                "FREQ=DAILY;COUNT=4;BYHOUR=9,10",
                "FREQ=DAILY",
                "FREQ=DAILY;COUNT=0",
                "FREQ=DAILY;COUNT=101",
                "FREQ=YEARLY;INTERVAL=2000000000;COUNT=3",
                "FREQ=MONTHLY;INTERVAL=2147483647;COUNT=3",
                "FREQ=DAILY;INTERVAL=99999999999;COUNT=3",
                "FREQ=DAILY;UNTIL=29991231",
                "FREQ=DAILY;UNTIL=20200101",
                "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
                "FREQ=MONTHLY;BYDAY=9MO;COUNT=3",
                "FREQ=YEARLY;BYYEARDAY=1,2,3;BYSETPOS=2;COUNT=3",
                "FREQ=WEEKLY;COUNT=-3",
                "FREQ=WEEKLY;COUNT=99999999999",
                "RRULE:FREQ=WEEKLY;COUNT=3",
                "COUNT=3",
                "every Tuesday",
                " "
            })
    void a_rule_without_end_of_hours_or_of_no_day_is_refused(String rule) {
        assertThatThrownBy(() -> occurrences(rule, "2026-12-01T09:00", CORDOBA))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("invalid-fields"));
    }

    @Test
    void the_hour_stays_on_the_wall_clock_when_clocks_change() {
        assertThat(occurrences("FREQ=WEEKLY;COUNT=3", "2027-03-23T10:00", SANTIAGO))
                .extracting(Recurrence.Occurrence::start)
                .containsExactly(
                        Instant.parse("2027-03-23T13:00:00Z"),
                        Instant.parse("2027-03-30T13:00:00Z"),
                        Instant.parse("2027-04-06T14:00:00Z"));
    }

    @Test
    void a_skipped_hour_is_as_much_later_as_clocks_skip_and_of_a_repeated_one_the_first_is_meant() {
        var skipped = occurrences("FREQ=DAILY;COUNT=2", "2027-09-04T00:30", SANTIAGO);
        assertThat(skipped).extracting(Recurrence.Occurrence::clock).containsExactly(Clocks.USUAL, Clocks.SKIPPED);
        assertThat(skipped.getLast().start()).as("01:30").isEqualTo("2027-09-05T04:30:00Z");
        var repeated = occurrences("FREQ=DAILY;COUNT=2", "2027-04-02T23:30", SANTIAGO);
        assertThat(repeated).extracting(Recurrence.Occurrence::clock).containsExactly(Clocks.USUAL, Clocks.REPEATED);
        assertThat(repeated.getLast().start()).isEqualTo("2027-04-04T02:30:00Z");
    }

    @Test
    void days_that_are_left_out_count_for_the_number() {
        var rule = Recurrence.of("FREQ=WEEKLY;COUNT=3", "/recurrence");
        var without = LocalDate.parse("2026-12-08");
        assertThat(rule.from(LocalDateTime.parse("2026-12-01T09:00"), CORDOBA, without::equals, "/recurrence"))
                .extracting(one -> one.local().toLocalDate().toString())
                .containsExactly("2026-12-01", "2026-12-15");
    }

    /** Every change of clocks that the time zone database names between 2015 and 2040, of every zone it knows. */
    @ParameterizedTest
    @MethodSource("zonesThatChangeClocks")
    void every_change_of_clocks_is_named_as_what_it_is(ZoneId zone) {
        var rules = zone.getRules();
        var end = Instant.parse("2040-01-01T00:00:00Z");
        for (var change = rules.nextTransition(SINCE);
                change != null && change.getInstant().isBefore(end);
                change = rules.nextTransition(change.getInstant())) {
            var lower = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
            var upper = change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
            for (var local = lower; local.isBefore(upper); local = local.plusMinutes(5)) {
                var meant = Recurrence.at(local, zone);
                assertThat(meant.clock())
                        .as("%s %s", zone, local)
                        .isEqualTo(change.isGap() ? Clocks.SKIPPED : Clocks.REPEATED);
                assertThat(meant.start())
                        .as("%s %s by the offset before the change", zone, local)
                        .isEqualTo(local.toInstant(change.getOffsetBefore()));
            }
            assertThat(Recurrence.at(lower.minusMinutes(1), zone).clock()).isEqualTo(Clocks.USUAL);
            assertThat(Recurrence.at(upper, zone).clock()).isEqualTo(Clocks.USUAL);
        }
    }

    static Stream<ZoneId> zonesThatChangeClocks() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(name ->
                        name.startsWith("America/") || name.startsWith("Europe/") || name.startsWith("Atlantic/"))
                .sorted()
                .map(ZoneId::of)
                .filter(zone -> zone.getRules().nextTransition(SINCE) != null);
    }
}
