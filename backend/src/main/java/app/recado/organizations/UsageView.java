package app.recado.organizations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a clinic's plan includes and how much of it is used. */
@Schema(name = "Usage")
record UsageView(
        @Schema(
                description = "What the plan is called; null while the clinic has none and nothing is limited",
                example = "Clínica")
        @Nullable String plan,

        @Schema(description = "Every limit, also where there is none")
        List<LimitView> items) {

    /** One limit and how much of it is used. */
    @Schema(name = "UsageOfLimit")
    record LimitView(
            @Schema(description = "What is limited") Limit limit,

            @Schema(
                    description = "How much is used now, in the limit's unit; null while whoever knows does not answer",
                    example = "2")
            @Nullable Long used,

            @Schema(description = "How much the plan includes; null for any number", example = "3") @Nullable Integer most) {}
}
