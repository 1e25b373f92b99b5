package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.LoadFigures.Timed;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a load run says in numbers. */
class LoadFiguresTest {

    @Test
    void a_percentile_is_a_time_that_was_measured() {
        assertThat(LoadFigures.percentile(LongStream.rangeClosed(1, 200).toArray(), 0.99))
                .isEqualTo(198);
        assertThat(LoadFigures.percentile(new long[] {7}, 0.5)).isEqualTo(7);
        assertThat(LoadFigures.percentile(new long[0], 0.5)).isZero();
    }

    @Test
    void times_are_told_in_milliseconds() {
        var figures = new LoadFigures();
        figures.add(Timed.BOOK, 3_000_000);
        figures.add(Timed.BOOK, 41_000_000);

        assertThat(figures.percentile(Timed.BOOK, 0.5)).isEqualTo(3);
        assertThat(figures.percentile(Timed.BOOK, 0.99)).isEqualTo(41);
        assertThat(figures.count(Timed.BOOK)).isEqualTo(2);
    }

    @Test
    void failures_are_quoted_up_to_a_few() {
        var figures = new LoadFigures();
        IntStream.range(0, 13).forEach(i -> figures.fail("request " + i));

        assertThat(figures.failures()).hasSize(11).startsWith("request 0").endsWith("and 3 more");
    }

    @Test
    void what_this_process_computed_is_seen() {
        var costs = ProcessCosts.of(ProcessHandle.current().pid(), false);

        // Zero where the system has no /proc, which a load run says.
        assertThat(costs.seconds()).isGreaterThanOrEqualTo(0);
        if (System.getProperty("os.name").equals("Linux")) {
            assertThat(costs.seconds()).isPositive();
            assertThat(costs.megabytes()).isGreaterThan(10);
        }
    }
}
