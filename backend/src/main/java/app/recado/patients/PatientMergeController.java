package app.recado.patients;

import app.recado.customfields.CustomFields;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Patients who were written down twice, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients")
@Tag(name = "Patients")
class PatientMergeController {

    private final PatientPairs pairs;
    private final PatientMerges merges;
    private final PatientReads reads;

    PatientMergeController(PatientPairs pairs, PatientMerges merges, PatientReads reads) {
        this.pairs = pairs;
        this.merges = merges;
        this.reads = reads;
    }

    /**
     * Which patient is the same person, and what of their card wins.
     *
     * @param patientId whose card goes
     * @param version of that card, as the person who decides saw it
     * @param take what of it wins where both cards say something; left out, the survivor's stays
     * @param takeCustomFields keys of fields of the clinic's own in which it wins; left out, the survivor's stay
     */
    @Schema(name = "PatientMergeInput")
    record MergeRequest(
            @NotNull UUID patientId,
            @NotNull @Schema(example = "3") Long version,
            @Size(max = 9) @Nullable List<@NotNull MergeField> take,

            @Schema(example = "[\"grupo-sanguineo\"]") @Size(max = CustomFields.MOST * 2) @Nullable List<@NotNull @Size(max = 40) String> takeCustomFields) {

        List<String> takenFields() {
            return takeCustomFields == null ? List.of() : takeCustomFields;
        }

        Set<MergeField> taken() {
            return take == null || take.isEmpty() ? Set.of() : EnumSet.copyOf(take);
        }
    }

    /**
     * Merges that can be undone.
     *
     * @param items the latest first, twenty at most
     */
    @Schema(name = "PatientMerges")
    record MergeList(List<PatientMerges.Merge> items) {}

    @Operation(
            operationId = "listPatientPairs",
            summary = "Patients who may be one person, two by two",
            description =
                    "In the order of the register, without archived patients and without those of whom somebody said"
                            + " that they are two. A page looks at a limited piece of the register: it may hold no pair and yet have"
                            + " a nextCursor.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/duplicate-pairs")
    Page<PatientPairs.Pair> list(
            @PathVariable UUID organizationId,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        var page = pairs.list(limit, cursor);
        if (!page.items().isEmpty()) {
            reads.shown(PatientPart.REGISTER, PatientReads.NOBODY);
        }
        return page;
    }

    @Operation(
            operationId = "distinguishPatients",
            summary = "Say that two patients are not one person",
            description = "They are not listed as likely duplicates any more. May be repeated.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/{id}/distinct-from/{otherId}")
    void distinguish(@PathVariable UUID organizationId, @PathVariable UUID id, @PathVariable UUID otherId) {
        pairs.distinguish(id, otherId);
    }

    @Operation(operationId = "undistinguishPatients", summary = "Take back that two patients are not one person")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}/distinct-from/{otherId}")
    void undistinguish(@PathVariable UUID organizationId, @PathVariable UUID id, @PathVariable UUID otherId) {
        pairs.undistinguish(id, otherId);
    }

    @Operation(
            operationId = "previewPatientMerge",
            summary = "What merging another patient into this one would do",
            description =
                    "Both cards, what they say differently, which wish about messages holds afterwards, and how many"
                            + " records follow. Changes nothing. One patient twice is refused (invalid-fields).")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.PATIENT_REPLACED, Problem.INVALID_FIELDS})
    @GetMapping("/{id}/merge/{otherId}")
    PatientMerges.Preview preview(
            @PathVariable UUID organizationId, @PathVariable UUID id, @PathVariable UUID otherId) {
        var preview = merges.preview(id, otherId);
        reads.shown(PatientPart.RECORD, List.of(id, otherId));
        return preview;
    }

    @Operation(
            operationId = "mergePatients",
            summary = "Make one patient of two cards of the same person",
            description =
                    "This patient goes on. What only the other card says completes it; visits, messages and answers"
                            + " follow; a wish for no messages on either holds. Asking for the other one answers patient-replaced"
                            + " (410) and names this one. Can be undone for 30 days.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.PATIENT_UNKNOWN, Problem.PATIENT_REPLACED})
    @Idempotent
    @PostMapping("/{id}/merge")
    ResponseEntity<PatientMerges.Merged> merge(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody MergeRequest body) {
        return ResponseEntity.ok(
                merges.merge(id, expected, body.patientId(), body.version(), body.taken(), body.takenFields()));
    }

    @Operation(operationId = "listPatientMerges", summary = "Merges into this patient that can be undone")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_REPLACED)
    @GetMapping("/{id}/merges")
    MergeList into(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var into = merges.into(id);
        reads.shown(
                PatientPart.RECORD,
                into.stream().map(PatientMerges.Merge::replacedId).toList());
        return new MergeList(into);
    }

    @Operation(
            operationId = "undoPatientMerge",
            summary = "Make two patients again",
            description =
                    "Exactly what the merge moved goes back. What came or was written since stays with the survivor;"
                            + " a wish for no messages said since holds for both.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.PATIENT_REPLACED, Problem.MERGE_NOT_UNDOABLE})
    @PostMapping("/{id}/merges/{mergeId}/undo")
    PatientMerges.Unmerged undo(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @PathVariable UUID mergeId,
            ExpectedVersion expected) {
        return merges.undo(id, mergeId, expected);
    }
}
