package app.recado.clinicexport;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Everything a clinic has, for its owner. */
@RestController
@Tag(name = "Organizations")
class ClinicExportController {

    private static final String ZIP = "application/zip";

    private final ClinicArchive archive;
    private final PatientReads reads;

    ClinicExportController(ClinicArchive archive, PatientReads reads) {
        this.archive = archive;
        this.reads = reads;
    }

    @Operation(
            operationId = "exportClinic",
            summary = "Everything the clinic has, as one archive",
            description =
                    "A ZIP archive: a file of JSON lines for each table, as all of them stood at one moment, files that"
                            + " people sent, and at the end manifest.json with the number of records, the length and the SHA-256 of"
                            + " each, and what is left out and why (secrets, practitioners' notes, what is of use here only). An"
                            + " archive without a manifest broke off. Who exports is audited.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    @Costs(Costs.CLINIC)
    @Access(Allow.OWNER)
    @GetMapping("/api/v1/organizations/{organizationId}/export")
    void export(@PathVariable UUID organizationId, HttpServletResponse response) throws IOException {
        var begun = archive.begin();
        reads.shown(PatientPart.REGISTER_EXPORT, PatientReads.NOBODY);
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("recado-clinic.zip")
                        .build()
                        .toString());
        archive.write(begun, response.getOutputStream());
    }
}
