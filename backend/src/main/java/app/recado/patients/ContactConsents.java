package app.recado.patients;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people said about being written to who are no patients, or whose number nobody knows. A wish of somebody whose number
 * becomes known is that number's from then on. Every answer is about the current organization; needs an open transaction.
 */
public interface ContactConsents {

    /** Whether somebody asked for no more messages. @param phone E.164; null while it is not known */
    boolean optedOut(UUID contactId, @Nullable String phone);

    /**
     * Somebody whose number is not known gets no messages any more, from {@code at} on.
     *
     * @return false when nothing changed: they had opted out already, or wanted messages again later than that
     */
    boolean optOut(UUID contactId, Instant at);

    /**
     * Somebody whose number is not known gets messages again.
     *
     * @return false when they had not opted out, or did so later than that
     */
    boolean optIn(UUID contactId, Instant at);

    /**
     * Somebody is known better now: what they said last holds for their number, or for the contact that they turned out to
     * be. What was said later of the same number or contact stands.
     *
     * @param phone E.164; null while it is not known
     */
    void nowOf(UUID was, UUID now, @Nullable String phone);
}
