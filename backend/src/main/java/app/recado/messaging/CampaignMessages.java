package app.recado.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said to a number in campaigns. Current organization; needs an open transaction. */
public interface CampaignMessages {

    /**
     * Whether somebody answers a campaign: they quote a message of one, or one was the last that was said to that number on
     * that line before they wrote.
     *
     * @param quotedId the network's id of the message they quote; null when they quote none
     */
    boolean isAnswer(UUID lineId, String phone, @Nullable String quotedId, Instant at);
}
