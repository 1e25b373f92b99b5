package app.recado.organizations;

import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All clinics and what they use, for those who run the platform. */
@RestController
@Tag(name = "Platform")
class PlatformOverviewController {

    private final ClinicOverviews overviews;

    PlatformOverviewController(ClinicOverviews overviews) {
        this.overviews = overviews;
    }

    @Operation(
            operationId = "listClinicOverviews",
            summary = "All clinics and what they use",
            description = "Numbers only, counted every hour.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/api/v1/platform/organizations")
    @Transactional(readOnly = true)
    public Page<ClinicOverview> list(
            @Parameter(description = "Part of a name, or the beginning of a short name", example = "norte")
                    @RequestParam(required = false)
                    @Nullable @Size(max = 100) String search,
            @Parameter(description = "Names ascend; of numbers the highest comes first")
                    @RequestParam(defaultValue = "name")
                    ClinicOrder sort,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return overviews.page(search, sort, limit, cursor);
    }
}
