package app.recado.notices;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody was told of a visit, or in some days, and what they answered.
 *
 * @param patientId whom
 * @param patientName as the clinic wrote it
 * @param appointmentId the visit; null for all that was said in some days
 * @param writtenAt when this was put together
 * @param lines the oldest first
 * @param sha256 of the whole: of the lines' hashes in their order, joined by line feeds, in UTF-8; hexadecimal. Asked for
 *     again, the same lines have the same hashes
 */
@Schema(name = "NoticeProof")
record NoticeProof(
        UUID patientId,
        @Schema(example = "Ana Sosa") String patientName,
        @Nullable UUID appointmentId,
        Instant writtenAt,
        List<ProofLine> lines,

        @Schema(example = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
        String sha256) {}
