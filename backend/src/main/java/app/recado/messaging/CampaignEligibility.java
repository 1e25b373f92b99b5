package app.recado.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Decides at the moment of sending whether a message of a campaign may go. Implemented by the module that plans them. */
public interface CampaignEligibility {

    /** A message whose time has come. @param recipientId whom the campaign chose */
    record Due(UUID id, UUID recipientId, UUID patientId, Instant usefulUntil) {}

    /** Called inside the transaction that hands the messages over.
     *
     * @return a verdict on each, by the message's id */
    Map<UUID, Verdict> check(Collection<Due> due);
}
