package app.recado.messaging;

import app.recado.patients.PatientContact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages to patients of the current organization. Everything here is part of the caller's transaction. */
public interface Outbox {

    /** What a message without {@link PlannedMessage#says()} told. */
    String NOTHING_HOLDS = "";

    /** Plans a message.
     *
     * @return its id, or empty when there already is one for that subject, version, kind and rule */
    Optional<UUID> plan(PlannedMessage message);

    /** Shows at once, as an expired message, what would be of no use any more when it may leave. */
    void notTold(PlannedMessage message, String reason);

    /**
     * What was planned for older versions must not be sent any more. What waits is superseded at once; what the gateway
     * has is asked back after commit, and {@link WithdrawLost} is published when that comes too late. Answers to older
     * versions no longer count, except to those that say what is so now. Call it holding the subject's own lock.
     *
     * @param says what is so now; null when nothing is that was ever told
     */
    void supersede(UUID subjectId, long belowVersion, @Nullable String says);

    /** Asks back whatever the gateway still holds for that number, because its owner opted out. */
    void withdrawAllTo(String phone);

    /** The same for somebody whose number is not known. */
    void withdrawAllTo(UUID contactId);

    /** Answers somebody who stopped messages or wants them again, at once and on the line they wrote to. */
    void acknowledge(Acknowledgement what, PatientContact patient, UUID lineId);

    /** The same for somebody who is no patient, in the language of the clinic. */
    void acknowledge(Acknowledgement what, UUID contactId, UUID lineId);

    /**
     * What the patient was told last of the subject; empty when they were told nothing, {@link #NOTHING_HOLDS} when they
     * were told that nothing holds any more.
     */
    Optional<String> lastTold(UUID subjectId);

    /**
     * What was planned for a version of the subject and has not left, because that version was superseded. What an engine
     * still has to give back is among it.
     */
    List<PlannedMessage> interrupted(UUID subjectId, long version);

    /** Of these messages those of which another one of the same kind about the same version fell due later and waits, too. */
    Set<UUID> overtaken(Collection<UUID> ids);

    /** Whether the patient may have seen a message of that rule that says the same. */
    boolean told(UUID subjectId, UUID ruleId, String says);

    /** Whether the patient may have seen any message about the subject. */
    boolean told(UUID subjectId);

    /** Whether the patient may have seen a message about another subject that tells of this one, too. */
    boolean toldAlong(UUID subjectId);

    /**
     * Has the notice of a subject that has not left yet tell of others, too: of each that is by then what the notice says.
     * Without such a notice nothing happens.
     */
    void tellAlong(UUID subjectId, long version, Collection<UUID> others);

    /** The others of which the notice of a subject would have told that has not left yet; none when there is no such notice. */
    List<UUID> toBeToldAlong(UUID subjectId);

    /** Of which other subjects messages tell, too, by the message's id; those that tell of none are left out. */
    Map<UUID, List<UUID>> along(Collection<UUID> messages);
}
