package app.recado.patients;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records who looked at what of which patient. Whoever answers a person asks it once the answer is known and before it
 * leaves, outside any transaction; a test calls every operation and finds those that forgot. See ADR 41.
 */
public interface PatientReads {

    /** In the place of a patient for what is of nobody in particular. */
    UUID NOBODY = new UUID(0, 0);

    /**
     * The caller is shown a part of these patients. The same again within a quarter of an hour is not recorded twice. What
     * cannot be recorded is counted and logged, and shown all the same.
     */
    void shown(PatientPart part, Collection<UUID> patients);

    /** The same of one patient; of nobody when the record is not about a patient. */
    default void shown(PatientPart part, @Nullable UUID patient) {
        shown(part, patient == null ? List.of() : List.of(patient));
    }
}
