package app.recado.kernel;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Days that are asked for, from one until before another. */
public final class Days {

    private Days() {}

    /**
     * @param most how many at most
     * @throws ProblemException {@code invalid-parameter} for days out of order or too many of them
     */
    public static void requireAtMost(int most, LocalDate from, LocalDate to) {
        if (!from.isBefore(to) || ChronoUnit.DAYS.between(from, to) > most) {
            throw Problem.INVALID_PARAMETER.because("to must be 1 to %d days after from".formatted(most));
        }
    }
}
