package app.recado.organizations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A clinic as the platform sees it among all: how much, never who or what. */
record ClinicOverview(
        UUID id,
        @Schema(example = "Clínica Norte") String name,
        @Schema(example = "norte") String alias,
        @Schema(example = "AR") String country,
        String timeZone,

        @Schema(allowableValues = {"provisioning", "active", "suspended"})
        String state,

        Instant createdAt,

        @Schema(description = "What it uses; null until it was counted for the first time") @Nullable Figures figures) {

    /** What a clinic uses. */
    @Schema(name = "ClinicFigures")
    record Figures(
            @Schema(description = "When it was counted; every hour", example = "2026-11-24T13:00:00Z")
            Instant at,

            @Schema(description = "What its plan is called; null without one", example = "Clínica") @Nullable String plan,

            @Schema(
                    description =
                            "How much is used of that limit of its plan of which most is used, in percent; null without"
                                    + " limits",
                    example = "80")
            @Nullable Integer planUsePercent,

            @Schema(description = "People; null while the identity server has not said", example = "6") @Nullable Long members,

            @Schema(description = "WhatsApp lines", example = "2")
            long lines,

            @Schema(description = "Of them those that run", example = "1")
            long linesLinked,

            @Schema(description = "Of them those that should run and do not", example = "0")
            long linesDown,

            @Schema(description = "Messages that left this month, by the clinic's calendar", example = "412")
            long messagesThisMonth,

            @Schema(description = "Files that its people uploaded, in megabytes", example = "38")
            long storageMegabytes) {}
}
