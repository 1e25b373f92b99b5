package app.recado.reporting;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a number of visits. Whoever came or did not come counts for the share; visits that were cancelled or that
 * nobody has closed say nothing about it.
 *
 * @param attended visits to which the patient came
 * @param missed visits to which the patient did not come, as staff recorded it
 * @param cancelled visits that were called off
 * @param unrecorded visits whose time is over and of which nobody has said what became
 * @param missedShare missed out of attended and missed; null while there are none of these
 */
@Schema(name = "VisitOutcomes")
record Outcomes(
        @Schema(example = "180") int attended,
        @Schema(example = "14") int missed,
        @Schema(example = "21") int cancelled,
        @Schema(example = "3") int unrecorded,
        @Nullable Share missedShare) {

    /** Aggregates of a query over rows with an {@code outcome}, under the names that {@link #of} reads. */
    static final String COUNTS = """
             count(*) filter (where outcome = 'attended') as attended,
             count(*) filter (where outcome = 'missed') as missed,
             count(*) filter (where outcome = 'cancelled') as cancelled,
             count(*) filter (where outcome = 'unrecorded') as unrecorded
            """;

    static final Outcomes NONE = of(0, 0, 0, 0);

    /** Both together; the share is that of all of them. */
    Outcomes plus(Outcomes more) {
        return of(
                attended + more.attended,
                missed + more.missed,
                cancelled + more.cancelled,
                unrecorded + more.unrecorded);
    }

    static Outcomes of(ResultSet row) throws SQLException {
        return of(row.getInt("attended"), row.getInt("missed"), row.getInt("cancelled"), row.getInt("unrecorded"));
    }

    static Outcomes of(int attended, int missed, int cancelled, int unrecorded) {
        var decided = attended + missed;
        return new Outcomes(attended, missed, cancelled, unrecorded, decided == 0 ? null : Share.of(missed, decided));
    }

    /**
     * A share and how sure it is: with few visits the true share may lie far from the one that was counted.
     *
     * @param value from 0 to 1
     * @param low where the true share begins, with 95 % confidence (Wilson's score interval)
     * @param high where it ends
     */
    @Schema(name = "MeasuredShare")
    record Share(
            @Schema(example = "0.0722") double value,
            @Schema(example = "0.0435") double low,
            @Schema(example = "0.1175") double high) {

        /** The normal deviate of 95 %. */
        private static final double Z = 1.959964;

        static Share of(int part, int whole) {
            var share = (double) part / whole;
            var scale = 1 + Z * Z / whole;
            var centre = (share + Z * Z / (2 * whole)) / scale;
            var reach = Z / scale * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
            return new Share(
                    rounded(share), rounded(Math.max(0, centre - reach)), rounded(Math.min(1, centre + reach)));
        }

        private static double rounded(double share) {
            return Math.round(share * 10_000) / 10_000.0;
        }
    }
}
