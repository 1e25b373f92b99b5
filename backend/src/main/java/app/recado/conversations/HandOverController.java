package app.recado.conversations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a clinic is called when a conversation asks for a person. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}/hand-over-settings")
class HandOverController {

    private final HandOverSettings settings;

    HandOverController(HandOverSettings settings) {
        this.settings = settings;
    }

    /**
     * How the clinic hands over from now on.
     *
     * @param minutes how long a request waits before the patient is told and the owners are
     * @param emails who is called; empty for the owners
     * @param phones who is told by WhatsApp on their own phone; left out, as it is
     * @param timeoutText what the patient reads when nobody came in time; null for Recado's own sentence
     */
    @Schema(name = "HandOverSettingsChange")
    record Change(
            @Schema(example = "5") @NotNull @Min(1) @Max(120) Integer minutes,

            @NotNull @Size(max = 10) List<@NotBlank @Email @Size(max = 254) String> emails,

            @Nullable @Size(max = 10) List<@NotBlank @Size(max = 40) String> phones,

            @Nullable @Size(max = 1000) String timeoutText) {}

    @Operation(
            operationId = "getHandOverSettings",
            summary = "How the clinic is called when somebody asks for a person")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping
    HandOverSettings.Settings get(@PathVariable UUID organizationId) {
        return settings.current();
    }

    @Operation(
            operationId = "changeHandOverSettings",
            summary = "Change how the clinic is called when somebody asks for a person")
    @Access(Allow.OWNER)
    @PutMapping
    HandOverSettings.Settings change(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody Change body) {
        return settings.change(expected, body.minutes(), body.emails(), body.phones(), body.timeoutText());
    }
}
