package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drills fail when what they are for does not hold. */
class DrillVerdictsTest {

    @Test
    void a_restore_that_has_everything_once_is_right() {
        var rows = Map.of("recado.patient", "2 rows, a1", "recado.message", "4 rows, b2");

        assertThat(RestoreVerdict.ofRows(rows, rows)).isEmpty();
        assertThat(RestoreVerdict.ofPhones("open in the backup", 4, 4)).isEmpty();
    }

    @Test
    void a_row_that_differs_or_is_gone_is_told() {
        assertThat(RestoreVerdict.ofRows(
                        Map.of("recado.patient", "2 rows, a1", "recado.message", "4 rows, b2"),
                        Map.of("recado.patient", "2 rows, ff")))
                .containsExactly(
                        "recado.message: nothing instead of 4 rows, b2",
                        "recado.patient: 2 rows, ff instead of 2 rows, a1");
    }

    @Test
    void patients_who_are_told_again_are_counted() {
        assertThat(RestoreVerdict.ofPhones("open in the backup", 4, 8))
                .containsExactly("8 messages on phones instead of 4 of those that were open in the backup");
    }

    @Test
    void connections_beyond_what_is_promised_are_told_by_role() {
        var direct = LoadBounds.of(2, false);

        assertThat(direct.exceededBy(Map.of("recado_app", 18, "recado_worker", 4, "recado_gateway", 28)))
                .isEmpty();
        assertThat(direct.exceededBy(Map.of("recado_app", 82, "recado_worker", 5)))
                .containsExactly(
                        "recado_app had 82 connections, 18 at most are promised",
                        "recado_worker had 5 connections, 4 at most are promised");
        assertThat(LoadBounds.of(2, true).exceededBy(Map.of("recado_app", 9))).hasSize(1);
    }
}
