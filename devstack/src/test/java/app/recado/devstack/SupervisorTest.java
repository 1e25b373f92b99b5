package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A part that dies is started again with growing pauses; the launcher never gives everything up for it. */
class SupervisorTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Long> pauses = new ArrayList<>();
    private final List<Boolean> complete = new ArrayList<>();
    private long now;
    private boolean stopping;
    private final Supervisor supervisor = new Supervisor(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            () -> stopping,
            complete::add,
            pause -> pauses.add(pause.toSeconds()),
            () -> now);

    /** Lives each time as long as it is told, then is stopped with everything else. */
    private final class Mortal implements Supervisor.Part {
        private final List<Duration> lives;
        private final List<Integer> failures;
        private int life;
        private int attempts;

        /** @param failures numbers of the attempts to start it that fail */
        Mortal(List<Duration> lives, List<Integer> failures) {
            this.lives = lives;
            this.failures = failures;
        }

        @Override
        public String name() {
            return "gateway";
        }

        @Override
        public String awaitEnd() {
            if (life == lives.size()) {
                stopping = true;
                return "stopped";
            }
            now += lives.get(life++).toNanos();
            return "code 1";
        }

        @Override
        public void restart() {
            if (failures.contains(++attempts)) {
                throw new DevstackException("gateway ended with code 1 before it was ready");
            }
        }
    }

    @Test
    void a_part_that_dies_again_and_again_is_started_every_time_with_pauses_up_to_a_minute() {
        var lives = LongStream.range(0, 9).mapToObj(Duration::ofSeconds).toList();

        supervisor.keep(new Mortal(lives, List.of()));

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void a_part_that_had_lasted_is_started_at_once_again() {
        supervisor.keep(
                new Mortal(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(5)), List.of()));

        assertThat(pauses).containsExactly(1L, 2L, 1L);
    }

    @Test
    void one_that_does_not_start_is_tried_again_and_meanwhile_nobody_is_told_that_all_runs() {
        supervisor.keep(new Mortal(List.of(Duration.ofSeconds(1)), List.of(1, 2)));

        assertThat(pauses).containsExactly(1L, 2L, 4L);
        assertThat(complete).containsExactly(false, true);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("before it was ready", "gateway runs again");
    }

    @Test
    void what_is_stopped_on_purpose_stays_stopped() {
        supervisor.keep(new Mortal(List.of(), List.of()));

        assertThat(pauses).isEmpty();
        assertThat(complete).isEmpty();
    }
}
