package app.recado.notifications;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * The days on which rules that keep to working days write to nobody: Sundays, and public holidays on which the clinic does
 * not work. {@link RulePlanning} says the same in SQL.
 *
 * @param holidays of the clinic, without those on which it works
 */
record NonWorkingDays(Set<LocalDate> holidays) {

    /** So many days in a row hold a working day, whatever is celebrated; where they do not, nothing is planned. */
    static final int MOST_IN_A_ROW = 14;

    boolean contains(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SUNDAY || holidays.contains(day);
    }

    /** The day itself, or else the last working day before it. */
    LocalDate lastUntil(LocalDate day) {
        var found = day;
        while (contains(found) && found.isAfter(day.minusDays(MOST_IN_A_ROW))) {
            found = found.minusDays(1);
        }
        return found;
    }

    /** The day itself, or else the first working day after it. */
    LocalDate firstFrom(LocalDate day) {
        var found = day;
        while (contains(found) && found.isBefore(day.plusDays(MOST_IN_A_ROW))) {
            found = found.plusDays(1);
        }
        return found;
    }
}
