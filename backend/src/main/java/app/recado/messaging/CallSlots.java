package app.recado.messaging;

import app.recado.kernel.work.Backoff;
import app.recado.whatsapp.LineEngineKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many calls to engines this process may have under way: in all, and for each line, so that a line whose engine is
 * silent holds up no other. A line that could not be reached rests, alone, and is then tried with a single message.
 */
@Component
class CallSlots {

    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /**
     * How many times what is called at once may be claimed, so that a line need not wait for the database between two calls.
     * Only where a call may be repeated: elsewhere what was claimed and never called would be in doubt when a process dies.
     */
    private static final int AHEAD = 2;

    private final MessagingSettings settings;
    private final Clock clock;
    private final Map<UUID, Line> lines = new HashMap<>();
    private final Map<Boolean, Integer> taken = new HashMap<>();

    CallSlots(MessagingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private static final class Line {
        private final Semaphore calls;
        private int taken;
        private int failures;
        private @Nullable Instant restsUntil;

        Line(int calls) {
            this.calls = new Semaphore(calls);
        }
    }

    /** How many more messages of that line may be claimed now. */
    synchronized int free(UUID lineId, LineEngineKind engine) {
        var line = line(lineId, engine);
        int inAll = ahead(engine) * inAll(engine) - taken.getOrDefault(engine.mayRepeatCalls(), 0);
        if (rests(line)) {
            return 0;
        }
        int ofLine = line.failures > 0 ? 1 - line.taken : ahead(engine) * perLine(engine) - line.taken;
        return Math.max(0, Math.min(inAll, ofLine));
    }

    /** Takes a place for a message that is about to be claimed; false when there is none. */
    synchronized boolean take(UUID lineId, LineEngineKind engine) {
        if (free(lineId, engine) == 0) {
            return false;
        }
        line(lineId, engine).taken++;
        taken.merge(engine.mayRepeatCalls(), 1, Integer::sum);
        return true;
    }

    /** Gives a place back. */
    synchronized void giveBack(UUID lineId, LineEngineKind engine) {
        line(lineId, engine).taken--;
        taken.merge(engine.mayRepeatCalls(), -1, Integer::sum);
    }

    /** Waits until the line may be called; call {@link #leave} afterwards. */
    void enter(UUID lineId, LineEngineKind engine) {
        semaphore(lineId, engine).acquireUninterruptibly();
    }

    void leave(UUID lineId, LineEngineKind engine) {
        semaphore(lineId, engine).release();
    }

    private synchronized Semaphore semaphore(UUID lineId, LineEngineKind engine) {
        return line(lineId, engine).calls;
    }

    /** Whether the line rests because it could not be reached. */
    synchronized boolean rests(UUID lineId, LineEngineKind engine) {
        return rests(line(lineId, engine));
    }

    private boolean rests(Line line) {
        var until = line.restsUntil;
        return until != null && until.isAfter(clock.instant());
    }

    /** The line was reached. */
    synchronized void reached(UUID lineId, LineEngineKind engine) {
        var line = line(lineId, engine);
        line.failures = 0;
        line.restsUntil = null;
    }

    /** The line was not reached. @return until when it rests */
    synchronized Instant unreachable(UUID lineId, LineEngineKind engine) {
        var line = line(lineId, engine);
        var rests = line.restsUntil;
        if (rests != null && rests.isAfter(clock.instant())) {
            return rests; // one of several calls that failed together
        }
        line.failures++;
        var until = clock.instant().plus(Backoff.after(line.failures, LONGEST_REST));
        line.restsUntil = until;
        return until;
    }

    private Line line(UUID lineId, LineEngineKind engine) {
        return lines.computeIfAbsent(lineId, id -> new Line(perLine(engine)));
    }

    private static int ahead(LineEngineKind engine) {
        return engine.mayRepeatCalls() ? AHEAD : 1;
    }

    private int inAll(LineEngineKind engine) {
        return engine.mayRepeatCalls() ? settings.calls() : settings.providerCalls();
    }

    private int perLine(LineEngineKind engine) {
        return Math.max(1, inAll(engine) / 4);
    }
}
