package app.recado.patients.tables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and hours as people and spreadsheets write them. */
public final class WrittenTimes {

    private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[T ].*)?");
    private static final Pattern WRITTEN_DATE =
            Pattern.compile("(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4}|\\d{2})(?: .*)?");
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2})(?:[:.h](\\d{2})?(?::\\d{2})?)?(?: ?(?:hs?|hrs?))?(?: ?([ap])\\.? ?m\\.?)?");
    private static final int NOON = 12;

    private WrittenTimes() {}

    /**
     * A day; null for what is none.
     *
     * @param monthFirst whether 3/4/2026 is in March
     * @param lastYear a year of two digits is not later than this
     */
    public static @Nullable LocalDate date(String text, boolean monthFirst, int lastYear) {
        try {
            var iso = ISO_DATE.matcher(text);
            if (iso.matches()) {
                return LocalDate.of(number(iso.group(1)), number(iso.group(2)), number(iso.group(3)));
            }
            var written = WRITTEN_DATE.matcher(text);
            if (!written.matches()) {
                return null;
            }
            int first = number(written.group(1));
            int second = number(written.group(2));
            int year = number(written.group(3));
            if (written.group(3).length() == 2) {
                year += year + 2000 > lastYear ? 1900 : 2000;
            }
            return monthFirst ? LocalDate.of(year, first, second) : LocalDate.of(year, second, first);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** An hour of a day, such as {@code 9:30}, {@code 09.30 hs} or {@code 3:05 p. m.}; null for what is none. */
    public static @Nullable LocalTime time(String text) {
        var written = TIME.matcher(text.toLowerCase(Locale.ROOT).strip());
        if (!written.matches()) {
            return null;
        }
        int hour = number(written.group(1));
        int minute = written.group(2) == null ? 0 : number(written.group(2));
        if (written.group(3) != null) {
            if (hour < 1 || hour > NOON) {
                return null;
            }
            hour = hour % NOON + (written.group(3).equals("p") ? NOON : 0);
        }
        return hour > 23 || minute > 59 ? null : LocalTime.of(hour, minute);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
