package app.recado.booking;

import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link by which a patient completes their card, once.
 *
 * @param sentAt when it was sent last; null when it never was
 * @param sent how often it was sent
 * @param openedAt when somebody first looked at it
 * @param answerHash of what was answered, so that a repetition is known; null before
 * @param differing JSON: what the patient said otherwise than staff wrote, until staff decided
 * @param identifierTaken the patient's paper is another patient's
 * @param consents JSON: what was agreed to, in the words that were shown
 */
record Preregistration(
        UUID id,
        UUID patientId,
        Instant expiresAt,
        @Nullable Instant sentAt,
        int sent,
        @Nullable Instant openedAt,
        @Nullable Instant completedAt,
        @Nullable Instant revokedAt,
        @Nullable String answerHash,
        String differing,
        boolean identifierTaken,
        String consents,
        Instant createdAt,
        long version) {

    static Preregistration of(ResultSet row) throws SQLException {
        return new Preregistration(
                row.getObject("id", UUID.class),
                row.getObject("patient_id", UUID.class),
                SqlTime.instant(row, "expires_at"),
                SqlTime.instantOrNull(row, "sent_at"),
                row.getInt("sent"),
                SqlTime.instantOrNull(row, "opened_at"),
                SqlTime.instantOrNull(row, "completed_at"),
                SqlTime.instantOrNull(row, "revoked_at"),
                row.getString("answer_hash"),
                row.getString("differing"),
                row.getBoolean("identifier_taken"),
                row.getString("consents"),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"));
    }

    PreregistrationState state(Instant now) {
        if (completedAt != null) {
            return PreregistrationState.COMPLETED;
        }
        if (revokedAt != null) {
            return PreregistrationState.REVOKED;
        }
        return now.isBefore(expiresAt) ? PreregistrationState.OPEN : PreregistrationState.EXPIRED;
    }

    /** Of a person: never printed. */
    @Override
    public String toString() {
        return "Preregistration[" + id + "]";
    }
}
