package app.recado.patients;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that messaging may know of patients. Every answer is about the current organization; needs an open transaction. */
public interface PatientContacts {

    /** Empty for unknown ids and for patients of other organizations alike. */
    Optional<PatientContact> find(UUID patientId);

    /** Everybody reached at that number, oldest registration first: families share phones. */
    List<PatientContact> byPhone(String e164);

    /**
     * Nobody reached at that number gets messages any more, from {@code at} on. Whoever opted out before keeps their
     * earlier instant. Open consoles are told.
     */
    void optOut(String e164, Instant at);
}
