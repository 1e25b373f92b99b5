package app.recado.patients;

import java.util.UUID;

/** Answers whether somebody is a patient of the current organization. */
public interface Patients {

    /** False for unknown ids and for patients of other organizations alike. */
    boolean exists(UUID id);
}
