package app.recado.scheduling;

import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
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
     * @param colour place in the palette of the agenda
     */
    @Schema(name = "Practitioner")
    record PractitionerView(
            UUID id,
            String displayName,
            @Nullable String specialty,
            @Nullable Integer colour,
            boolean active,
            long version)
            implements Versioned {
        static PractitionerView of(Practitioner practitioner) {
            return new PractitionerView(
                    practitioner.id(),
                    practitioner.displayName(),
                    practitioner.specialty(),
                    practitioner.colour(),
                    practitioner.active(),
                    practitioner.version());
        }
    }

    /** All practitioners, by name. */
    @Schema(name = "Practitioners")
    record PractitionerList(List<PractitionerView> items) {}

    /** A new practitioner. */
    @Schema(name = "PractitionerInput")
    record NewPractitioner(
            @Schema(example = "Dra. Laura Gómez") @OneLine @NotBlank @Size(max = 100) String displayName,

            @Schema(example = "Clínica médica") @OneLine @Size(max = 100) @Nullable String specialty) {}

    /**
     * What patients come for.
     *
     * @param durationMinutes how long it usually takes
     */
    @Schema(name = "HealthcareService")
    record ServiceView(UUID id, String name, int durationMinutes, boolean active, long version) implements Versioned {
        static ServiceView of(HealthcareService service) {
            return new ServiceView(
                    service.id(), service.name(), service.durationMinutes(), service.active(), service.version());
        }
    }

    /** All services, by name. */
    @Schema(name = "HealthcareServices")
    record ServiceList(List<ServiceView> items) {}

    /** A new service. */
    @Schema(name = "HealthcareServiceInput")
    record NewService(
            @Schema(example = "Control") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(example = "30") @NotNull @Min(5) @Max(480) Integer durationMinutes) {}

    @Operation(operationId = "listPractitioners", summary = "Who sees patients")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/practitioners")
    PractitionerList practitioners(@PathVariable UUID organizationId) {
        return new PractitionerList(
                practice.practitioners().stream().map(PractitionerView::of).toList());
    }

    @Operation(operationId = "createPractitioner", summary = "Add somebody who sees patients")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/practitioners")
    ResponseEntity<PractitionerView> addPractitioner(
            @PathVariable UUID organizationId, @Valid @RequestBody NewPractitioner body) {
        var practitioner = PractitionerView.of(practice.addPractitioner(body.displayName(), body.specialty()));
        return ResponseEntity.created(address(organizationId, "practitioners", practitioner.id()))
                .body(practitioner);
    }

    @Operation(operationId = "listHealthcareServices", summary = "What patients come for")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/healthcare-services")
    ServiceList services(@PathVariable UUID organizationId) {
        return new ServiceList(practice.services().stream().map(ServiceView::of).toList());
    }

    @Operation(operationId = "createHealthcareService", summary = "Add something patients come for")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/healthcare-services")
    ResponseEntity<ServiceView> addService(@PathVariable UUID organizationId, @Valid @RequestBody NewService body) {
        var service = ServiceView.of(practice.addService(body.name(), body.durationMinutes()));
        return ResponseEntity.created(address(organizationId, "healthcare-services", service.id()))
                .body(service);
    }

    private static URI address(UUID organizationId, String collection, UUID id) {
        return URI.create("/api/v1/organizations/%s/%s/%s".formatted(organizationId, collection, id));
    }
}
