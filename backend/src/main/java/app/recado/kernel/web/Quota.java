package app.recado.kernel.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How much may be asked: so much at once, and so much is granted anew each minute, evenly. What is used is one instant: until
 * then everything is spent, if nobody asks any more. It lies ahead by the time that what was taken needs to come back.
 *
 * @param name as the headers say it
 * @param burst what may come at once
 * @param perMinute what is granted anew each minute
 */
record Quota(String name, int burst, int perMinute) {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos() / 1000;

    /** Of so many parts a replica takes one at a time, and lends one to who has just come. */
    private static final int PARTS = 20;

    /** What is given, and until when everything is spent after it. */
    record Taken(int given, Instant spentUntil) {}

    /** Microseconds until one more is granted: as exact as an instant of the database. */
    long each() {
        return Math.max(1, MINUTE / perMinute);
    }

    /** What a replica takes at a time, so that most requests ask nobody. */
    int batch() {
        return Math.max(1, burst / PARTS);
    }

    /** As the header wants it: a quota and the seconds in which a whole one comes back. */
    String header() {
        return "\"%s\";q=%d;w=%d".formatted(name, burst, 60L * burst / perMinute);
    }

    /** What is left now; negative when more was used than there was. */
    long left(Instant spentUntil, Instant now) {
        return burst - Math.ceilDiv(spent(spentUntil, now), each());
    }

    /** Microseconds until everything is back. */
    long spent(Instant spentUntil, Instant now) {
        return Math.max(0, ChronoUnit.MICROS.between(now, spentUntil));
    }

    /** Takes what was used already, and then as much of what is wanted as is left. */
    Taken take(Instant spentUntil, int owed, int wanted, Instant now) {
        var from = spentUntil.isAfter(now) ? spentUntil : now;
        int given = (int) Math.clamp(left(from, now) - owed, 0, wanted);
        return new Taken(given, from.plus((owed + given) * each(), ChronoUnit.MICROS));
    }
}
