package app.recado.patients.requests;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The copy of a patient's data over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patients/{id}/personal-data")
@Tag(name = "Patients")
class PersonalDataController {

    /** No name and no date: the file may lie in a folder that others see. */
    private static final String FILE_NAME = "datos-personales.json";

    private final PersonalData data;
    private final PatientReads reads;

    PersonalDataController(PersonalData data, PatientReads reads) {
        this.data = data;
        this.reads = reads;
    }

    @Operation(
            operationId = "exportPersonalData",
            summary = "What the clinic keeps about a patient, as a JSON file",
            description =
                    "The card, visits with their history, the waitlist, messages in both directions, consents and earlier"
                            + " requests. Files that came with messages are named, not contained. Written while it is read; who"
                            + " asks for it is recorded. Sections and fields may be added; format names what is there.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "object"),
                            examples =
                                    @ExampleObject(
                                            "{\"format\":\"recado-personal-data-1\",\"writtenAt\":\"2026-11-24T13:00:00Z\",\"clinic\":\"Los Almendros\",\"patient\":{\"givenName\":\"Ana\",\"familyName\":\"Sosa\"},\"appointments\":[]}")))
    @Costs(Costs.FILE)
    @Access(Allow.OWNER)
    @GetMapping
    void export(@PathVariable UUID organizationId, @PathVariable UUID id, HttpServletResponse response)
            throws IOException {
        var begun = data.begin(id);
        reads.shown(PatientPart.PERSONAL_DATA, id);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(FILE_NAME).build().toString());
        data.write(begun, response.getOutputStream());
    }
}
