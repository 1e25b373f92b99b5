package app.recado.notifications;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.notifications.ReleasePolicies.Mode;
import app.recado.notifications.ReleasePolicies.Policy;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Visits that nobody confirmed, and what the clinic does with their hours, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Notification rules")
class UnconfirmedVisitController {

    private final ReleasePolicies policies;
    private final UnconfirmedVisits visits;
    private final PatientReads reads;

    UnconfirmedVisitController(ReleasePolicies policies, UnconfirmedVisits visits, PatientReads reads) {
        this.policies = policies;
        this.visits = visits;
        this.reads = reads;
    }

    /** What the clinic does with hours that nobody confirms. */
    @Schema(name = "ReleasePolicy")
    record PolicyView(
            @Schema(description = "Who frees an hour") Mode mode,

            @Schema(description = "How many messages have to have asked, the last of which arrived", example = "2")
            int asks,

            @Schema(description = "For how many hours the last of them stayed without an answer", example = "24")
            int silentHours,

            @Schema(description = "How many of the waitlist are asked, one after another", example = "3")
            int offers,

            @Schema(description = "How many minutes each of them has", example = "20")
            int answerMinutes,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static PolicyView of(Policy policy) {
            return new PolicyView(
                    policy.mode(),
                    policy.asks(),
                    (int) policy.silence().toHours(),
                    policy.offers(),
                    (int) policy.answerWithin().toMinutes(),
                    policy.version());
        }
    }

    /** What the clinic shall do with hours that nobody confirms. */
    @Schema(name = "ReleasePolicyInput")
    record PolicyInput(
            @Schema(description = "Who frees an hour") @NotNull Mode mode,

            @Schema(description = "How many messages have to have asked, the last of which arrived", example = "2")
            @NotNull @Min(1) @Max(5) Integer asks,

            @Schema(description = "For how many hours the last of them stayed without an answer", example = "24")
            @NotNull @Min(1) @Max(168) Integer silentHours,

            @Schema(description = "How many of the waitlist are asked, one after another", example = "3")
            @NotNull @Min(1) @Max(20) Integer offers,

            @Schema(description = "How many minutes each of them has", example = "20") @NotNull @Min(5) @Max(240) Integer answerMinutes) {

        Policy policy() {
            return new Policy(mode, asks, Duration.ofHours(silentHours), offers, Duration.ofMinutes(answerMinutes), 0);
        }
    }

    /** A visit that nobody confirmed. */
    @Schema(name = "UnconfirmedVisit")
    record UnconfirmedView(
            @Schema(description = "The visit", example = "01937f3e-0000-7000-8000-000000000004")
            UUID appointmentId,

            @Schema(description = "Its version, for offering its hour", example = "1")
            long version,

            @Schema(description = "Whose visit it is", example = "01937f3e-0000-7000-8000-000000000001")
            UUID patientId,

            @Schema(description = "As staff call them", example = "Ana Núñez")
            String displayName,

            @Schema(description = "Whom they would see", example = "Dra. Laura Gómez")
            String practitionerName,

            @Schema(description = "When it begins", example = "2026-11-27T13:00:00Z")
            Instant start,

            @Schema(description = "How many messages asked", example = "2")
            int asked,

            @Schema(description = "When the last of them left", example = "2026-11-25T13:00:00Z")
            Instant lastAskedAt,

            @Schema(
                    description = "What became of the last offer of its hour; null when nobody was asked",
                    example = "open",
                    allowableValues = {"open", "taken", "declined", "lapsed"})
            @Nullable String offer,

            @Schema(
                    description = "Until when that can be taken; null when nobody was asked",
                    example = "2026-11-26T13:20:00Z")
            @Nullable Instant offerExpiresAt) {

        static UnconfirmedView of(UnconfirmedVisits.Unconfirmed visit) {
            return new UnconfirmedView(
                    visit.id(),
                    visit.version(),
                    visit.patientId(),
                    visit.patientName(),
                    visit.practitionerName(),
                    visit.start(),
                    visit.asked(),
                    visit.lastAskedAt(),
                    visit.offer(),
                    visit.offerExpiresAt());
        }
    }

    /** Visits that nobody confirmed. */
    @Schema(name = "UnconfirmedVisits")
    record UnconfirmedList(
            @Schema(description = "The earliest first; at most 100")
            List<UnconfirmedView> items) {}

    @Operation(operationId = "getReleasePolicy", summary = "What the clinic does with hours that nobody confirms")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/release-policy")
    PolicyView policy(@PathVariable UUID organizationId) {
        return PolicyView.of(policies.get());
    }

    @Operation(
            operationId = "changeReleasePolicy",
            summary = "Say what the clinic does with hours that nobody confirms",
            description = "While it is tried nothing is offered, and what would be is listed.")
    @Access(Allow.OWNER)
    @PutMapping("/release-policy")
    PolicyView change(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody PolicyInput body) {
        return PolicyView.of(policies.change(expected, body.policy()));
    }

    @Operation(
            operationId = "listUnconfirmedVisits",
            summary = "Visits that nobody confirmed",
            description =
                    "Asked as often as the policy says, the last message arrived, and nobody answered for as long. Never first "
                            + "visits or ones that were booked over others.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/unconfirmed-visits")
    UnconfirmedList list(@PathVariable UUID organizationId) {
        var found = visits.all();
        reads.shown(
                PatientPart.VISITS,
                found.stream().map(UnconfirmedVisits.Unconfirmed::patientId).collect(Collectors.toSet()));
        return new UnconfirmedList(found.stream().map(UnconfirmedView::of).toList());
    }

    @Operation(
            operationId = "offerHour",
            summary = "Offer the hour of a visit that nobody confirmed to the waitlist",
            description =
                    "To one after another, who answer by message. The visit stays as it is until somebody takes its hour; then "
                            + "it is cancelled, and its patient is told.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.HOUR_NOT_OFFERED)
    @Idempotent
    @PostMapping("/appointments/{id}/offer")
    ResponseEntity<UnconfirmedList> offer(@PathVariable UUID organizationId, @PathVariable UUID id) {
        visits.release(id);
        return ResponseEntity.ok(new UnconfirmedList(
                visits.all().stream().map(UnconfirmedView::of).toList()));
    }
}
