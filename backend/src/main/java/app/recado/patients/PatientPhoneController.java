package app.recado.patients;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is known of a patient's numbers, over HTTP. They are changed with the patient. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/phones")
@Tag(name = "Patients")
class PatientPhoneController {

    private final PatientPhoneList phones;
    private final PatientReads reads;

    PatientPhoneController(PatientPhoneList phones, PatientReads reads) {
        this.phones = phones;
        this.reads = reads;
    }

    /** Whether somebody has WhatsApp at a number. */
    @Schema(name = "OnWhatsApp")
    enum OnWhatsApp {
        /** Nothing came from there or went there yet. */
        @JsonProperty("unknown")
        UNKNOWN,
        /** It wrote, or a message came there. */
        @JsonProperty("yes")
        YES,
        /** WhatsApp did not know it. */
        @JsonProperty("no")
        NO
    }

    /**
     * A number and what the clinic's lines found out about it.
     *
     * @param number the number, as it stands on the patient
     * @param onWhatsApp whether somebody has WhatsApp there
     * @param foundOutAt when a line found that out; null while nothing is known
     */
    @Schema(name = "PatientPhoneKnown")
    record Listed(
            PatientView.Reached number,
            OnWhatsApp onWhatsApp,

            @Schema(example = "2026-11-24T13:00:00Z") @Nullable Instant foundOutAt) {}

    /** Numbers. @param items the one that is written to first */
    @Schema(name = "PatientPhones")
    record PhoneList(List<Listed> items) {}

    @Operation(
            operationId = "listPatientPhones",
            summary = "The numbers of a patient, and whether each has WhatsApp",
            description =
                    "As the clinic's lines found out by what came from there and what went there. Numbers are changed"
                            + " with the patient.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.PATIENTS_READ)
    @Refuses(Problem.PATIENT_REPLACED)
    @GetMapping
    PhoneList list(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var listed = phones.of(id);
        reads.shown(PatientPart.RECORD, id);
        return new PhoneList(listed);
    }
}
