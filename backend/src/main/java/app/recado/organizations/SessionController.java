package app.recado.organizations;

import app.recado.kernel.Problem;
import app.recado.kernel.keycloak.OrganizationDirectory;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the caller is signed in, and signing out there. Nobody sees the sessions of another person: they tell of other clinics too. */
@RestController
@RequestMapping("/api/v1/me/sessions")
@Tag(name = "Me")
class SessionController {

    /** A browser or device in which the caller signed in. */
    @Schema(name = "MySession")
    record SessionView(
            @Schema(description = "The session", example = "6f1c3a52-8d1e-4a53-9b0e-3c1d528d1e4a")
            String id,

            @Schema(
                    description = "Whence it was begun; null when the identity server does not know",
                    example = "203.0.113.7")
            @Nullable String address,

            @Schema(description = "When they signed in", example = "2026-11-30T08:01:00Z")
            Instant startedAt,

            @Schema(description = "When it was last used, to some minutes", example = "2026-11-30T12:00:00Z")
            Instant lastUsedAt,

            @Schema(description = "True for the one that asks", example = "true")
            boolean current) {}

    /** Everywhere the caller is signed in. */
    @Schema(name = "MySessions")
    record Sessions(
            @Schema(description = "The one used last first") List<SessionView> items) {}

    private final OrganizationDirectory identity;
    private final MemberRules rules;

    SessionController(OrganizationDirectory identity, MemberRules rules) {
        this.identity = identity;
        this.rules = rules;
    }

    @Operation(operationId = "listMySessions", summary = "Where the signed-in person is signed in")
    @Access(Allow.SIGNED_IN)
    @Refuses(Problem.IDENTITY_UNAVAILABLE)
    @GetMapping
    Sessions list(@AuthenticationPrincipal Jwt token) {
        var current = token.getClaimAsString("sid");
        return new Sessions(identity.sessions(Caller.current().subject()).stream()
                .sorted(Comparator.comparing(OrganizationDirectory.Session::lastUsedAt)
                        .reversed())
                .map(session -> new SessionView(
                        session.id(),
                        session.address(),
                        session.startedAt(),
                        session.lastUsedAt(),
                        Objects.equals(session.id(), current)))
                .toList());
    }

    @Operation(
            operationId = "endMySession",
            summary = "Sign out in one place",
            description = "Nothing can be renewed there any more; a token that was handed out before counts for five"
                    + " minutes at most. Signing out everywhere ends those too.")
    @Access(Allow.SIGNED_IN)
    @Refuses({Problem.NOT_FOUND, Problem.IDENTITY_UNAVAILABLE})
    @DeleteMapping("/{sessionId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String sessionId) {
        // Only what the identity server lists of this account: an id of somebody else's session ends nothing.
        if (identity.sessions(Caller.current().subject()).stream()
                .noneMatch(session -> session.id().equals(sessionId))) {
            throw Problem.NOT_FOUND.because("You are not signed in there");
        }
        identity.endSession(sessionId);
    }

    @Operation(
            operationId = "endMySessions",
            summary = "Sign out everywhere, here too",
            description =
                    "Tokens that were handed out count no more within two seconds, in any of the person's clinics.")
    @Access(Allow.SIGNED_IN)
    @Refuses(Problem.IDENTITY_UNAVAILABLE)
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAll() {
        var caller = Caller.current();
        identity.endSessions(caller.subject());
        caller.organizations().keySet().forEach(clinic -> rules.refuseTokensSignedSoFar(clinic, caller.subject()));
    }
}
