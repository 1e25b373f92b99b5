package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crash runs end with a summary, whatever became of one of them. */
class CrashTallyTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CrashTally tally = new CrashTally(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void a_run_that_breaks_off_is_a_complaint_and_the_next_one_takes_place() {
        var recovered = new AtomicInteger();

        tally.run("0 here #1", () -> counts(3), recovered::incrementAndGet);
        tally.run(
                "1 there #2",
                () -> {
                    throw new DevstackException("The line did not come back");
                },
                recovered::incrementAndGet);
        tally.run("2 here #1", () -> counts(4), recovered::incrementAndGet);

        assertThat(tally.report()).isEqualTo(1);
        assertThat(recovered).hasValue(1);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("3 runs: 7 visits acknowledged")
                .contains("1 there #2: broke off: The line did not come back")
                .contains("1 complaints.");
    }

    @Test
    void runs_without_complaints_say_so() {
        tally.run("0 here #1", () -> counts(3), () -> {});

        assertThat(tally.report()).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("Nothing lost, nothing twice.");
    }

    @Test
    void a_part_that_is_killed_before_it_answers_is_told_from_one_that_gave_up() {
        assertThatThrownBy(() -> start("kill -KILL $$"))
                .isInstanceOfSatisfying(
                        EndedBeforeReady.class,
                        ended -> assertThat(ended.wasKilled()).isTrue());
        assertThatThrownBy(() -> start("exit 1"))
                .isInstanceOfSatisfying(
                        EndedBeforeReady.class,
                        ended -> assertThat(ended.wasKilled()).isFalse());
    }

    private Child start(String script) {
        return Child.start(new Child.Spec(
                        "part", List.of("sh", "-c", script), folder, Map.of(), folder.resolve("log"), "TERM"))
                .awaitReady(() -> false, "nothing", Duration.ofMinutes(1));
    }

    private static CrashClinic.Counts counts(int bookings) {
        return new CrashClinic.Counts(bookings, bookings, 0, 0, List.of());
    }
}
