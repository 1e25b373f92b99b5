package app.recado.booking;

import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A form that somebody fills on the booking page.
 *
 * @param hold the time that is kept for it; may have expired
 * @param expiresAt until when it is kept
 * @param phone E.164; null until a code was asked for
 * @param codeHash null until a code was sent
 * @param codes how many were sent
 * @param tries how often a wrong one was typed since the last was sent
 * @param appointmentId the visit it became; null until then
 */
record BookingForm(
        UUID id,
        UUID serviceId,
        UUID practitionerId,
        Instant start,
        Instant end,
        UUID hold,
        Instant expiresAt,
        @Nullable String phone,
        @Nullable String language,
        @Nullable String codeHash,
        @Nullable Instant codeSentAt,
        @Nullable Instant codeExpiresAt,
        int codes,
        int tries,
        @Nullable UUID appointmentId) {

    static BookingForm of(ResultSet row, int n) throws SQLException {
        return new BookingForm(
                row.getObject("id", UUID.class),
                row.getObject("healthcare_service_id", UUID.class),
                row.getObject("practitioner_id", UUID.class),
                SqlTime.instant(row, "starts_at"),
                SqlTime.instant(row, "ends_at"),
                row.getObject("hold_id", UUID.class),
                SqlTime.instant(row, "expires_at"),
                row.getString("phone"),
                row.getString("language"),
                row.getString("code_hash"),
                SqlTime.instantOrNull(row, "code_sent_at"),
                SqlTime.instantOrNull(row, "code_expires_at"),
                row.getInt("codes"),
                row.getInt("tries"),
                row.getObject("appointment_id", UUID.class));
    }

    /** The number belongs to a person: never printed. */
    @Override
    public String toString() {
        return "BookingForm[id=" + id + "]";
    }
}
