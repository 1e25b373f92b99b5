package app.recado.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CompletionsTest {

    private final UUID clinic = UUID.randomUUID();
    private final List<List<Integer>> recorded = Collections.synchronizedList(new ArrayList<>());

    @Test
    void what_is_answered_while_a_batch_is_recorded_is_the_next_batch() throws InterruptedException {
        var recording = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var completions = new Completions<Integer>((organization, answers) -> {
            recording.countDown();
            await(go);
            recorded.add(answers);
        });
        var first = Thread.ofVirtual().start(() -> completions.add(clinic, 1));
        recording.await();
        for (int i = 2; i <= 6; i++) {
            completions.add(clinic, i); // nobody waits
        }
        go.countDown();
        first.join();

        assertThat(recorded).containsExactly(List.of(1), List.of(2, 3, 4, 5, 6));
    }

    @Test
    void one_answer_that_cannot_be_recorded_costs_no_other() throws InterruptedException {
        var recording = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var completions = new Completions<Integer>((organization, answers) -> {
            recording.countDown();
            await(go);
            if (answers.size() > 1) {
                throw new IllegalStateException("together they cannot");
            }
            recorded.add(answers);
        });
        var first = Thread.ofVirtual().start(() -> completions.add(clinic, 1));
        recording.await();
        completions.add(clinic, 2);
        completions.add(clinic, 3);
        go.countDown();
        first.join();

        assertThat(recorded).containsExactly(List.of(1), List.of(2), List.of(3));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
