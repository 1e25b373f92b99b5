package app.recado.kernel.live;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.ApiClients;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.MemberAccess;
import app.recado.kernel.security.OrganizationStanding;
import app.recado.kernel.security.Scope;
import app.recado.kernel.security.SupportGrants;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
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
    private final ApiClients clients;
    private final OrganizationStanding standing;
    private final SupportGrants support;
    private final MemberAccess members;

    LiveController(
            LiveStreams streams,
            ApiClients clients,
            OrganizationStanding standing,
            SupportGrants support,
            MemberAccess members) {
        this.streams = streams;
        this.clients = clients;
        this.standing = standing;
        this.support = support;
        this.members = members;
    }

    @Operation(
            operationId = "streamEvents",
            summary = "Hints about what changed, as server-sent events",
            description =
                    "Events: hint {kind, id}; reset: read everything again; bye: the token ended, come back with a "
                            + "new one and Last-Event-ID. Without Last-Event-ID a stream begins with the hints of the last "
                            + "ten seconds, or with reset, so that what was read just before it opened is not out of date. "
                            + "An account may have 30 streams open, a clinic 300; one that broke "
                            + "counts until the server notices, which takes up to 15 seconds. An API client hears of the kinds "
                            + "that its scopes read, and hears bye when it is revoked; so does everybody when the clinic is "
                            + "suspended.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @Refuses(Problem.TOO_MANY_STREAMS)
    @GetMapping(path = "/api/v1/organizations/{organizationId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @PathVariable UUID organizationId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        return streams.open(
                organizationId,
                Objects.requireNonNullElse(token.getSubject(), ""),
                lastEventId,
                Objects.requireNonNullElse(token.getExpiresAt(), Instant.EPOCH),
                rights(organizationId, request.getRemoteAddr()));
    }

    private LiveStreams.Rights rights(UUID organizationId, String address) {
        var caller = Caller.current();
        if (!(caller.client() instanceof String client)) {
            boolean member = caller.isMemberOf(organizationId);
            return () -> {
                if (!member) {
                    return heardBySupport(organizationId);
                }
                standing.refuseSuspended(organizationId);
                if (!members.of(organizationId, caller.subject()).accepts(caller.signedAt())) {
                    throw Problem.UNAUTHENTICATED.because("What you may do in this clinic has changed");
                }
                return LiveStreams.Rights.OF_PEOPLE.now();
            };
        }
        // Asked in the stream's own thread, long after the request.
        return () -> {
            standing.refuseSuspended(organizationId);
            var scopes =
                    CurrentOrganization.get(organizationId, () -> clients.scopesOf(client, organizationId, address));
            return LiveHints.Kind.readableWith(scopes)::contains;
        };
    }

    private Predicate<String> heardBySupport(UUID organizationId) {
        if (!support.admits(organizationId)) {
            throw Problem.NOT_MEMBER.because("The owner's permission for support has ended");
        }
        // And of the clinic itself, which is how an open console notices that the permission ended.
        var readable = LiveHints.Kind.readableWith(SupportGrants.SCOPES);
        return kind -> readable.contains(kind)
                || LiveHints.Kind.ORGANIZATION.wireName().equals(kind);
    }
}
