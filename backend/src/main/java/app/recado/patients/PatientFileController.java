package app.recado.patients;

import app.recado.kernel.PlainText;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.FileAnswers;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.OrganizationLimits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files of patients over HTTP. Each look is recorded, and so is who attached or removed one. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/files")
@Tag(name = "Patients")
class PatientFileController {

    private final PatientFiles files;
    private final Media media;
    private final OrganizationLimits limits;
    private final PatientReads reads;
    private final Clock clock;

    PatientFileController(PatientFiles files, Media media, OrganizationLimits limits, PatientReads reads, Clock clock) {
        this.files = files;
        this.media = media;
        this.limits = limits;
        this.reads = reads;
        this.clock = clock;
    }

    /** Files of a patient. */
    @Schema(name = "PatientFiles")
    record FileList(
            @Schema(description = "The latest first") List<PatientFiles.PatientFile> items) {}

    @Operation(operationId = "listPatientFiles", summary = "Pictures and documents of a patient")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    FileList list(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var items = files.list(id);
        reads.shown(PatientPart.RECORD, id);
        return new FileList(items);
    }

    @Operation(
            operationId = "attachPatientFile",
            summary = "Attach a picture or a document to a patient",
            description =
                    "The bytes themselves, at most 16,000,000. JPEG, PNG, GIF, WebP and PDF, told by the content. Its name"
                            + " stands in a header, because addresses are written to logs.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses({Problem.BODY_TOO_LARGE, Problem.MEDIA_TYPE_REFUSED, Problem.MEDIA_UNAVAILABLE, Problem.LIMIT_REACHED})
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<PatientFiles.PatientFile> attach(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(
                            description = "Its name (RFC 6266); left out, one for its kind",
                            example = "attachment; filename*=UTF-8''fondo-de-ojo.jpg")
                    @RequestHeader(name = HttpHeaders.CONTENT_DISPOSITION, required = false)
                    @Nullable String disposition,
            HttpServletRequest request)
            throws IOException {
        files.mustBeThere(id);
        var name = nameIn(disposition);
        limits.admitUpload();
        var stored = media.keep(request.getInputStream());
        var file = files.attach(
                id,
                null,
                name.isEmpty() ? nameFor(stored.contentType()) : name,
                stored,
                clock.instant(),
                Caller.current().subject());
        var made = files.get(id, file).file();
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/patients/%s/files/%s".formatted(organizationId, id, file)))
                .body(made);
    }

    /** In one line and without folders; empty for none. */
    private static String nameIn(@Nullable String disposition) {
        if (disposition == null) {
            return "";
        }
        try {
            var said = ContentDisposition.parse(disposition).getFilename();
            var name = said == null
                    ? ""
                    : PlainText.oneLine(said.substring(Math.max(said.lastIndexOf('/'), said.lastIndexOf('\\')) + 1));
            return name.substring(
                    0,
                    name.offsetByCodePoints(
                            0, Math.min(PatientFiles.LONGEST_NAME, name.codePointCount(0, name.length()))));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String nameFor(String contentType) {
        return "archivo." + contentType.substring(contentType.indexOf('/') + 1);
    }

    @Operation(
            operationId = "removePatientFile",
            summary = "Remove a patient's file",
            description = "Its bytes are deleted; nobody brings them back.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{fileId}")
    void remove(@PathVariable UUID organizationId, @PathVariable UUID id, @PathVariable UUID fileId) {
        media.delete(files.remove(id, fileId));
    }

    @Operation(
            operationId = "getPatientFile",
            summary = "The bytes of a patient's file",
            description =
                    "Of the type found by its content. Pictures may be shown in place, everything else is to be saved.")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes",
            content = @Content(mediaType = MediaType.ALL_VALUE, schema = @Schema(type = "string", format = "binary")))
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.MEDIA_UNAVAILABLE)
    @GetMapping("/{fileId}")
    ResponseEntity<Resource> content(
            @PathVariable UUID organizationId, @PathVariable UUID id, @PathVariable UUID fileId) {
        var kept = files.get(id, fileId);
        reads.shown(PatientPart.RECORD, id);
        var bytes = media.open(kept.mediaKey())
                .orElseThrow(() -> Problem.NOT_FOUND.because("The media store has lost this file"));
        return FileAnswers.of(
                bytes,
                kept.file().contentType(),
                kept.file().size(),
                kept.file().name());
    }
}
