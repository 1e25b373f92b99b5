package app.recado.patients;

import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who looked at patients, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patient-reads")
@Tag(name = "Patients")
class PatientReadController {

    private final PatientReadLog log;

    PatientReadController(PatientReadLog log) {
        this.log = log;
    }

    @Operation(
            operationId = "listPatientReads",
            summary = "Who looked at which patient, the latest first",
            description =
                    "A look is written down before what it shows leaves the server, once for each person, patient and part"
                            + " within a quarter of an hour. A search that finds more than 20 people is a look at the register,"
                            + " and has no patient. The lists of the day (agenda, messages, conversations, waitlist) are"
                            + " not looks at a patient. Nobody can change what was written.")
    @Access(Allow.OWNER)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping
    Page<PatientReadView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "Of one patient, cards that were merged into theirs included; left out, of all")
                    @RequestParam(required = false)
                    @Nullable UUID patientId,
            @Parameter(description = "By one account, as `reader.subject` names it; left out, by everybody")
                    @RequestParam(required = false)
                    @Size(max = 100) @Nullable String reader,
            @Parameter(description = "First day of the clinic")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return log.list(new PatientReadLog.Filter(patientId, reader, from, to), limit, cursor);
    }
}
