package app.recado.messaging;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Messages of campaigns. They wait behind everything that is about somebody's care, and no more of them are handed out at once
 * than a line sends within moments: what a line's engine has taken leaves in its order. Everything here is part of the
 * caller's transaction.
 */
public interface CampaignOutbox {

    /**
     * A message of a campaign, due at once.
     *
     * @param recipientId the campaign's recipient it is for; there is one message of each
     * @param usefulUntil it must not leave at or after this instant
     */
    record CampaignMessage(UUID recipientId, UUID patientId, UUID lineId, Instant usefulUntil) {}

    void plan(List<CampaignMessage> messages);

    /** How many of a line are planned and not settled yet. */
    int unsettled(UUID lineId);

    /** How many of a line were planned since then. */
    int plannedSince(UUID lineId, Instant since);
}
