package app.recado.organizations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a clinic is to be deleted.
 *
 * @param requestedAs who asked for it
 * @param begun whether it has begun: then nothing takes it back
 */
@Schema(name = "OrganizationDeletion")
record DeletionView(
        @Schema(description = "When it is deleted; null while it is not to be", example = "2026-12-24T13:00:00Z")
        @Nullable Instant dueAt,

        @Schema(
                description = "Who asked for it: an owner of the clinic, or the platform; null while nobody did",
                allowableValues = {"owner", "platform"})
        @Nullable String requestedAs,

        @Schema(description = "Whether deleting has begun: then it cannot be taken back")
        boolean begun,

        @Schema(
                description =
                        "When it would be deleted if it were asked for now; the same time is left to take that back",
                example = "2026-12-30T13:00:00Z")
        Instant dueIfRequestedNow) {}
