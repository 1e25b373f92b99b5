package app.recado.patients;

import java.util.List;
import java.util.UUID;

/** Changes of number that somebody of the clinic agreed to. */
public interface PatientNumbers {

    /**
     * Everybody on whose card one number stands has another from now on, and so has whoever answers it for others; for a
     * member of staff, in their transaction. Whoever opted out at the new number before stays opted out.
     *
     * @param from E.164
     * @param to E.164
     * @return the patients whose number changed, oldest registration first
     */
    List<UUID> moved(String from, String to);
}
