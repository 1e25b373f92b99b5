package app.recado.campaigns;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages to many.
 *
 * @param name what staff call it
 * @param templateId one of the clinic's own templates, which says what the messages are for
 * @param lineId the line they leave on
 * @param audience whom it is for
 * @param frozen true when the audience is settled at the start; false when whoever fits later, until the end, is written to
 *     as well
 * @param state where it stands
 * @param startsAt nothing leaves before
 * @param endsAt nothing leaves at or after
 * @param sendFrom on the clinic's clocks: nothing leaves earlier in a day
 * @param sendUntil on the clinic's clocks: nothing leaves at or later in a day
 * @param perDay how many messages it plans in a day at most
 * @param recipients how many were chosen; 0 for a draft
 * @param released for how many of them a message was planned
 * @param createdAt when its draft was first written
 * @param startedAt null for a draft
 * @param finishedAt null until it is completed or cancelled
 */
@Schema(name = "Campaign")
record Campaign(
        UUID id,
        @Schema(example = "Control anual") String name,
        UUID templateId,
        UUID lineId,
        Audience audience,
        boolean frozen,
        CampaignState state,
        Instant startsAt,
        Instant endsAt,
        LocalTime sendFrom,
        LocalTime sendUntil,
        @Schema(example = "100") int perDay,
        @Schema(example = "240") int recipients,
        @Schema(example = "100") int released,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long version)
        implements Versioned {}
