package app.recado.scheduling.availability;

import app.recado.kernel.FieldProblem;
import java.util.ArrayList;
import java.util.List;

/** Refuses hours of one day that end before they begin or overlap, each by its place in the request. */
final class HoursCheck {

    private final List<FieldProblem> wrong = new ArrayList<>();
    private final List<Span> sound = new ArrayList<>();

    /**
     * Looks at the next hours of the day.
     *
     * @param pointer JSON pointer to them in the request
     * @param from matches {@link ClockTime#PATTERN}, and so does {@code until}
     */
    void add(String pointer, String from, String until) {
        int opens = ClockTime.minutes(from);
        int closes = ClockTime.minutes(until);
        if (closes <= opens) {
            wrong.add(new FieldProblem(pointer + "/until", "not-after-start", "Hours end after they begin"));
            return;
        }
        var span = new Span(opens, closes);
        if (!Span.common(sound, List.of(span)).isEmpty()) {
            wrong.add(new FieldProblem(pointer + "/from", "overlaps", "Hours of a day do not overlap"));
        }
        sound.add(span);
    }

    /** What is wrong with them, in the order of the request. */
    List<FieldProblem> wrong() {
        return wrong;
    }
}
