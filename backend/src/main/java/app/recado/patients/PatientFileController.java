package app.recado.patients;

import app.recado.kernel.Problem;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Files of patients over HTTP. Each look is recorded. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/files")
@Tag(name = "Patients")
class PatientFileController {

    private final PatientFiles files;
    private final Media media;
    private final PatientReads reads;

    PatientFileController(PatientFiles files, Media media, PatientReads reads) {
        this.files = files;
        this.media = media;
        this.reads = reads;
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
        var type = kept.file().contentType();
        var disposition = Media.mayBeShown(type) ? ContentDisposition.inline() : ContentDisposition.attachment();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .contentLength(kept.file().size())
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition
                                .filename(kept.file().name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(new InputStreamResource(bytes));
    }
}
