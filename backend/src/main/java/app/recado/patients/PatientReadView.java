package app.recado.patients;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of the clinic looked at a patient.
 *
 * @param at when, for the first time within a quarter of an hour
 * @param part what they looked at
 * @param patient whom; null for the register as a whole
 * @param reader who looked
 */
@Schema(name = "PatientRead")
record PatientReadView(
        Instant at, PatientPart part, @Nullable PatientOfRead patient, Reader reader) {

    /**
     * Whose card it was.
     *
     * @param displayName null when the card does not exist any more
     */
    @Schema(name = "PatientOfRead")
    record PatientOfRead(UUID id, @Nullable String displayName) {}

    /**
     * Who looked.
     *
     * @param subject the account's id at the identity server
     * @param name as the account was called then; null for programs
     */
    @Schema(name = "ReaderOfPatient")
    record Reader(
            String subject,
            @Schema(example = "Marcela Ruiz") @Nullable String name) {}
}
