package app.recado.bot;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a model is left alone, and how many calls run at once. */
class AssistantModelsTest {

    private static final UUID NORTH = new UUID(0, 1);
    private static final UUID SOUTH = new UUID(0, 2);

    private final SettableClock clock = new SettableClock();
    private final AssistantModels models = new AssistantModels(
            new AssistantProperties(
                    Set.of(),
                    Set.of("127.0.0.1"),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)),
            clock);

    {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
    }

    @AfterEach
    void close() throws IOException {
        models.close();
    }

    private void fails(UUID clinic, int times) {
        for (int n = 0; n < times; n++) {
            models.told(clinic, true);
        }
    }

    @Test
    void a_model_that_failed_five_times_in_a_row_is_left_alone_for_a_minute() {
        fails(NORTH, 4);
        assertThat(models.open(NORTH)).isFalse();

        fails(NORTH, 1);
        assertThat(models.open(NORTH)).isTrue();
        assertThat(models.open(SOUTH)).as("another clinic's model").isFalse();

        clock.advance(Duration.ofSeconds(59));
        assertThat(models.open(NORTH)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(models.open(NORTH)).as("one call is let through").isFalse();
    }

    @Test
    void one_more_failure_after_the_pause_begins_it_anew_and_one_answer_ends_it() {
        fails(NORTH, 5);
        clock.advance(Duration.ofMinutes(1));

        fails(NORTH, 1);
        assertThat(models.open(NORTH)).isTrue();

        clock.advance(Duration.ofMinutes(1));
        models.told(NORTH, false);
        fails(NORTH, 4);
        assertThat(models.open(NORTH)).as("they are counted from the beginning").isFalse();
    }

    @Test
    void a_clinic_has_two_calls_at_once_and_a_process_six() {
        assertThat(models.enter(NORTH)).isTrue();
        assertThat(models.enter(NORTH)).isTrue();
        assertThat(models.enter(NORTH)).as("a third of one clinic").isFalse();
        for (int clinic = 2; clinic <= 3; clinic++) {
            assertThat(models.enter(new UUID(0, clinic))).isTrue();
            assertThat(models.enter(new UUID(0, clinic))).isTrue();
        }
        assertThat(models.enter(new UUID(0, 4))).as("a seventh of the process").isFalse();

        models.leave(NORTH);
        assertThat(models.enter(new UUID(0, 4))).isTrue();
    }
}
