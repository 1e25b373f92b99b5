package app.recado.patients;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.GrantedScopes;
import app.recado.kernel.security.Permission;
import app.recado.kernel.security.Scope;
import app.recado.kernel.tables.Downloads;
import app.recado.kernel.tables.TableFormat;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The register of patients over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients")
@Tag(name = "Patients")
class PatientController {

    /** As many as a search shows whom somebody looked for. */
    private static final int FEW = 20;

    private final PatientRegister register;
    private final PatientDirectory directory;

    private final PatientExport export;
    private final PatientDuplicates duplicates;
    private final PatientReads reads;

    PatientController(
            PatientRegister register,
            PatientDirectory directory,
            PatientExport export,
            PatientDuplicates duplicates,
            PatientReads reads) {
        this.reads = reads;
        this.duplicates = duplicates;
        this.export = export;
        this.register = register;
        this.directory = directory;
    }

    /**
     * A search. It is sent as a body because names and phone numbers never stand in an address.
     *
     * @param text the beginnings of words of the name, or a piece of the phone number or of an identifier; left out, everybody
     * @param tag only patients who have it; left out, all
     * @param archived true for archived patients instead of all others
     */
    record PatientSearch(
            @Size(max = 100) @Nullable String text,

            @Schema(example = "vip") @Size(max = Tags.LONGEST) @Nullable String tag,

            @Nullable Boolean archived,
            @Min(1) @Max(Page.MAX_LIMIT) @Nullable Integer limit,
            @Size(max = 2000) @Nullable String cursor) {}

    @Operation(
            operationId = "createPatient",
            summary = "Register a patient",
            description = "Phones may be typed as people of the clinic's country do. A number that opted out earlier "
                    + "stays opted out. An identifier belongs to one patient of the clinic: identifier-taken "
                    + "names who has it.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.PATIENTS_WRITE)
    @Refuses(Problem.IDENTIFIER_TAKEN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<PatientView> create(@PathVariable UUID organizationId, @Valid @RequestBody PatientRequest body) {
        var patient = register.register(body);
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/patients/%s".formatted(organizationId, patient.id())))
                .body(patient);
    }

    @Operation(
            operationId = "getPatient",
            summary = "One patient",
            description =
                    "Somebody who was merged into another patient answers patient-replaced (410), and its patientId"
                            + " says who they are now.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.PATIENTS_READ)
    @Refuses(Problem.PATIENT_REPLACED)
    @GetMapping("/{id}")
    PatientView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var patient = register.get(id);
        reads.shown(PatientPart.RECORD, id);
        return patient;
    }

    @Operation(
            operationId = "updatePatient",
            summary = "Replace what is written about a patient",
            description =
                    "Given name, family name, phone (where phoneNumbers are left out, too), birth date and notes left out are"
                            + " emptied; all else stays as it is. "
                            + "An archived patient is not listed any more, and nothing else changes.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT, Scope.PATIENTS_WRITE})
    @Refuses({Problem.IDENTIFIER_TAKEN, Problem.PATIENT_REPLACED})
    @PutMapping("/{id}")
    PatientView update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody PatientRequest body) {
        return register.correct(id, expected, body);
    }

    @Operation(
            operationId = "searchPatients",
            summary = "Find patients by name, phone or identifier",
            description = "Every word must begin a word of the name, accents and case apart; digits match the phone "
                    + "number and identifiers, with or without dots and dashes. Ordered by family name; the last page "
                    + "adds patients for whom somebody of that name answers the phone. Archived patients are found only "
                    + "when they are asked for.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.PATIENTS_READ)
    @Refuses(Problem.INVALID_CURSOR)
    @PostMapping("/search")
    Page<PatientView> search(@PathVariable UUID organizationId, @Valid @RequestBody PatientSearch body) {
        var text = Objects.requireNonNullElse(body.text(), "");
        // Asked for one digit more each time, a search tells the number that the answer leaves out.
        if (GrantedScopes.hideContacts() && text.chars().anyMatch(Character::isDigit)) {
            throw Problem.FORBIDDEN.because(
                    "Searching by numbers needs the scope " + Scope.PATIENTS_READ_CONTACT.wireName());
        }
        var page = directory.search(
                text,
                body.tag(),
                Objects.requireNonNullElse(body.archived(), false),
                Objects.requireNonNullElse(body.limit(), Page.DEFAULT_LIMIT),
                body.cursor());
        found(page.items());
        return page;
    }

    /** Few people are looked at one by one; many are a look at the register. */
    private void found(List<PatientView> patients) {
        if (patients.size() > FEW) {
            reads.shown(PatientPart.REGISTER, PatientReads.NOBODY);
        } else {
            reads.shown(
                    PatientPart.SEARCH_RESULTS,
                    patients.stream().map(PatientView::id).toList());
        }
    }

    /**
     * Tags that patients of the clinic have.
     *
     * @param items in alphabetical order, a hundred at most
     */
    @Schema(name = "PatientTags")
    record PatientTags(List<String> items) {}

    @Operation(
            operationId = "listPatientTags",
            summary = "The tags in use",
            description = "Those of patients who are not archived.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.PATIENTS_READ)
    @GetMapping("/tags")
    PatientTags tags(@PathVariable UUID organizationId) {
        return new PatientTags(directory.tags());
    }

    @Operation(
            operationId = "exportPatients",
            summary = "All patients as a file",
            description =
                    "Those who are not archived and not restricted, as CSV in UTF-8 or as a workbook, safe to be opened by a spreadsheet; an"
                            + " import reads it again. Written while it is read; who exports is audited.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = Downloads.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @Costs(Costs.FILE)
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            permissions = Permission.EXPORTS,
            scopes = {Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT})
    @GetMapping("/export")
    void export(
            @PathVariable UUID organizationId,
            @Parameter(description = "csv or xlsx") @RequestParam(defaultValue = "csv") @Size(max = 20) String format,
            HttpServletResponse response)
            throws IOException {
        var as = TableFormat.parameter(format);
        var begun = export.begin();
        reads.shown(PatientPart.REGISTER_EXPORT, PatientReads.NOBODY);
        export.write(begun, as, Downloads.begin(response, "recado-patients", as));
    }

    /**
     * Patients who may be the same person.
     *
     * @param items the likeliest first, five at most
     */
    @Schema(name = "PatientCandidates")
    record PatientCandidates(List<PatientDuplicates.Candidate> items) {}

    @Operation(
            operationId = "findPatientDuplicates",
            summary = "Who is there already and may be the same person",
            description =
                    "For a card that is being written: what is typed may be incomplete. Somebody with the same identifier"
                            + " is certain; others have a like name and the same phone or birth date, or the same name.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/duplicates")
    PatientCandidates duplicates(@PathVariable UUID organizationId, @Valid @RequestBody PatientRequest body) {
        var candidates = duplicates.of(body);
        found(candidates.stream().map(PatientDuplicates.Candidate::patient).toList());
        return new PatientCandidates(candidates);
    }
}
