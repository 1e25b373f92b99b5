package app.recado.scheduling.availability;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The hours of a usual week; a day without any is closed. */
final class WeekHours {

    /** Monday to Saturday from 8 to 20: what is taken for the hours of a clinic that has not said any. */
    static final WeekHours ASSUMED = assumed();

    private final Map<DayOfWeek, List<Span>> days = new EnumMap<>(DayOfWeek.class);

    void add(int isoDay, Span span) {
        days.computeIfAbsent(DayOfWeek.of(isoDay), day -> new ArrayList<>()).add(span);
    }

    List<Span> on(DayOfWeek day) {
        return days.getOrDefault(day, List.of());
    }

    private static WeekHours assumed() {
        var week = new WeekHours();
        for (int day = DayOfWeek.MONDAY.getValue(); day <= DayOfWeek.SATURDAY.getValue(); day++) {
            week.add(day, new Span(8 * 60, 20 * 60));
        }
        return week;
    }
}
