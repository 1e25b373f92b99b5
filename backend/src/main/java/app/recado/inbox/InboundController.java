package app.recado.inbox;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What patients wrote, and whether a person still has to look at it. */
@RestController
@Tag(name = "Inbound messages")
@RequestMapping("/api/v1/organizations/{organizationId}/inbound-messages")
class InboundController {

    private final InboundMessages inbound;

    InboundController(InboundMessages inbound) {
        this.inbound = inbound;
    }

    @Operation(
            operationId = "listInboundMessages",
            summary = "What was written to the clinic, newest first",
            description = "With open=true only what waits for a person, with open=false only the rest.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    Page<InboundView> list(
            @PathVariable UUID organizationId,
            @RequestParam(required = false) @Nullable Boolean open,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return inbound.list(open, limit, cursor);
    }

    @Operation(
            operationId = "handleInboundMessage",
            summary = "Say that somebody took care of a message",
            description = "It leaves the list of open ones. Doing it again only renews who did it and when.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/{id}/handle")
    InboundView handle(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        var caller = Caller.current();
        return inbound.handle(id, expected, Objects.requireNonNullElse(caller.name(), caller.subject()));
    }
}
