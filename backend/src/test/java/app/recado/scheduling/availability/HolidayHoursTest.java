package app.recado.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.scheduling.availability.OpeningHours.Days;
import app.recado.scheduling.availability.OpeningHours.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolidayHoursTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-12-01");
    private static final UUID PRACTITIONER = UUID.randomUUID();

    /** The rules in the order in which people say them, minute by minute, over many random months. */
    @Test
    void every_minute_of_every_day_is_open_or_closed_by_the_first_rule_that_speaks() {
        for (int seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            var weeks = new HashMap<@Nullable UUID, NavigableMap<LocalDate, WeekHours>>();
            var exceptions = new HashMap<@Nullable UUID, List<Days>>();
            for (var whose : new @Nullable UUID[] {null, PRACTITIONER}) {
                if (random.nextInt(3) > 0) {
                    weeks.put(whose, new TreeMap<>(Map.of(FIRST.minusDays(9), week(random))));
                }
                exceptions.put(whose, exceptions(random));
            }
            var holidays = new HashMap<LocalDate, String>();
            for (int i = 0; i < 6; i++) {
                holidays.put(FIRST.plusDays(random.nextInt(31)), "Feriado");
            }
            var hours = new Hours(weeks, exceptions, holidays);
            for (int day = 0; day < 31; day++) {
                var date = FIRST.plusDays(day);
                var open = hours.on(date, PRACTITIONER);
                for (int minute = 0; minute < Span.END_OF_DAY; minute += 30) {
                    assertThat(contains(open, minute))
                            .as("seed %d, %s at %d", seed, date, minute)
                            .isEqualTo(saidOpen(weeks, exceptions, holidays, date, minute));
                }
                assertThat(hours.holiday(date, PRACTITIONER) != null)
                        .isEqualTo(open.isEmpty() && holidays.containsKey(date));
            }
        }
    }

    private static boolean saidOpen(
            Map<@Nullable UUID, NavigableMap<LocalDate, WeekHours>> weeks,
            Map<@Nullable UUID, List<Days>> exceptions,
            Map<LocalDate, String> holidays,
            LocalDate date,
            int minute) {
        boolean holiday = holidays.containsKey(date);
        var own = said(exceptions, PRACTITIONER, date, holiday);
        if (own != null) {
            return contains(own.spans(), minute);
        }
        var clinics = said(exceptions, null, date, holiday);
        if (clinics == null && holiday) {
            return false;
        }
        var week = weeks.get(PRACTITIONER) != null ? weeks.get(PRACTITIONER) : weeks.get(null);
        boolean usual = week == null
                ? date.getDayOfWeek() != DayOfWeek.SUNDAY && minute >= 480 && minute < 1200
                : contains(week.firstEntry().getValue().on(date.getDayOfWeek()), minute);
        return usual && (clinics == null || contains(clinics.spans(), minute));
    }

    private static @Nullable Days said(
            Map<@Nullable UUID, List<Days>> exceptions, @Nullable UUID whose, LocalDate date, boolean holiday) {
        for (var days : exceptions.getOrDefault(whose, List.of())) {
            boolean thatDayAlone = days.first().equals(date) && days.last().equals(date);
            if (thatDayAlone || (!holiday && !date.isBefore(days.first()) && !date.isAfter(days.last()))) {
                return days;
            }
        }
        return null;
    }

    private static boolean contains(List<Span> spans, int minute) {
        return spans.stream().anyMatch(span -> span.opens() <= minute && minute < span.closes());
    }

    private static WeekHours week(Random random) {
        var week = new WeekHours();
        for (int day = 1; day <= 7; day++) {
            for (var span : spans(random)) {
                week.add(day, span);
            }
        }
        return week;
    }

    private static List<Span> spans(Random random) {
        var spans = new ArrayList<Span>();
        int from = random.nextInt(20) * 30;
        for (int i = random.nextInt(3); i > 0; i--) {
            int until = from + 30 + random.nextInt(8) * 30;
            spans.add(new Span(from, until));
            from = until + 30;
        }
        return spans;
    }

    /** Never overlapping, as the database wants it; every other one is of a single day. */
    private static List<Days> exceptions(Random random) {
        var all = new ArrayList<Days>();
        var first = FIRST.plusDays(random.nextInt(4));
        while (first.isBefore(FIRST.plusDays(31))) {
            var last = first.plusDays(random.nextBoolean() ? 0 : random.nextInt(6));
            all.add(new Days(first, last, spans(random)));
            first = last.plusDays(1 + random.nextInt(6));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        ", *, true",
        "SP, *, true",
        "AK, * -AK -HI, false",
        "NY, * -AK -HI, true",
        ", * -AK, true",
        "SP, SP, true",
        "RJ, SP PR, false",
        ", SP PR, false",
    })
    void a_holiday_counts_everywhere_or_but_for_some_regions_or_only_there(
            @Nullable String region, String regions, boolean counts) {
        assertThat(Holidays.countsIn(region, regions)).isEqualTo(counts);
    }
}
