package app.recado.kernel.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Open live streams of this process. Each is fed by a virtual thread of its own from a bounded queue, so a slow reader
 * holds up nobody: when its queue overflows it is told to read everything again. Recent hints are remembered, so a
 * stream that breaks for a moment resumes where it was.
 */
@Component
class LiveStreams {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int REMEMBERED = 512;
    private static final int QUEUE = 256;

    /** Names this process's numbering: an id from before a restart or from another replica cannot be resumed here. */
    private final String epoch =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private final Map<UUID, Organization> organizations = new ConcurrentHashMap<>();
    private final Clock clock;

    LiveStreams(DatabaseNotifications notifications, Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        notifications.on(LiveHints.CHANNEL, this::heard);
        notifications.onGap(() -> organizations.values().forEach(Organization::reset));
        metrics.gauge(
                "recado.live.streams",
                organizations,
                all -> all.values().stream()
                        .mapToInt(organization -> organization.streams.size())
                        .sum());
    }

    /** Opens a stream that ends at {@code until}, when the caller's token does. */
    SseEmitter open(UUID organizationId, @Nullable String lastEventId, Instant until) {
        var emitter = new SseEmitter(0L);
        var stream = new Stream(emitter, until);
        var organization = organizations.computeIfAbsent(organizationId, id -> new Organization());
        organization.add(stream, lastEventId);
        Thread.ofVirtual().name("live-stream").start(() -> {
            try {
                stream.feed();
            } finally {
                organization.streams.remove(stream);
            }
        });
        return emitter;
    }

    private void heard(String payload) {
        var parts = payload.split(" ", 3);
        var organization = organizations.get(UUID.fromString(parts[0]));
        if (organization != null) {
            organization.hint(parts[1], parts[2]);
        }
    }

    private record Event(@Nullable String id, String name, String data) {}

    private final class Organization {
        private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
        private final ArrayDeque<Event> recent = new ArrayDeque<>();
        private long number;

        synchronized void add(Stream stream, @Nullable String lastEventId) {
            if (lastEventId != null) {
                resume(stream, lastEventId);
            }
            streams.add(stream);
        }

        private void resume(Stream stream, String lastEventId) {
            var known = recent.stream().anyMatch(event -> lastEventId.equals(event.id()));
            boolean nothingSince = lastEventId.equals(epoch + "-" + number);
            if (!known && !nothingSince) {
                stream.offer(new Event(epoch + "-" + number, "reset", "{}"));
                return;
            }
            boolean after = false;
            for (var event : recent) {
                if (after) {
                    stream.offer(event);
                }
                after |= lastEventId.equals(event.id());
            }
        }

        synchronized void hint(String kind, String id) {
            number++;
            var event = new Event(epoch + "-" + number, "hint", "{\"kind\":\"%s\",\"id\":\"%s\"}".formatted(kind, id));
            recent.addLast(event);
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
            streams.forEach(stream -> stream.offer(event));
        }

        synchronized void reset() {
            number++;
            recent.clear();
            var event = new Event(epoch + "-" + number, "reset", "{}");
            streams.forEach(stream -> stream.offer(event));
        }
    }

    private final class Stream {
        private final SseEmitter emitter;
        private final Instant until;
        private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
        private volatile boolean overflowed;
        private volatile boolean closed;

        Stream(SseEmitter emitter, Instant until) {
            this.emitter = emitter;
            this.until = until;
            emitter.onCompletion(() -> closed = true);
            emitter.onError(failure -> closed = true);
        }

        void offer(Event event) {
            if (!queue.offer(event)) {
                overflowed = true;
            }
        }

        void feed() {
            try {
                emitter.send(SseEmitter.event().comment("connected").reconnectTime(2000));
                while (!closed) {
                    var left = Duration.between(clock.instant(), until);
                    if (left.isNegative() || left.isZero()) {
                        emitter.send(SseEmitter.event().name("bye").data("{}"));
                        emitter.complete();
                        return;
                    }
                    var wait = left.compareTo(KEEP_ALIVE) < 0 ? left : KEEP_ALIVE;
                    var event = queue.poll(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
                    if (overflowed) {
                        queue.clear();
                        overflowed = false;
                        emitter.send(SseEmitter.event().name("reset").data("{}"));
                    } else if (event == null) {
                        emitter.send(SseEmitter.event().comment("keep-alive"));
                    } else {
                        var sent = SseEmitter.event().name(event.name()).data(event.data());
                        emitter.send(event.id() == null ? sent : sent.id(event.id()));
                    }
                }
            } catch (IOException | IllegalStateException e) {
                emitter.complete(); // the reader hung up
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                emitter.complete();
            }
        }
    }
}
