package app.recado.kernel.live;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Open live streams of this process. Each is fed by a virtual thread of its own from a bounded queue, so a slow reader
 * holds up nobody: when its queue overflows it is told to read everything again. Recent hints are remembered, so a
 * stream that breaks for a moment resumes where it was, and one that begins hears of what changed while its reader was
 * reading.
 */
@Component
class LiveStreams {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int REMEMBERED = 512;
    private static final int QUEUE = 256;

    /**
     * A new stream begins with the hints of so long before it. Its reader has read records already when it connects: what
     * changed in between would stay unseen until it changes again.
     */
    static final Duration BEFORE_ITS_BEGINNING = Duration.ofSeconds(10);

    /** A stream may go on for so long after what it may hear was taken away. */
    private static final Duration RIGHTS_HOLD = Duration.ofSeconds(1);

    /**
     * Streams of one account in this process: the tabs of a person, the instances of an integration. Renewing the token does
     * not make it more, and a stream that broke counts until the next sign of life fails.
     */
    static final int STREAMS_PER_SUBJECT = 30;

    /** Streams of one clinic in this process, whoever opens them: many keys are not many shares. */
    static final int STREAMS_PER_ORGANIZATION = 300;

    /** Names this process's numbering: an id from before a restart or from another replica cannot be resumed here. */
    private final String epoch =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private final Map<UUID, Organization> organizations = new ConcurrentHashMap<>();

    /** Open streams by the subject of their token. */
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

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

    /** Where the events of one stream go. A call returns when the reader can take more. */
    interface Reader {

        /** @param id null for what cannot be resumed after */
        void event(@Nullable String id, String name, String data) throws IOException;

        void comment(String words) throws IOException;

        /** Nothing more comes. */
        void end();
    }

    /** What the reader of a stream may hear of, asked again and again while it is open. */
    @FunctionalInterface
    interface Rights {

        /** Members of a clinic: hints hold no data, and what they name is read with the member's own roles. */
        Rights OF_PEOPLE = () -> kind -> true;

        /**
         * Which kinds of hints, by their names.
         *
         * @throws app.recado.kernel.ProblemException when the reader may hear nothing any more
         */
        Predicate<String> now();
    }

    /**
     * Opens a stream that ends at {@code until}, when the caller's token does.
     *
     * @throws app.recado.kernel.ProblemException {@code too-many-streams}
     */
    SseEmitter open(UUID organizationId, String subject, @Nullable String lastEventId, Instant until, Rights rights) {
        var emitter = new SseEmitter(0L);
        var stream = attach(organizationId, subject, lastEventId, until, rights, new SseReader(emitter));
        emitter.onCompletion(stream::close);
        emitter.onError(failure -> stream.close());
        Thread.ofVirtual().name("live-stream").start(stream::feed);
        return emitter;
    }

    /**
     * A stream that collects events from now on, and resumes where another one ended. Nothing is read before it is fed.
     *
     * @throws app.recado.kernel.ProblemException {@code too-many-streams}
     */
    Stream attach(
            UUID organizationId,
            String subject,
            @Nullable String lastEventId,
            Instant until,
            Rights rights,
            Reader reader) {
        var organization = organizations.computeIfAbsent(organizationId, id -> new Organization());
        if (organization.streams.size() >= STREAMS_PER_ORGANIZATION) {
            throw Problem.TOO_MANY_STREAMS.because(
                    "%d streams of this clinic are open; close some".formatted(STREAMS_PER_ORGANIZATION));
        }
        admit(subject);
        var stream = new Stream(organization, subject, reader, until, rights);
        organization.add(stream, lastEventId);
        return stream;
    }

    private void admit(String subject) {
        open.compute(subject, (key, count) -> {
            if (count != null && count >= STREAMS_PER_SUBJECT) {
                throw Problem.TOO_MANY_STREAMS.because("Close a stream, or wait 15 s for one that broke; %d may be open"
                        .formatted(STREAMS_PER_SUBJECT));
            }
            return count == null ? 1 : count + 1;
        });
    }

    private void dismiss(String subject) {
        open.computeIfPresent(subject, (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    private static final class SseReader implements Reader {
        private final SseEmitter emitter;

        SseReader(SseEmitter emitter) {
            this.emitter = emitter;
        }

        @Override
        public void event(@Nullable String id, String name, String data) throws IOException {
            var sent = SseEmitter.event().name(name).data(data);
            emitter.send(id == null ? sent : sent.id(id));
        }

        @Override
        public void comment(String words) throws IOException {
            emitter.send(SseEmitter.event().comment(words).reconnectTime(2000));
        }

        @Override
        public void end() {
            emitter.complete();
        }
    }

    private void heard(String payload) {
        var parts = payload.split(" ", 3);
        var organization = organizations.get(UUID.fromString(parts[0]));
        if (organization != null) {
            organization.hint(parts[1], parts[2]);
        }
    }

    /** @param kind of a hint; null for what everybody is told */
    private record Event(
            @Nullable String id,
            String name,
            String data,
            @Nullable String kind,
            Instant at) {}

    private final class Organization {
        private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
        private final ArrayDeque<Event> recent = new ArrayDeque<>();
        private long number;
        /** Every hint since then is remembered. */
        private Instant knownSince = clock.instant();

        synchronized void add(Stream stream, @Nullable String lastEventId) {
            if (lastEventId != null) {
                resume(stream, lastEventId);
            } else {
                begin(stream, clock.instant().minus(BEFORE_ITS_BEGINNING));
            }
            streams.add(stream);
        }

        private void begin(Stream stream, Instant from) {
            if (!knownSince.isBefore(from)) {
                stream.offer(resetNow());
                return;
            }
            recent.stream().filter(event -> !event.at().isBefore(from)).forEach(stream::offer);
        }

        private Event resetNow() {
            return new Event(epoch + "-" + number, "reset", "{}", null, clock.instant());
        }

        private void resume(Stream stream, String lastEventId) {
            var known = recent.stream().anyMatch(event -> lastEventId.equals(event.id()));
            boolean nothingSince = lastEventId.equals(epoch + "-" + number);
            if (!known && !nothingSince) {
                stream.offer(resetNow());
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
            var data = "{\"kind\":\"%s\",\"id\":\"%s\"}".formatted(kind, id);
            var event = new Event(epoch + "-" + number, "hint", data, kind, clock.instant());
            recent.addLast(event);
            if (recent.size() > REMEMBERED) {
                knownSince = recent.removeFirst().at();
            }
            streams.forEach(stream -> stream.offer(event));
        }

        synchronized void reset() {
            number++;
            recent.clear();
            knownSince = clock.instant();
            var event = resetNow();
            streams.forEach(stream -> stream.offer(event));
        }
    }

    final class Stream {
        private final Organization organization;
        private final String subject;
        private final Reader reader;
        private final Instant until;
        private final Rights rights;
        private Predicate<String> hears = kind -> false;
        private Instant heldUntil = Instant.MIN;
        private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
        private volatile boolean overflowed;
        private volatile boolean closed;

        private Stream(Organization organization, String subject, Reader reader, Instant until, Rights rights) {
            this.organization = organization;
            this.subject = subject;
            this.reader = reader;
            this.until = until;
            this.rights = rights;
        }

        void close() {
            closed = true;
        }

        private void offer(Event event) {
            if (!queue.offer(event)) {
                overflowed = true;
            }
        }

        /** Feeds the reader until the stream ends. */
        void feed() {
            try {
                reader.comment("connected");
                while (!closed) {
                    var left = Duration.between(clock.instant(), until);
                    if (left.isNegative() || left.isZero()) {
                        reader.event(null, "bye", "{}");
                        return;
                    }
                    var wait = left.compareTo(KEEP_ALIVE) < 0 ? left : KEEP_ALIVE;
                    pass(queue.poll(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS));
                }
            } catch (ProblemException refused) {
                sayGoodbye(); // revoked, expired or locked out meanwhile: coming back tells why
            } catch (IOException | IllegalStateException | NestedRuntimeException e) {
                closed = true; // the reader hung up, or the database does not say what it may hear: it comes back
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                organization.streams.remove(this);
                dismiss(subject);
                reader.end();
            }
        }

        private void sayGoodbye() {
            try {
                reader.event(null, "bye", "{}");
            } catch (IOException | IllegalStateException hungUp) {
                closed = true;
            }
        }

        private void pass(@Nullable Event event) throws IOException {
            var now = clock.instant();
            if (!now.isBefore(heldUntil)) {
                hears = rights.now();
                heldUntil = now.plus(RIGHTS_HOLD);
            }
            if (overflowed) {
                queue.clear();
                // Before the reset: whatever does not fit from here on leads to another one.
                overflowed = false;
                reader.event(null, "reset", "{}");
            } else if (event == null) {
                reader.comment("keep-alive");
            } else if (event.kind() == null || hears.test(event.kind())) {
                reader.event(event.id(), event.name(), event.data());
            }
        }
    }
}
