package app.recado.scheduling.availability;

import java.time.Instant;

/** Time from one moment until another, the second not included. */
record Stretch(Instant start, Instant end) {

    Stretch {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A stretch of time ends after it begins");
        }
    }

    boolean contains(Instant from, Instant until) {
        return !from.isBefore(start) && !until.isAfter(end);
    }
}
