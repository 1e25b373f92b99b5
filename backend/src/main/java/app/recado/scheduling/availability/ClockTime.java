package app.recado.scheduling.availability;

import java.util.Locale;

/** Minutes of a day as people write them: {@code 08:30}, and {@code 24:00} for the end of the day. */
public final class ClockTime {

    /** What the API takes; {@code 24:00} closes a day and opens none. */
    public static final String PATTERN = "([01]\\d|2[0-3]):[0-5]\\d|24:00";

    private ClockTime() {}

    /** @param text matches {@link #PATTERN} */
    public static int minutes(String text) {
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    /** Two digits each, {@code 24:00} for 1440. */
    public static String text(int minutes) {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }
}
