package app.recado.fhir;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.hl7.fhir.r4.model.ResourceType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the facade does, and one resource at a time. {@link FhirApiDocument} describes the answers. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}" + FhirController.ROOT)
@Tag(name = FhirController.TAG)
class FhirController {

    static final String TAG = "FHIR R4";

    /** The facade's address within a clinic's. */
    static final String ROOT = "/fhir/R4";

    private final FhirAnswers answers;

    FhirController(FhirAnswers answers) {
        this.answers = answers;
    }

    @Operation(
            operationId = "getFhirCapabilities",
            summary = "What of FHIR R4 is answered here",
            description = "A CapabilityStatement: types, interactions and search parameters.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/metadata")
    ResponseEntity<byte[]> capabilities(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.capabilities(request);
    }

    @Operation(operationId = "readFhirPatient", summary = "A patient, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT})
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/Patient/{id}")
    ResponseEntity<byte[]> patient(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.Patient, id, request);
    }

    @Operation(operationId = "readFhirPractitioner", summary = "A practitioner, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/Practitioner/{id}")
    ResponseEntity<byte[]> practitioner(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.Practitioner, id, request);
    }

    @Operation(operationId = "readFhirLocation", summary = "A place, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/Location/{id}")
    ResponseEntity<byte[]> location(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.Location, id, request);
    }

    @Operation(operationId = "readFhirHealthcareService", summary = "A service, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/HealthcareService/{id}")
    ResponseEntity<byte[]> healthcareService(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.HealthcareService, id, request);
    }

    @Operation(operationId = "readFhirSchedule", summary = "A practitioner's time at a location, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/Schedule/{id}")
    ResponseEntity<byte[]> schedule(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.Schedule, id, request);
    }

    @Operation(operationId = "readFhirSlot", summary = "A free time, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/Slot/{id}")
    ResponseEntity<byte[]> slot(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.Slot, id, request);
    }

    @Operation(operationId = "readFhirAppointment", summary = "An appointment, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @Refuses(Problem.NOT_ACCEPTABLE)
    @GetMapping("/Appointment/{id}")
    ResponseEntity<byte[]> appointment(
            @PathVariable UUID organizationId, @PathVariable String id, HttpServletRequest request) {
        return answers.read(ResourceType.Appointment, id, request);
    }
}
