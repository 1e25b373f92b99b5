package app.recado.organizations;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the clinic's plan includes. */
@RestController
@Tag(name = "Organizations")
class UsageController {

    private final Usage usage;

    UsageController(Usage usage) {
        this.usage = usage;
    }

    @Operation(
            operationId = "getUsage",
            summary = "What the clinic's plan includes and how much of it is used",
            description =
                    "Beyond a limit nothing is added: limit-reached. Messages beyond those of a day wait for the next"
                            + " one, except what a person writes.")
    @Access(Allow.OWNER)
    @GetMapping("/api/v1/organizations/{organizationId}/usage")
    UsageView get(@PathVariable UUID organizationId) {
        return usage.current();
    }
}
