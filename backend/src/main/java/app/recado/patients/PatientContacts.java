package app.recado.patients;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All that messaging may know of patients. Every answer is about the current organization; needs an open transaction. */
public interface PatientContacts {

    /** Empty for unknown ids and for patients of other organizations alike. */
    Optional<PatientContact> find(UUID patientId);

    /** The same for many, by id; unknown ones are left out. */
    Map<UUID, PatientContact> findAll(Collection<UUID> patientIds);

    /** Whether the clinic gave a patient that tag, however it is typed. False for unknown ids. */
    boolean hasTag(UUID patientId, String tag);

    /** Everybody who is written to at that number, oldest registration first: families share phones. */
    List<PatientContact> byPhone(String e164);

    /**
     * Who may be writing from that number: everybody who is written to there, and where nobody is, everybody on whose card
     * it stands. What is answered goes to the number, not to these.
     */
    List<PatientContact> writingFrom(String e164);

    /** Of whom that number speaks: everybody who is written to there, and whose own it is beside another. */
    List<PatientContact> answering(String e164);

    /** All numbers of a patient in E.164, the one that is written to first; none for unknown ids. */
    List<String> numbers(UUID patientId);

    /**
     * Of these patients those who are reached through a household, at its number, and everybody else of those households
     * who is: by patient, which household. Of several the oldest counts.
     */
    Map<UUID, UUID> households(Collection<UUID> patientIds);

    /**
     * Nobody reached at that number, or whose own it is, gets messages any more, from {@code at} on, nor who is registered
     * with it later.
     * Whoever opted out before keeps their earlier instant. Open consoles are told.
     *
     * @return false when nothing changed: they had opted out already, or wanted messages again later than that
     */
    boolean optOut(String e164, Instant at);

    /** Everybody reached at that number gets messages again.
     *
     * @return false when nobody had opted out, or somebody did later than that */
    boolean optIn(String e164, Instant at);

    /** Whether marketing may be sent to that number, as its holder told the messages' provider. Messages about visits go
     * on. */
    void marketing(String e164, boolean allowed, Instant at);

    /** Of these numbers those whose holder said that they want marketing, and nothing else since. */
    Set<String> wantMarketing(Collection<String> phones);

    /**
     * Everybody reached at that number may be sent marketing, as its holder wrote.
     *
     * @param words what proves it
     * @return false when they said something else later than that
     */
    boolean agreeToMarketing(String e164, String words, Instant at);

    /**
     * Nobody reached at that number gets marketing any more, as they wrote; messages about visits go on.
     *
     * @param words what proves it
     * @return false when nothing changed: they had said so already, or something else later than that
     */
    boolean stopMarketing(String e164, String words, Instant at);
}
