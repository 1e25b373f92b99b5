package app.recado.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of engines that wait to be recorded, by organization. While one batch of an organization is being recorded, what
 * is answered meanwhile becomes the next: many commits become few without anybody waiting for a batch to fill.
 *
 * @param <T> an answer
 */
final class Completions<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);
    private static final int MOST = 200;
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BiConsumer<UUID, List<T>> record;
    private final Map<UUID, Waiting<T>> waiting = new ConcurrentHashMap<>();

    /** @param record records answers of an organization; may throw, and is then asked again */
    Completions(BiConsumer<UUID, List<T>> record) {
        this.record = record;
    }

    private static final class Waiting<T> {
        private final Queue<T> answers = new ArrayDeque<>();
        private boolean recording;
    }

    void add(UUID organization, T answer) {
        var mine = waiting.computeIfAbsent(organization, id -> new Waiting<>());
        synchronized (mine) {
            mine.answers.add(answer);
            if (mine.recording) {
                return;
            }
            mine.recording = true;
        }
        while (true) {
            List<T> batch = new ArrayList<>();
            synchronized (mine) {
                while (batch.size() < MOST && !mine.answers.isEmpty()) {
                    batch.add(mine.answers.remove());
                }
                if (batch.isEmpty()) {
                    mine.recording = false;
                    return;
                }
            }
            recorded(organization, batch);
        }
    }

    /** Answers that cannot be recorded together are recorded one by one: one of them must not cost the others. */
    private void recorded(UUID organization, List<T> batch) {
        for (int i = 1; ; i++) {
            try {
                record.accept(organization, batch);
                return;
            } catch (RuntimeException e) {
                LOG.error(
                        "{} answers of engines for {} could not be recorded: {}",
                        batch.size(),
                        organization,
                        e.getClass().getName());
            }
            if (batch.size() > 1) {
                batch.forEach(one -> recorded(organization, List.of(one)));
                return;
            }
            if (i == TRIES) {
                return; // its lease ends, and whoever finds it then does what its engine allows
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
