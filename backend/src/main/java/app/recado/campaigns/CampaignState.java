package app.recado.campaigns;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Where a campaign stands. */
@Schema(name = "CampaignState")
enum CampaignState {
    /** It is being written. */
    @JsonProperty("draft")
    DRAFT,
    /** It sends, or will when its time comes. */
    @JsonProperty("running")
    RUNNING,
    /** It sends nothing until it is resumed. */
    @JsonProperty("paused")
    PAUSED,
    /** It has written to everybody, or its time is over. */
    @JsonProperty("completed")
    COMPLETED,
    /** Somebody ended it. */
    @JsonProperty("cancelled")
    CANCELLED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CampaignState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
