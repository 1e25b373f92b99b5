package app.recado.scheduling.availability;

import app.recado.patients.WorkingDays;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Working days by the public holidays of the clinic's country and region. A year whose holidays are not known has none. */
@Component
class HolidayWorkingDays implements WorkingDays, PublicHolidays {

    /** So many days hold as many working days, whatever is celebrated among them. */
    private static final int ROOM_DAYS = 40;

    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final Holidays holidays;

    HolidayWorkingDays(Holidays holidays) {
        this.holidays = holidays;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public LocalDate after(LocalDate day, int count) {
        var free = holidays.between(day, day.plusDays(2L * count + ROOM_DAYS)).stream()
                .map(Holidays.Holiday::day)
                .collect(Collectors.toSet());
        var last = day;
        for (int counted = 0; counted < count; ) {
            last = last.plusDays(1);
            if (!WEEKEND.contains(last.getDayOfWeek()) && !free.contains(last)) {
                counted++;
            }
        }
        return last;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<LocalDate> closedBetween(LocalDate from, LocalDate to) {
        return holidays.between(from, to).stream()
                .filter(holiday -> !holiday.open())
                .map(Holidays.Holiday::day)
                .collect(Collectors.toSet());
    }
}
