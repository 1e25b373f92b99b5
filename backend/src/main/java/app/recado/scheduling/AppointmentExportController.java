package app.recado.scheduling;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.kernel.security.Scope;
import app.recado.kernel.tables.Downloads;
import app.recado.kernel.tables.TableFormat;
import app.recado.kernel.web.Costs;
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
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Visits as a file. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Appointments")
class AppointmentExportController {

    private final AppointmentExport export;
    private final PatientReads reads;

    AppointmentExportController(AppointmentExport export, PatientReads reads) {
        this.export = export;
        this.reads = reads;
    }

    @Operation(
            operationId = "exportAppointments",
            summary = "The visits of some days as a file",
            description =
                    "Every visit that begins on them, cancelled ones too, on the wall clock of its location. As CSV in UTF-8"
                            + " or as a workbook, safe to be opened by a spreadsheet. Written while it is read; who exports is audited.")
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
            scopes = {Scope.APPOINTMENTS_READ, Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT})
    @GetMapping("/appointments/export")
    void export(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "csv or xlsx") @RequestParam(defaultValue = "csv") @Size(max = 20) String format,
            HttpServletResponse response)
            throws IOException {
        var as = TableFormat.parameter(format);
        var begun = export.begin(from, to);
        reads.shown(PatientPart.REGISTER_EXPORT, PatientReads.NOBODY);
        export.write(begun, as, Downloads.begin(response, "recado-appointments", as));
    }
}
