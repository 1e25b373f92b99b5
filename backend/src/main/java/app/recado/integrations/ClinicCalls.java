package app.recado.integrations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The calls to receivers that are under way in this process, by clinic: which endpoint may be called now, and which waits.
 * Of a clinic few are called at a time, so that a thousand that hang keep no other clinic waiting. Among its own endpoints a
 * call that lasts longer than one that answers gives its place up, so that one that hangs keeps none of them waiting either,
 * also when nobody knew that it hangs.
 */
final class ClinicCalls {

    /** Of a clinic, among calls that have just begun. */
    private static final int CALLS = 3;

    /** Of a clinic, with those that last. */
    private static final int CALLS_WITH_LASTING = 2 * CALLS;

    /** To endpoints that did not take what they were told last: one of the calls is left to the others. */
    private static final int CALLS_TO_FAILING = CALLS - 1;

    /** Who answers needs milliseconds. */
    private static final Duration LASTING = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<UUID, Map<UUID, Call>> ofClinics = new HashMap<>();

    ClinicCalls(Clock clock) {
        this.clock = clock;
    }

    /** Where an endpoint stands. @param since when it was called last @param failing whether it did not take what it was told before */
    private record Call(Instant since, boolean failing) {}

    /**
     * Takes a place for calls to an endpoint, one after the other; whoever gets one gives it back by {@link #ended}.
     *
     * @param failing whether it did not take what it was told last
     * @return false when it has to wait: for its own call that is under way, or for those of others
     */
    synchronized boolean begun(UUID clinic, UUID endpoint, boolean failing) {
        var running = ofClinics.getOrDefault(clinic, Map.of());
        var lastsFrom = clock.instant().minus(LASTING);
        var toFailing = running.values().stream().filter(Call::failing).count();
        var justBegun = running.values().stream()
                .filter(call -> call.since().isAfter(lastsFrom))
                .count();
        if (running.containsKey(endpoint)
                || running.size() >= CALLS_WITH_LASTING
                || justBegun >= CALLS
                || (failing && toFailing >= CALLS_TO_FAILING)) {
            return false;
        }
        ofClinics.computeIfAbsent(clinic, id -> new HashMap<>()).put(endpoint, new Call(clock.instant(), failing));
        return true;
    }

    /** Notes that an endpoint is called once more within the place it has. */
    synchronized void calledAgain(UUID clinic, UUID endpoint) {
        ofClinics
                .getOrDefault(clinic, Map.of())
                .computeIfPresent(endpoint, (id, call) -> new Call(clock.instant(), call.failing()));
    }

    /** Gives a place back. */
    synchronized void ended(UUID clinic, UUID endpoint) {
        ofClinics.computeIfPresent(clinic, (id, running) -> {
            running.remove(endpoint);
            return running.isEmpty() ? null : running;
        });
    }
}
