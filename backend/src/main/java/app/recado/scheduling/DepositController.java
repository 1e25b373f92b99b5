package app.recado.scheduling;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What became of the deposit of a visit, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/appointments/{id}/deposit")
@Tag(name = "Appointments")
class DepositController {

    private final VisitDeposits deposits;

    DepositController(VisitDeposits deposits) {
        this.deposits = deposits;
    }

    /** What became of a deposit. */
    @Schema(name = "AppointmentDepositMark")
    record Mark(
            @Schema(
                    description = "due takes a mark back; a deposit lapses by itself",
                    allowableValues = {"due", "paid", "waived"},
                    example = "paid")
            @NotNull DepositState state) {}

    @Operation(
            operationId = "markAppointmentDeposit",
            summary = "Say that the deposit of a visit was paid, or is not wanted",
            description = "Of a visit that was booked online while the clinic asks for a deposit.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PutMapping
    AppointmentView mark(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Mark body) {
        if (body.state() == DepositState.LAPSED) {
            throw Problem.INVALID_FIELDS.at("/state", "unknown-value", "A deposit lapses by itself");
        }
        return deposits.mark(id, expected, body.state());
    }
}
