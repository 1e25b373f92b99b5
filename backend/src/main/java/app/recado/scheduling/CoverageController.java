package app.recado.scheduling;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.Scope;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who pays for a patient's visits, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/coverage")
@Tag(name = "Patients")
class CoverageController {

    private final Coverages coverages;
    private final PatientReads reads;

    CoverageController(Coverages coverages, PatientReads reads) {
        this.coverages = coverages;
        this.reads = reads;
    }

    /**
     * Who pays for a patient's visits as a rule.
     *
     * @param insuranceId null when the patient pays, or nobody said
     * @param insurance its name; null without one
     * @param memberNumber the patient's number there; null when nobody said
     */
    @Schema(name = "Coverage")
    record CoverageView(
            @Nullable UUID insuranceId,
            @Schema(example = "OSDE 210") @Nullable String insurance,
            @Schema(example = "61 123456 7 01") @Nullable String memberNumber,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static CoverageView of(Coverages.Coverage coverage) {
            return new CoverageView(
                    coverage.insuranceId(), coverage.insurance(), coverage.memberNumber(), coverage.version());
        }
    }

    /**
     * Coverage as it shall be.
     *
     * @param insuranceId one of the clinic's; null for none
     * @param memberNumber the patient's number there; null or blank for none
     */
    @Schema(name = "CoverageInput")
    record CoverageInput(
            @Nullable UUID insuranceId,

            @Schema(example = "61 123456 7 01") @OneLine @Size(max = 40) @Nullable String memberNumber) {

        @Nullable String number() {
            return memberNumber == null || memberNumber.isBlank() ? null : memberNumber;
        }
    }

    @Operation(operationId = "getPatientCoverage", summary = "Who pays for a patient's visits")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.PATIENTS_READ)
    @GetMapping
    CoverageView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var coverage = CoverageView.of(coverages.read(id));
        reads.shown(PatientPart.RECORD, id);
        return coverage;
    }

    @Operation(
            operationId = "replacePatientCoverage",
            summary = "Say who pays for a patient's visits",
            description = "Visits that are booked keep what they say.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_WRITE})
    @PutMapping
    CoverageView replace(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody CoverageInput body) {
        return CoverageView.of(coverages.replace(
                id,
                expected,
                body.insuranceId(),
                body.number(),
                Caller.current().subject()));
    }
}
