package app.recado.setup;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a new clinic still lacks. */
@RestController
@Tag(name = "Organizations")
class SetupController {

    private final SetupProgress progress;

    SetupController(SetupProgress progress) {
        this.progress = progress;
    }

    @Operation(
            operationId = "getSetup",
            summary = "How far the clinic has come on its way to the first message",
            description =
                    "Found out at each asking from what the clinic has: a step is done whoever did it and wherever,"
                            + " and open again when what it is about is gone.")
    @Access(Allow.OWNER)
    @GetMapping("/api/v1/organizations/{organizationId}/setup")
    SetupProgress.Setup get(@PathVariable UUID organizationId) {
        return progress.current();
    }
}
