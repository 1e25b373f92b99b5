package app.recado.patients;

import java.util.UUID;

/** Answers whether somebody is a patient of the current organization. */
public interface Patients {

    /** False for unknown ids, for patients of other organizations and for those who turned out to be another patient. */
    boolean exists(UUID id);

    /**
     * The same; and until the transaction ends nobody merges this patient into another. Whoever writes a record about the
     * patient asks this, so that a merge at the same time takes the record along.
     */
    boolean hold(UUID id);
}
