package app.recado.patients.requests;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a patient asked about their data.
 *
 * @param patient who asked, or for whom somebody did
 * @param kind what they asked for
 * @param receivedOn the clinic's day on which it came
 * @param dueOn the last day on which it is answered in time
 * @param term why it is due then
 * @param overdue true while it is open and that day is over
 * @param note what they said, in words; null when nobody wrote it down
 * @param reason what they were answered; null while it is open, or when that was not written down
 * @param closedAt when it was answered; null while it is open
 * @param closedBy who answered, as they are called; null while it is open
 */
@Schema(name = "PrivacyRequest")
record PrivacyRequestView(
        UUID id,
        PatientOfRequest patient,
        RequestKind kind,
        RequestState state,
        @Schema(example = "2026-11-24") LocalDate receivedOn,
        @Schema(example = "2026-12-04") LocalDate dueOn,
        ResponseTerm term,
        @Schema(example = "false") boolean overdue,

        @Schema(example = "Pide una copia para otro médico") @Nullable String note,

        @Schema(example = "La historia clínica se conserva diez años") @Nullable String reason,

        @Nullable Instant closedAt,
        @Schema(example = "Marcela Ruiz") @Nullable String closedBy,
        Instant createdAt,
        long version)
        implements Versioned {

    /**
     * Who asked.
     *
     * @param restricted whether the processing of their data is restricted now
     */
    @Schema(name = "PatientOfRequest")
    record PatientOfRequest(
            UUID id,
            String displayName,
            @Schema(example = "false") boolean restricted) {}

    /** What somebody asked belongs to them: never printed. */
    @Override
    public String toString() {
        return "PrivacyRequestView[id=" + id + ", state=" + state + "]";
    }
}
