package app.recado.integrations;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The body of a webhook, in the form of the Standard Webhooks specification.
 *
 * @param type what happened
 * @param timestamp when it happened, in UTC
 * @param data to what
 */
@Schema(name = "WebhookPayload")
record WebhookPayload(String type, Instant timestamp, Data data) {

    /**
     * To what it happened. Ids only: ask the API for the record.
     *
     * @param organizationId whose it is
     * @param id the record: the appointment, patient or message that the type's first word names
     * @param sequence grows with each event of a record: what is not greater than what you know tells you nothing new
     * @param facts kinds and states, beside the id in the JSON
     */
    @Schema(name = "WebhookPayloadData")
    record Data(
            UUID organizationId,
            UUID id,
            long sequence,

            @JsonAnyGetter @Schema(hidden = true) Map<String, String> facts) {}

    static WebhookPayload of(
            String type, Instant occurredAt, UUID organizationId, UUID id, long sequence, Map<String, String> facts) {
        return new WebhookPayload(type, occurredAt, new Data(organizationId, id, sequence, facts));
    }
}
