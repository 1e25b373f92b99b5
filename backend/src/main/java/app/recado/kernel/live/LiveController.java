package app.recado.kernel.live;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of hints that keeps open consoles current. */
@RestController
@Tag(name = "Live")
class LiveController {

    private final LiveStreams streams;

    LiveController(LiveStreams streams) {
        this.streams = streams;
    }

    @Operation(
            operationId = "streamEvents",
            summary = "Hints about what changed, as server-sent events",
            description =
                    "Events: hint {kind, id}; reset: read everything again; bye: the token ended, come back with a "
                            + "new one and Last-Event-ID. An account may have 30 streams open; one that broke "
                            + "counts until the server notices, which takes up to 15 seconds.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.TOO_MANY_STREAMS)
    @GetMapping(path = "/api/v1/organizations/{organizationId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @PathVariable UUID organizationId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Jwt token) {
        return streams.open(
                CurrentOrganization.id(),
                Objects.requireNonNullElse(token.getSubject(), ""),
                lastEventId,
                Objects.requireNonNullElse(token.getExpiresAt(), Instant.EPOCH));
    }
}
