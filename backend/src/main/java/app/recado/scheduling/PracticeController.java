package app.recado.scheduling;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import app.recado.scheduling.HealthcareService.Look;
import app.recado.scheduling.HealthcareService.Price;
import app.recado.scheduling.HealthcareService.Timing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Practitioners and services over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Practice")
class PracticeController {

    private final Practice practice;

    PracticeController(Practice practice) {
        this.practice = practice;
    }

    /**
     * Somebody who sees patients.
     *
     * @param specialty the first of {@code specialties}; null without any
     * @param specialties what they do, the first before all others
     * @param colour place in the palette of the agenda
     */
    @Schema(name = "Practitioner")
    record PractitionerView(
            UUID id,
            String displayName,
            @Nullable String specialty,

            List<String> specialties,

            @Nullable Integer colour,

            @Schema(
                    description = "The member who they sign in as; null while nobody said",
                    example = "0f3c1d52-8d1e-4a53-9b0e-3c1d528d1e4a")
            @Nullable UUID memberId,

            @Schema(description = "True when the caller signs in as them", example = "false")
            boolean you,

            boolean active,
            long version)
            implements Versioned {
        static PractitionerView of(Practitioner practitioner) {
            var member = practitioner.memberId();
            return new PractitionerView(
                    practitioner.id(),
                    practitioner.displayName(),
                    practitioner.specialty(),
                    practitioner.specialties(),
                    practitioner.colour(),
                    member == null ? null : UUID.fromString(member),
                    Caller.current().subject().equals(member),
                    practitioner.active(),
                    practitioner.version());
        }
    }

    /** Which account a practitioner signs in with. */
    @Schema(name = "PractitionerMember")
    record MemberOfPractitioner(
            @Schema(
                    description = "A member of the clinic; null when they do not sign in",
                    example = "0f3c1d52-8d1e-4a53-9b0e-3c1d528d1e4a")
            @Nullable UUID memberId) {}

    /** All practitioners, by name. */
    @Schema(name = "Practitioners")
    record PractitionerList(List<PractitionerView> items) {}

    /** A new practitioner. */
    @Schema(name = "PractitionerInput")
    record NewPractitioner(
            @Schema(example = "Dra. Laura Gómez") @OneLine @NotBlank @Size(max = 100) String displayName,

            @Schema(example = "Clínica médica") @OneLine @Size(max = Specialties.LONGEST) @Nullable String specialty,

            @Schema(description = "All of them, the first before all others; left out, specialty is the only one")
            @Size(max = Specialties.MOST) @Nullable List<@NotNull @Size(max = Specialties.LONGEST) String> specialties) {}

    /**
     * A practitioner as they shall be.
     *
     * @param colour left out, the one they have
     * @param active false retires them: they keep their visits and take no new ones
     */
    @Schema(name = "PractitionerChange")
    record ChangedPractitioner(
            @Schema(description = "As patients know them", example = "Dra. Laura Gómez")
            @OneLine
            @NotBlank @Size(max = 100) String displayName,

            @Schema(description = "What they do, for staff and patients", example = "Clínica médica")
            @OneLine
            @Size(max = Specialties.LONGEST) @Nullable String specialty,

            @Schema(
                    description =
                            "All of them, the first before all others; left out, specialty replaces the first and others stay")
            @Size(max = Specialties.MOST) @Nullable List<@NotNull @Size(max = Specialties.LONGEST) String> specialties,

            @Schema(description = "Place in the palette of the agenda; left out, the one they have", example = "2")
            @Min(0) @Max(Practice.PALETTE - 1) @Nullable Integer colour,

            @Schema(description = "False retires them: they keep their visits and take no new ones", example = "true")
            @NotNull Boolean active) {}

    /**
     * What patients come for.
     *
     * @param durationMinutes how long it usually takes
     * @param bufferBeforeMinutes kept free of other visits before it
     * @param bufferAfterMinutes kept free of other visits after it
     * @param practitionerIds who offers it; empty when everybody does
     * @param roomIds of which it needs one; empty when it needs none
     * @param locationIds where it is offered; empty when that is everywhere
     */
    @Schema(name = "HealthcareService")
    record ServiceView(
            UUID id,
            String name,
            int durationMinutes,

            @Schema(description = "Minutes kept free of other visits before it", example = "0")
            int bufferBeforeMinutes,

            @Schema(description = "Minutes kept free of other visits after it", example = "10")
            int bufferAfterMinutes,

            @Schema(description = "How many patients share a time; 1: each has the practitioner alone", example = "1")
            int capacity,

            @Schema(description = "Who offers it; empty when everybody does")
            List<UUID> practitionerIds,

            @Schema(description = "Rooms or equipment of which a visit needs one; empty when it needs none")
            List<UUID> roomIds,

            @Schema(description = "Where it is offered; empty when that is everywhere")
            List<UUID> locationIds,

            @Schema(description = "Place in the palette of the agenda; null for none", example = "3") @Nullable Integer colour,

            @Schema(description = "Null when it is not said") @Nullable PriceView price,

            @Schema(
                    description = "Where to join it from afar; null when it is not offered so",
                    example = "https://meet.example/laura-gomez")
            @Nullable String telehealthLink,

            boolean active,
            long version)
            implements Versioned {
        static ServiceView of(Practice.OfferedService offered) {
            var service = offered.service();
            return new ServiceView(
                    service.id(),
                    service.name(),
                    service.durationMinutes(),
                    service.bufferBeforeMinutes(),
                    service.bufferAfterMinutes(),
                    service.capacity(),
                    offered.practitionerIds(),
                    offered.roomIds(),
                    offered.locationIds(),
                    service.colour(),
                    service.price() == null
                            ? null
                            : new PriceView(
                                    service.price().minor(), service.price().currency()),
                    service.telehealthLink(),
                    service.active(),
                    service.version());
        }
    }

    /** An amount of money. */
    @Schema(name = "Price")
    record PriceView(
            @Schema(description = "In the currency's smallest unit, for example cents", example = "2500000")
            @NotNull @Min(0) @Max(100_000_000_000L) Long amountMinor,

            @Schema(description = "ISO 4217", example = "ARS") @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}

    /** All services, by name. */
    @Schema(name = "HealthcareServices")
    record ServiceList(List<ServiceView> items) {}

    /**
     * A new service.
     *
     * @param practitionerIds left out or empty, everybody offers it
     * @param roomIds left out or empty, it needs none
     * @param locationIds left out or empty, it is offered everywhere
     */
    @Schema(name = "HealthcareServiceInput")
    record NewService(
            @Schema(example = "Control") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(example = "30") @NotNull @Min(5) @Max(480) Integer durationMinutes,

            @Schema(description = "Minutes kept free of other visits before it; left out, none", example = "0")
            @Min(0) @Max(120) @Nullable Integer bufferBeforeMinutes,

            @Schema(description = "Minutes kept free of other visits after it; left out, none", example = "10")
            @Min(0) @Max(120) @Nullable Integer bufferAfterMinutes,

            @Schema(
                    description = "How many patients share a time, as in a class or a group; left out, 1",
                    example = "8")
            @Min(1) @Max(100) @Nullable Integer capacity,

            @Schema(description = "Who offers it; left out or empty, everybody") @Size(max = 100) @Nullable List<@NotNull UUID> practitionerIds,

            @Schema(description = "Rooms or equipment of which a visit needs one; left out or empty, it needs none")
            @Size(max = 100) @Nullable List<@NotNull UUID> roomIds,

            @Schema(description = "Where it is offered; left out or empty, everywhere") @Size(max = 100) @Nullable List<@NotNull UUID> locationIds,

            @Schema(description = "Place in the palette of the agenda; left out, none", example = "3")
            @Min(0) @Max(Practice.PALETTE - 1) @Nullable Integer colour,

            @Schema(description = "Left out, it is not said") @Valid @Nullable PriceView price,

            @Schema(
                    description = "Where to join it from afar; left out, it is not offered so",
                    example = "https://meet.example/laura-gomez")
            @Pattern(regexp = "https://[^\\s]+") @Size(max = 500)
            @Nullable String telehealthLink) {

        Look look() {
            return lookOf(colour, price, telehealthLink);
        }

        Timing timing() {
            return new Timing(durationMinutes, orNone(bufferBeforeMinutes), orNone(bufferAfterMinutes), capacity);
        }
    }

    /**
     * A service as it shall be.
     *
     * @param roomIds left out, those it has
     * @param active false retires it: it keeps its visits and is offered no more
     */
    @Schema(name = "HealthcareServiceChange")
    record ChangedService(
            @Schema(description = "As patients read it", example = "Control") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "How long it usually takes", example = "30") @NotNull @Min(5) @Max(480) Integer durationMinutes,

            @Schema(description = "Minutes kept free of other visits before it", example = "0")
            @NotNull @Min(0) @Max(120) Integer bufferBeforeMinutes,

            @Schema(description = "Minutes kept free of other visits after it", example = "10")
            @NotNull @Min(0) @Max(120) Integer bufferAfterMinutes,

            @Schema(
                    description =
                            "How many patients share a time, as in a class or a group; left out, as many as before",
                    example = "8")
            @Min(1) @Max(100) @Nullable Integer capacity,

            @Schema(description = "Who offers it; empty, everybody") @NotNull @Size(max = 100) List<@NotNull UUID> practitionerIds,

            @Schema(
                    description =
                            "Rooms or equipment of which a visit needs one; empty, it needs none; left out, those it has")
            @Size(max = 100) @Nullable List<@NotNull UUID> roomIds,

            @Schema(description = "Where it is offered; empty, everywhere; left out, where it is offered already")
            @Size(max = 100) @Nullable List<@NotNull UUID> locationIds,

            @Schema(description = "Place in the palette of the agenda; left out, none", example = "3")
            @Min(0) @Max(Practice.PALETTE - 1) @Nullable Integer colour,

            @Schema(description = "Left out, it is not said") @Valid @Nullable PriceView price,

            @Schema(
                    description = "Where to join it from afar; left out, it is not offered so",
                    example = "https://meet.example/laura-gomez")
            @Pattern(regexp = "https://[^\\s]+") @Size(max = 500)
            @Nullable String telehealthLink,

            @Schema(description = "False retires it: it keeps its visits and is offered no more", example = "true")
            @NotNull Boolean active) {

        Look look() {
            return lookOf(colour, price, telehealthLink);
        }

        Timing timing() {
            return new Timing(durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, capacity);
        }
    }

    private static Look lookOf(@Nullable Integer colour, @Nullable PriceView price, @Nullable String telehealthLink) {
        return new Look(
                colour, price == null ? null : new Price(price.amountMinor(), price.currency()), telehealthLink);
    }

    private static int orNone(@Nullable Integer minutes) {
        return minutes == null ? 0 : minutes;
    }

    @Operation(operationId = "listPractitioners", summary = "Who sees patients")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/practitioners")
    PractitionerList practitioners(@PathVariable UUID organizationId) {
        return new PractitionerList(
                practice.practitioners().stream().map(PractitionerView::of).toList());
    }

    @Operation(operationId = "createPractitioner", summary = "Add somebody who sees patients")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/practitioners")
    ResponseEntity<PractitionerView> addPractitioner(
            @PathVariable UUID organizationId, @Valid @RequestBody NewPractitioner body) {
        var practitioner = PractitionerView.of(practice.addPractitioner(
                body.displayName(), Specialties.said(body.specialties(), body.specialty(), List.of())));
        return ResponseEntity.created(address(organizationId, "practitioners", practitioner.id()))
                .body(practitioner);
    }

    @Operation(operationId = "getPractitioner", summary = "One practitioner")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/practitioners/{id}")
    PractitionerView practitioner(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return PractitionerView.of(practice.practitioner(id));
    }

    @Operation(
            operationId = "changePractitioner",
            summary = "Change or retire a practitioner",
            description = "Whoever is retired keeps their visits and takes no new ones.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PutMapping("/practitioners/{id}")
    PractitionerView changePractitioner(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ChangedPractitioner body) {
        return PractitionerView.of(practice.changePractitioner(
                id, expected, body.displayName(), body.specialties(), body.specialty(), body.colour(), body.active()));
    }

    @Operation(
            operationId = "setPractitionerMember",
            summary = "Say which member a practitioner is",
            description = "They see their own day first, and as practitioners change the visits that are theirs only.")
    @Access(Allow.OWNER)
    @PutMapping("/practitioners/{id}/member")
    PractitionerView setMember(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody MemberOfPractitioner body) {
        return PractitionerView.of(practice.signsInAs(id, expected, body.memberId()));
    }

    @Operation(operationId = "listHealthcareServices", summary = "What patients come for")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/healthcare-services")
    ServiceList services(@PathVariable UUID organizationId) {
        return new ServiceList(practice.services().stream().map(ServiceView::of).toList());
    }

    @Operation(operationId = "createHealthcareService", summary = "Add something patients come for")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/healthcare-services")
    ResponseEntity<ServiceView> addService(@PathVariable UUID organizationId, @Valid @RequestBody NewService body) {
        var service = ServiceView.of(practice.addService(
                body.name(),
                body.timing(),
                body.look(),
                new Practice.Offering(
                        Objects.requireNonNullElse(body.practitionerIds(), List.of()),
                        Objects.requireNonNullElse(body.roomIds(), List.of()),
                        Objects.requireNonNullElse(body.locationIds(), List.of()))));
        return ResponseEntity.created(address(organizationId, "healthcare-services", service.id()))
                .body(service);
    }

    @Operation(operationId = "getHealthcareService", summary = "One service")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/healthcare-services/{id}")
    ServiceView service(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return ServiceView.of(practice.service(id));
    }

    @Operation(
            operationId = "changeHealthcareService",
            summary = "Change or retire a service",
            description = "Visits that are booked keep their length. A retired service is offered no more.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @PutMapping("/healthcare-services/{id}")
    ServiceView changeService(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ChangedService body) {
        return ServiceView.of(practice.changeService(
                id,
                expected,
                body.name(),
                body.timing(),
                body.look(),
                new Practice.Offering(body.practitionerIds(), body.roomIds(), body.locationIds()),
                body.active()));
    }

    private static URI address(UUID organizationId, String collection, UUID id) {
        return URI.create("/api/v1/organizations/%s/%s/%s".formatted(organizationId, collection, id));
    }
}
