package app.recado.campaigns;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a campaign shall be for: patients for whom everything holds that is said here. Whoever opted out, has no phone or is archived
 * is never among them, and for marketing whoever did not ask for it.
 *
 * @param ageFrom in years, inclusive; null for any age, also unknown
 * @param ageTo in years, inclusive
 * @param tags they have one of these; empty for all
 * @param healthcareServiceIds they came for one of these; empty for all
 * @param insuranceIds a visit of theirs was paid by one of these; empty for all
 * @param seenBefore their last visit was before that day; null when that does not matter
 * @param seenSince their last visit was on that day or later
 * @param withoutUpcoming only those who have no visit ahead
 * @param birthday true for those who have their birthday on the day they are looked for; left out for false
 */
@Schema(name = "CampaignAudienceInput")
record AudienceInput(
        @Schema(example = "18") @Min(0) @Max(130) @Nullable Integer ageFrom,
        @Schema(example = "65") @Min(0) @Max(130) @Nullable Integer ageTo,

        @Schema(example = "[\"control\"]") @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> tags,

        @NotNull @Size(max = 50) List<UUID> healthcareServiceIds,
        @NotNull @Size(max = 50) List<UUID> insuranceIds,
        @Schema(example = "2025-11-24") @Nullable LocalDate seenBefore,
        @Schema(example = "2024-11-24") @Nullable LocalDate seenSince,
        @NotNull Boolean withoutUpcoming,
        @Schema(example = "false") @Nullable Boolean birthday) {

    Audience audience() {
        return new Audience(
                ageFrom,
                ageTo,
                tags,
                healthcareServiceIds,
                insuranceIds,
                seenBefore,
                seenSince,
                withoutUpcoming,
                birthday);
    }
}
