package app.recado.whatsapp;

import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as it was last reported, and what the clinic wants of it. For engines; neighbours see {@link LineFacts}.
 *
 * @param typingTold what the engine knows of {@code typing}; null when it was never told
 * @param downSince since when it does not run although it should; null while it does, or need not
 * @param running what the clinic wants of it
 * @param observation how much was taken over about it so far
 * @param engineSince when its engine, by the engine's own clock, came into the state it last reported
 * @param silentSince since when its provider does not answer those who watch it; null while it does
 */
public record Line(
        UUID id,
        String name,
        LineEngineKind engine,
        boolean isDefault,
        boolean typing,
        @Nullable Boolean typingTold,
        LineState state,
        String cause,
        @Nullable Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String phone,
        @Nullable String profileName,
        @Nullable String platform,
        @Nullable String otherPhone,
        @Nullable Instant downSince,
        boolean running,
        long observation,
        @Nullable Instant engineSince,
        @Nullable Instant silentSince,
        long version) {

    static Line of(ResultSet row, int n) throws SQLException {
        return new Line(
                row.getObject("id", UUID.class),
                row.getString("name"),
                LineEngineKind.of(row.getString("engine")),
                row.getBoolean("is_default"),
                row.getBoolean("typing"),
                row.getObject("typing_told", Boolean.class),
                LineState.of(row.getString("state")),
                row.getString("cause"),
                SqlTime.instantOrNull(row, "since"),
                SqlTime.instantOrNull(row, "next_attempt_at"),
                row.getString("phone"),
                row.getString("profile_name"),
                row.getString("platform"),
                row.getString("other_phone"),
                SqlTime.instantOrNull(row, "down_since"),
                row.getString("desired").equals(LineStates.RUNNING),
                row.getLong("observation"),
                SqlTime.instantOrNull(row, "engine_since"),
                SqlTime.instantOrNull(row, "silent_since"),
                row.getLong("version"));
    }

    /** Whether the engine has yet to hear how this line writes. Its own default is to type. */
    public boolean typingIsNews() {
        return typing != (typingTold == null || typingTold);
    }

    /** Since when it would be down in another state. A line that nobody has linked or that a person stopped is not. */
    @Nullable Instant downSinceIf(LineState next, Instant at) {
        // To the millisecond, by which the alarm for this loss is known.
        var already = downSince == null ? at.truncatedTo(ChronoUnit.MILLIS) : downSince;
        return switch (next) {
            case LINKED, STOPPED -> null;
            case RECONNECTING, NEEDS_PAIRING, HALTED -> phone == null ? null : already;
            case STARTING -> state == LineState.LINKED || downSince != null ? already : null;
            case PAIRING -> downSince;
        };
    }

    LineFacts facts() {
        return new LineFacts(id, name, engine, isDefault, state, phone);
    }
}
