package app.recado.notices;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What somebody was told, over HTTP and as files. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Notices")
class NoticeProofController {

    private static final String FILE = "The file";
    private static final String HASHES =
            " Every line has a SHA-256 hash, and all of them together one: asked for again, the same lines have the same"
                    + " hashes. A phone that a spreadsheet would take for a formula has an apostrophe before it, which is not hashed.";

    private final NoticeProofs proofs;
    private final OrganizationProfiles organizations;
    private final PatientReads reads;

    NoticeProofController(NoticeProofs proofs, OrganizationProfiles organizations, PatientReads reads) {
        this.proofs = proofs;
        this.organizations = organizations;
        this.reads = reads;
    }

    @Operation(
            operationId = "getNoticeProofOfAppointment",
            summary = "What the patient of a visit was told and answered, with hashes")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/appointments/{id}/notice-proof")
    NoticeProof ofVisit(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return seen(proofs.ofVisit(id));
    }

    @Operation(
            operationId = "exportNoticeProofOfAppointment",
            summary = "The same as a PDF to print or a CSV to check",
            description =
                    "The PDF speaks the clinic's language and shows its clocks; the CSV has UTC and codes." + HASHES)
    @ApiResponse(
            responseCode = "200",
            description = FILE,
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/appointments/{id}/notice-proof/export")
    void exportOfVisit(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "pdf or csv") @RequestParam(defaultValue = "pdf") @Size(max = 20) String format,
            HttpServletResponse response)
            throws IOException {
        var as = ProofFormat.parameter(format);
        write(seen(proofs.ofVisit(id)), as, response);
    }

    @Operation(
            operationId = "getNoticeProofOfPatient",
            summary = "What somebody was told and answered in some days, with hashes")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/patients/{id}/notice-proof")
    NoticeProof ofPatient(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "First day; a year before the end when it is left out")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @Parameter(description = "The day after the last; tomorrow when it is left out")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate to) {
        return seen(proofs.ofPatient(id, from, to));
    }

    @Operation(
            operationId = "exportNoticeProofOfPatient",
            summary = "The same as a PDF to print or a CSV to check",
            description =
                    "The PDF speaks the clinic's language and shows its clocks; the CSV has UTC and codes." + HASHES)
    @ApiResponse(
            responseCode = "200",
            description = FILE,
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/patients/{id}/notice-proof/export")
    void exportOfPatient(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "First day; a year before the end when it is left out")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @Parameter(description = "The day after the last; tomorrow when it is left out")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate to,
            @Parameter(description = "pdf or csv") @RequestParam(defaultValue = "pdf") @Size(max = 20) String format,
            HttpServletResponse response)
            throws IOException {
        var as = ProofFormat.parameter(format);
        write(seen(proofs.ofPatient(id, from, to)), as, response);
    }

    private NoticeProof seen(NoticeProof proof) {
        reads.shown(PatientPart.MESSAGES, proof.patientId());
        return proof;
    }

    private void write(NoticeProof proof, ProofFormat format, HttpServletResponse response) throws IOException {
        // Whole before the first byte: a file that ends early would prove something else.
        var file = format.file(proof, organizations.current());
        response.setContentType(format.mediaType());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("constancia-de-aviso." + format.extension())
                        .build()
                        .toString());
        response.getOutputStream().write(file);
    }

    /** The kinds of file in which a proof leaves. */
    enum ProofFormat {
        /** For people. */
        PDF("application/pdf") {
            @Override
            byte[] file(NoticeProof proof, app.recado.organizations.OrganizationProfile clinic) throws IOException {
                return ProofPdf.write(proof, clinic);
            }
        },
        /** For whoever checks the hashes. */
        CSV("text/csv;charset=UTF-8") {
            @Override
            byte[] file(NoticeProof proof, app.recado.organizations.OrganizationProfile clinic) throws IOException {
                return ProofCsv.write(proof);
            }
        };

        private final String mediaType;

        ProofFormat(String mediaType) {
            this.mediaType = mediaType;
        }

        abstract byte[] file(NoticeProof proof, app.recado.organizations.OrganizationProfile clinic) throws IOException;

        String mediaType() {
            return mediaType;
        }

        String extension() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static ProofFormat parameter(String word) {
            return java.util.Arrays.stream(values())
                    .filter(format -> format.extension().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Problem.INVALID_PARAMETER.because("format is pdf or csv"));
        }
    }
}
