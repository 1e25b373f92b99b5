package app.recado.scheduling.directory;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
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

/** Insurances over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/insurances")
@Tag(name = "Practice")
class InsuranceController {

    private final Insurances insurances;

    InsuranceController(Insurances insurances) {
        this.insurances = insurances;
    }

    /** Who pays for visits. */
    @Schema(name = "Insurance")
    record InsuranceView(
            @Schema(description = "The insurance", example = "01937f3e-0000-7000-8000-000000000012")
            UUID id,

            @Schema(description = "As patients know it", example = "OSDE 210")
            String name,

            @Schema(description = "Who accepts it; empty when everybody does")
            List<UUID> practitionerIds,

            @Schema(description = "What it is accepted for; empty for everything")
            List<UUID> healthcareServiceIds,

            @Schema(description = "False: it stays on the visits that have it and is offered no more", example = "true")
            boolean active,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static InsuranceView of(Insurances.Insurance insurance) {
            return new InsuranceView(
                    insurance.id(),
                    insurance.name(),
                    insurance.practitionerIds(),
                    insurance.healthcareServiceIds(),
                    insurance.active(),
                    insurance.version());
        }
    }

    /** All insurances of the clinic. */
    @Schema(name = "Insurances")
    record InsuranceList(@Schema(description = "By name") List<InsuranceView> items) {}

    /** A new insurance. */
    @Schema(name = "InsuranceInput")
    record NewInsurance(
            @Schema(description = "As patients know it", example = "OSDE 210") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "Who accepts it; left out or empty, everybody") @Size(max = 100) @Nullable List<@NotNull UUID> practitionerIds,

            @Schema(description = "What it is accepted for; left out or empty, everything") @Size(max = 100) @Nullable List<@NotNull UUID> healthcareServiceIds) {

        Insurances.Details details() {
            return new Insurances.Details(
                    name,
                    Objects.requireNonNullElse(practitionerIds, List.of()),
                    Objects.requireNonNullElse(healthcareServiceIds, List.of()));
        }
    }

    /** An insurance as it shall be. */
    @Schema(name = "InsuranceChange")
    record ChangedInsurance(
            @Schema(description = "As patients know it", example = "OSDE 210") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "Who accepts it; empty, everybody") @NotNull @Size(max = 100) List<@NotNull UUID> practitionerIds,

            @Schema(description = "What it is accepted for; empty, everything") @NotNull @Size(max = 100) List<@NotNull UUID> healthcareServiceIds,

            @Schema(
                    description = "False retires it: it stays on the visits that have it and is offered no more",
                    example = "true")
            @NotNull Boolean active) {

        Insurances.Details details() {
            return new Insurances.Details(name, practitionerIds, healthcareServiceIds);
        }
    }

    @Operation(operationId = "listInsurances", summary = "Who pays for visits")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping
    InsuranceList list(@PathVariable UUID organizationId) {
        return new InsuranceList(
                insurances.all().stream().map(InsuranceView::of).toList());
    }

    @Operation(operationId = "createInsurance", summary = "Add an insurance that the clinic accepts")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<InsuranceView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewInsurance body) {
        var insurance = InsuranceView.of(insurances.create(body.details()));
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/insurances/%s".formatted(organizationId, insurance.id())))
                .body(insurance);
    }

    @Operation(operationId = "getInsurance", summary = "One insurance")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/{id}")
    InsuranceView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return InsuranceView.of(insurances.get(id));
    }

    @Operation(
            operationId = "changeInsurance",
            summary = "Change or retire an insurance",
            description = "Visits that have it keep it, also where it is accepted no more.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PutMapping("/{id}")
    InsuranceView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ChangedInsurance body) {
        return InsuranceView.of(insurances.change(id, expected, body.details(), body.active()));
    }
}
