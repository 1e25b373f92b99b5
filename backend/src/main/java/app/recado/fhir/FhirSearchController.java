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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Searches of the facade, by address and by form. What they take is said by each type's {@link FhirResources#parameters},
 * from which {@link FhirApiDocument} describes them.
 */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}" + FhirController.ROOT)
@Tag(name = FhirController.TAG)
class FhirSearchController {

    private final FhirAnswers answers;

    FhirSearchController(FhirAnswers answers) {
        this.answers = answers;
    }

    @Operation(operationId = "searchFhirPatients", summary = "Find patients, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT})
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/Patient")
    ResponseEntity<byte[]> patients(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Patient, request);
    }

    @Operation(operationId = "searchFhirPatientsByForm", summary = "Find patients by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT})
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/Patient/_search")
    ResponseEntity<byte[]> patientsByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Patient, request);
    }

    @Operation(operationId = "searchFhirPractitioners", summary = "Find practitioners, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/Practitioner")
    ResponseEntity<byte[]> practitioners(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Practitioner, request);
    }

    @Operation(operationId = "searchFhirPractitionersByForm", summary = "Find practitioners by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/Practitioner/_search")
    ResponseEntity<byte[]> practitionersByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Practitioner, request);
    }

    @Operation(operationId = "searchFhirLocations", summary = "Find places, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/Location")
    ResponseEntity<byte[]> locations(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Location, request);
    }

    @Operation(operationId = "searchFhirLocationsByForm", summary = "Find places by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/Location/_search")
    ResponseEntity<byte[]> locationsByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Location, request);
    }

    @Operation(operationId = "searchFhirHealthcareServices", summary = "Find services, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/HealthcareService")
    ResponseEntity<byte[]> healthcareServices(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.HealthcareService, request);
    }

    @Operation(operationId = "searchFhirHealthcareServicesByForm", summary = "Find services by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/HealthcareService/_search")
    ResponseEntity<byte[]> healthcareServicesByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.HealthcareService, request);
    }

    @Operation(operationId = "searchFhirSchedules", summary = "Find schedules, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/Schedule")
    ResponseEntity<byte[]> schedules(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Schedule, request);
    }

    @Operation(operationId = "searchFhirSchedulesByForm", summary = "Find schedules by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/Schedule/_search")
    ResponseEntity<byte[]> schedulesByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Schedule, request);
    }

    @Operation(operationId = "searchFhirSlots", summary = "Find free times, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/Slot")
    ResponseEntity<byte[]> slots(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Slot, request);
    }

    @Operation(operationId = "searchFhirSlotsByForm", summary = "Find free times by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/Slot/_search")
    ResponseEntity<byte[]> slotsByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Slot, request);
    }

    @Operation(operationId = "searchFhirAppointments", summary = "Find appointments, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @Refuses({Problem.INVALID_PARAMETER, Problem.INVALID_CURSOR, Problem.NOT_ACCEPTABLE})
    @GetMapping("/Appointment")
    ResponseEntity<byte[]> appointments(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Appointment, request);
    }

    @Operation(operationId = "searchFhirAppointmentsByForm", summary = "Find appointments by a form, in FHIR R4")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @Refuses({
        Problem.INVALID_PARAMETER,
        Problem.INVALID_CURSOR,
        Problem.NOT_ACCEPTABLE,
        Problem.BODY_TOO_LARGE,
        Problem.UNSUPPORTED_MEDIA_TYPE
    })
    @PostMapping("/Appointment/_search")
    ResponseEntity<byte[]> appointmentsByForm(@PathVariable UUID organizationId, HttpServletRequest request) {
        return answers.search(ResourceType.Appointment, request);
    }
}
