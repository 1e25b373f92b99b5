package app.recado.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. Of the organizations with something to do the one served longest ago comes first, whatever it has to do;
 * every other turn goes to one that has just become active, so that a single message does not wait for a round through
 * all. An organization has one turn at a time.
 */
final class FairTurns {

    /** An organization whose turn came to nothing, because its lines rest or are busy, is not asked again at once. */
    private static final Duration REST = Duration.ofMillis(250);

    private final Semaphore free;
    private final Semaphore wake = new Semaphore(0);
    private final Queue<UUID> round = new ArrayDeque<>();
    private final Set<UUID> awake = new LinkedHashSet<>();
    private final Set<UUID> inTurn = new HashSet<>();
    private final Map<UUID, Long> served = new HashMap<>();
    private final Map<UUID, Long> restsUntil = new HashMap<>();
    private long turn;
    private boolean awakeFirst = true;

    /** @param atOnce how many turns there are at the same time */
    FairTurns(int atOnce) {
        this.free = new Semaphore(atOnce);
    }

    /** There may be something to do for anybody. */
    void wake() {
        synchronized (this) {
            restsUntil.clear();
        }
        wake.release();
    }

    /** There is something to do for one. */
    void wakeFor(UUID organization) {
        synchronized (this) {
            restsUntil.remove(organization);
            awake.add(organization);
        }
        wake.release();
    }

    /** Begins another round. @param ready organizations that have something to do */
    synchronized void refill(Collection<UUID> ready) {
        served.keySet().retainAll(ready); // who was away comes first
        restsUntil.keySet().retainAll(ready);
        round.clear();
        ready.stream()
                .sorted(Comparator.comparing(organization -> served.getOrDefault(organization, 0L)))
                .forEach(round::add);
    }

    /** Takes a turn, waiting until one is free; null when nobody is left in this round. */
    @Nullable UUID next() throws InterruptedException {
        free.acquire();
        var chosen = choose();
        if (chosen == null) {
            free.release();
        }
        return chosen;
    }

    private synchronized @Nullable UUID choose() {
        awakeFirst = !awakeFirst;
        var first = awakeFirst ? fromAwake() : fromRound();
        var chosen = first != null ? first : awakeFirst ? fromRound() : fromAwake();
        if (chosen != null) {
            inTurn.add(chosen);
            served.put(chosen, ++turn);
        }
        return chosen;
    }

    private @Nullable UUID fromAwake() {
        for (var i = awake.iterator(); i.hasNext(); ) {
            var organization = i.next();
            if (!inTurn.contains(organization)) {
                i.remove();
                return organization;
            }
        }
        return null;
    }

    private @Nullable UUID fromRound() {
        while (!round.isEmpty()) {
            var organization = round.remove();
            long rests = restsUntil.getOrDefault(organization, 0L);
            if (!inTurn.contains(organization) && (rests == 0 || rests - System.nanoTime() <= 0)) {
                return organization;
            }
        }
        return null;
    }

    /** Gives a turn back. @param worked whether it came to anything */
    void done(UUID organization, boolean worked) {
        boolean more;
        synchronized (this) {
            inTurn.remove(organization);
            if (!worked) {
                restsUntil.put(organization, System.nanoTime() + REST.toNanos());
            }
            more = worked || awake.contains(organization);
        }
        free.release();
        if (more) {
            wake.release();
        }
    }

    /** Waits until there may be something to do. */
    void await(Duration atMost) throws InterruptedException {
        long millis;
        synchronized (this) {
            if (awake.stream().anyMatch(organization -> !inTurn.contains(organization))) {
                return;
            }
            millis = Math.min(atMost.toMillis(), restsUntil.isEmpty() ? Long.MAX_VALUE : REST.toMillis());
        }
        if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }
}
