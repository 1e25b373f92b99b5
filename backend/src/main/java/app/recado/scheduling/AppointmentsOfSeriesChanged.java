package app.recado.scheduling;

import java.util.List;
import java.util.UUID;

/**
 * Visits of a series were booked, moved or cancelled together. Heard inside the transaction that did it, after the event of
 * each of them.
 *
 * @param first the earliest of them: what tells the patient of it can tell of the others
 * @param others without the first, by start
 */
public record AppointmentsOfSeriesChanged(UUID first, List<UUID> others) {

    public AppointmentsOfSeriesChanged {
        others = List.copyOf(others);
    }
}
