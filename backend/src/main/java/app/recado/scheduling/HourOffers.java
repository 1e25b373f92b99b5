package app.recado.scheduling;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Hours of visits that nobody confirmed, offered to those who wait for one. An offer is a proposed visit of the waiting
 * patient: it occupies nobody, and the visit whose hour it is stays as it is until somebody takes it. Part of the caller's
 * transaction.
 */
public interface HourOffers {

    /**
     * @param id the proposed visit
     * @param releasedId the visit whose hour it is
     * @param patientId who is asked
     * @param expiresAt it cannot be taken at or after this instant
     */
    record Offer(UUID id, UUID releasedId, UUID patientId, Instant expiresAt) {}

    /**
     * Offers the hour of a visit to who is next of the waitlist: whoever waits for the same service, whom it suits, and who
     * was not asked about this hour before.
     *
     * @param atMost so many are asked, one after another
     * @return empty when an offer of it is open, when nobody is left to ask, or when the visit is confirmed, over or gone
     */
    Optional<Offer> offerNext(UUID releasedId, Instant expiresAt, int atMost);

    /** The visit whose hour a proposed visit is; empty for a visit that is no offer. */
    Optional<UUID> releasedBy(UUID offerId);

    /**
     * The patient says yes: the visit that nobody confirmed is cancelled, theirs is booked and they wait no more, all or
     * nothing. Whoever is first has it.
     *
     * @param at when they said it
     * @return false when nothing was changed: the offer is over, or the other patient confirmed meanwhile
     */
    boolean take(UUID offerId, Instant at);

    /** The patient says no, or takes too long: they wait on, and somebody else may be asked. False when it was over. */
    boolean decline(UUID offerId);

    /** Ends what expired and what is offered of visits that were confirmed, moved or cancelled meanwhile. */
    void lapse();
}
