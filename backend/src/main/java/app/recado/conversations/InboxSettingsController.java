package app.recado.conversations;

import app.recado.conversations.InboxSettings.Routing;
import app.recado.conversations.InboxSettings.Settings;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How a clinic shares its conversations out, and who is there to take them. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}")
class InboxSettingsController {

    private final InboxSettings settings;
    private final InboxPresence presence;

    InboxSettingsController(InboxSettings settings, InboxPresence presence) {
        this.settings = settings;
        this.presence = presence;
    }

    @Operation(
            operationId = "getInboxSettings",
            summary =
                    "How conversations are shared out, within which time they are answered, and what is said while closed")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/inbox-settings")
    Settings get(@PathVariable UUID organizationId) {
        return settings.current();
    }

    /**
     * How the inbox works from now on. Conversations that wait already keep the time they were promised.
     *
     * @param routing who is given a conversation that nobody has
     * @param capacity how many open conversations one person is given at most
     * @param responseMinutes within how many minutes of opening hours whoever waits is to be answered; null for no measure
     * @param warningMinutes how long before that people are called
     * @param outOfHoursText what somebody reads who writes while the clinic is closed; null for nothing
     */
    @Schema(name = "InboxSettingsChange")
    record Change(
            @NotNull Routing routing,

            @Schema(example = "10") @NotNull @Min(1) @Max(500) Integer capacity,

            @Schema(example = "15") @Nullable @Min(1) @Max(2880) Integer responseMinutes,

            @Schema(example = "5") @NotNull @Min(0) @Max(2880) Integer warningMinutes,

            @Schema(example = "Ahora estamos cerrados. Te respondemos mañana desde las 9.") @Nullable @Size(max = 1000) String outOfHoursText) {}

    @Operation(
            operationId = "changeInboxSettings",
            summary = "Change how conversations are shared out and answered",
            description = "Times count while the clinic is open, by its hours and holidays.")
    @Access(Allow.OWNER)
    @PutMapping("/inbox-settings")
    Settings change(@PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody Change body) {
        return settings.change(
                expected,
                new Settings(
                        body.routing(),
                        body.capacity(),
                        body.responseMinutes(),
                        body.warningMinutes(),
                        body.outOfHoursText(),
                        0));
    }

    /**
     * Whether somebody takes conversations.
     *
     * @param available false for somebody who does other things
     */
    @Schema(name = "InboxPresence")
    record Presence(@NotNull Boolean available) {}

    @Operation(
            operationId = "setInboxPresence",
            summary = "Say whether the caller takes conversations",
            description = "Counts for three minutes; an open console says it every minute.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/inbox-presence")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void presence(@PathVariable UUID organizationId, @Valid @RequestBody Presence body) {
        presence.says(Staff.current(), body.available());
    }
}
