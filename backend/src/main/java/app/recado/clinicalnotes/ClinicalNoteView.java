package app.recado.clinicalnotes;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A note of a practitioner.
 *
 * @param appointmentId the visit it is about; null for none
 * @param author who wrote it first, as they were called then
 * @param writtenAt when it was written first
 * @param correctedAt when it was corrected last; null when it never was
 * @param correctedBy who corrected it last; null when it never was
 * @param former what it said before, the latest first; only on a single note, null in lists
 */
@Schema(name = "ClinicalNote")
record ClinicalNoteView(
        UUID id,
        UUID patientId,
        @Nullable UUID appointmentId,

        @Schema(example = "Alergia a la penicilina. Control en seis meses.")
        String text,

        @Schema(example = "Dra. Gómez") String author,
        Instant writtenAt,
        @Nullable Instant correctedAt,
        @Schema(example = "Dra. Gómez") @Nullable String correctedBy,
        @Nullable List<Former> former,
        long version)
        implements Versioned {

    /**
     * What a note said until it was corrected.
     *
     * @param writtenAt since when it said so
     * @param author who wrote it like that
     */
    @Schema(name = "FormerClinicalNote")
    record Former(
            @Schema(example = "Alergia a la amoxicilina.") String text,
            @Schema(example = "Dra. Gómez") String author,
            Instant writtenAt) {

        @Override
        public String toString() {
            return "Former[writtenAt=" + writtenAt + "]";
        }
    }

    /** What it says belongs to a patient: never printed. */
    @Override
    public String toString() {
        return "ClinicalNoteView[id=" + id + ", version=" + version + "]";
    }
}
