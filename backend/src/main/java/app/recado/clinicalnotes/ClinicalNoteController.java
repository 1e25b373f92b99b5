package app.recado.clinicalnotes;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
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
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Notes of practitioners over HTTP. An owner or a receptionist who is no practitioner learns only that there are some. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Patients")
class ClinicalNoteController {

    private static final int LONGEST = 4000;

    private final ClinicalNotes notes;
    private final PatientReads reads;

    ClinicalNoteController(ClinicalNotes notes, PatientReads reads) {
        this.notes = notes;
        this.reads = reads;
    }

    /**
     * A new note.
     *
     * @param appointmentId the visit it is about; left out, none
     */
    @Schema(name = "ClinicalNoteInput")
    record NewNote(
            @NotNull UUID patientId,
            @Nullable UUID appointmentId,

            @Schema(example = "Alergia a la penicilina. Control en seis meses.") @NotBlank @Size(max = LONGEST) String text) {

        @Override
        public String toString() {
            return "NewNote";
        }
    }

    /** What a note says from now on. */
    @Schema(name = "ClinicalNoteCorrection")
    record Correction(
            @Schema(example = "Alergia a la penicilina, no a la amoxicilina.") @NotBlank @Size(max = LONGEST) String text) {

        @Override
        public String toString() {
            return "Correction";
        }
    }

    /**
     * Whether there are notes.
     *
     * @param latestAt when the last one was written; null without any
     */
    @Schema(name = "ClinicalNotesSummary")
    record Summary(
            @Schema(example = "3") long count, @Nullable Instant latestAt) {}

    @Operation(
            operationId = "listClinicalNotes",
            summary = "What practitioners wrote about a patient",
            description = "The latest first. Each look is recorded.")
    @Access(value = Allow.PRACTITIONER, permissions = Permission.CLINICAL_NOTES)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/patients/{id}/clinical-notes")
    Page<ClinicalNoteView> list(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        var page = notes.list(id, limit, cursor);
        if (!page.items().isEmpty()) {
            reads.shown(PatientPart.CLINICAL_NOTES, id);
        }
        return page;
    }

    @Operation(
            operationId = "summarizeClinicalNotes",
            summary = "Whether practitioners wrote about a patient",
            description = "All that those who are no practitioners may know.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/patients/{id}/clinical-notes/summary")
    Summary summary(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var summary = notes.summary(id);
        return new Summary(summary.count(), summary.latestAt());
    }

    @Operation(operationId = "createClinicalNote", summary = "Write something down about a patient")
    @Access(value = Allow.PRACTITIONER, permissions = Permission.CLINICAL_NOTES)
    @Refuses(Problem.PATIENT_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/clinical-notes")
    ResponseEntity<ClinicalNoteView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewNote body) {
        var note = notes.add(body.patientId(), body.appointmentId(), body.text());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/clinical-notes/%s".formatted(organizationId, note.id())))
                .body(note);
    }

    @Operation(operationId = "getClinicalNote", summary = "One note, with what it said before it was corrected")
    @Access(value = Allow.PRACTITIONER, permissions = Permission.CLINICAL_NOTES)
    @GetMapping("/clinical-notes/{id}")
    ClinicalNoteView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var note = notes.get(id);
        reads.shown(PatientPart.CLINICAL_NOTES, note.patientId());
        return note;
    }

    @Operation(
            operationId = "correctClinicalNote",
            summary = "Correct a note",
            description = "What it said before is kept, with who wrote it and when.")
    @Access(value = Allow.PRACTITIONER, permissions = Permission.CLINICAL_NOTES)
    @PutMapping("/clinical-notes/{id}")
    ClinicalNoteView correct(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Correction body) {
        return notes.correct(id, expected, body.text());
    }
}
