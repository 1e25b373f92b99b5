package app.recado.patients;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Restricting the processing of a patient's data, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}")
@Tag(name = "Patients")
class PatientRestrictionController {

    private final PatientRegister register;

    PatientRestrictionController(PatientRegister register) {
        this.register = register;
    }

    /**
     * Why the processing is restricted.
     *
     * @param reason for staff; left out, none is shown
     */
    @Schema(name = "PatientRestrictionInput")
    record Restriction(
            @Schema(example = "Discute la exactitud de sus datos") @Size(max = 500) @Nullable String reason) {}

    @Operation(
            operationId = "restrictPatient",
            summary = "Restrict the processing of a patient's data",
            description =
                    "What is kept stays and nothing is done with it by itself: no message leaves but what staff write by hand"
                            + " and say that they know (despiteRestriction of sendMessage), messages at an engine are taken"
                            + " back, and the patient is left out of exports, campaigns, calendars and what other systems read."
                            + " Staff find and see them as before, with the mark. An open request for it is answered. Repeated,"
                            + " it changes the reason.")
    @Access(Allow.OWNER)
    @Refuses(Problem.PATIENT_REPLACED)
    @PostMapping("/restrict")
    PatientView restrict(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Restriction body) {
        return register.restrict(id, expected, body.reason());
    }

    @Operation(
            operationId = "liftPatientRestriction",
            summary = "End the restriction",
            description = "Notices that fall due from now on leave again; what was kept back does not.")
    @Access(Allow.OWNER)
    @Refuses({Problem.PATIENT_REPLACED, Problem.CONFLICT})
    @PostMapping("/lift-restriction")
    PatientView lift(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return register.liftRestriction(id, expected);
    }
}
