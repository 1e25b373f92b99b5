package app.recado.patients;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erasing a person over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/erase")
@Tag(name = "Patients")
class PatientErasureController {

    private final PatientErasures erasures;

    PatientErasureController(PatientErasures erasures) {
        this.erasures = erasures;
    }

    @Operation(
            operationId = "erasePatient",
            summary = "Take a person out of the clinic's records",
            description =
                    "The card is emptied and is not found any more. Visits and messages of the past stay as figures without name,"
                            + " words or files; visits to come are called off and messages that wait are taken back, without a word"
                            + " to the patient; an open request to be erased is answered by it. What was said of a number stays, so"
                            + " that nobody writes to it again. Refused under a legal hold (legal-hold), and while they are in the"
                            + " house, a message is under way or another request about their data is open (patient-not-erasable,"
                            + " detail says which). Cannot be undone; whether records have to be kept by law is for the clinic to"
                            + " know.")
    @Access(Allow.OWNER)
    @Refuses({Problem.LEGAL_HOLD, Problem.PATIENT_NOT_ERASABLE, Problem.PATIENT_REPLACED})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping
    void erase(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        erasures.erase(id, expected);
    }
}
