package app.recado.kernel.work;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works lanes in short turns, several at once and each by one process: woken when there may be something to do, else at a
 * slow poll.
 *
 * @param <K> what names a lane
 */
public final class TurnLoop<K> {

    private static final Logger LOG = LoggerFactory.getLogger(TurnLoop.class);

    /**
     * What a turn came to.
     *
     * @param worked how many things were brought a step further
     * @param reached false when whom it had to reach did not answer: the lane then rests for a while
     */
    public record Turn(int worked, boolean reached) {}

    private final String name;
    private final LaneLeases<K> lanes;
    private final int atOnce;
    private final Duration poll;
    private final Function<Collection<K>, List<K>> due;
    private final Function<K, Turn> work;
    private final Semaphore turns;
    private final Semaphore wake = new Semaphore(0);
    private final Set<K> inTurn = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable Thread loop;

    /**
     * @param name for threads and logs
     * @param atOnce how many lanes this process works at once
     * @param poll how often it looks without being woken
     * @param due lanes with something to do, but for those given
     * @param work one turn of a lane that is leased to this process; it ends well within the lease
     */
    public TurnLoop(
            String name,
            LaneLeases<K> lanes,
            int atOnce,
            Duration poll,
            Function<Collection<K>, List<K>> due,
            Function<K, Turn> work) {
        this.name = name;
        this.lanes = lanes;
        this.atOnce = atOnce;
        this.poll = poll;
        this.due = due;
        this.work = work;
        this.turns = new Semaphore(atOnce);
    }

    public void start() {
        running = true;
        loop = Thread.ofVirtual().name(name).start(this::look);
    }

    /** There may be something to do. */
    public void wake() {
        wake.release();
    }

    /**
     * Works everything that is due now, in the calling thread, until nothing is left to do; for tests and for operators.
     *
     * @return how many things were brought a step further
     */
    public int runDue() {
        int worked = 0;
        while (true) {
            int round = 0;
            for (var lane : due.apply(Set.of())) {
                round += turn(lane);
            }
            if (round == 0) {
                return worked;
            }
            worked += round;
        }
    }

    /** Takes no more turns and lets those under way end.
     *
     * @param atMost how long the loop, and then its turns, may take
     * @return false when some did not end in time */
    public boolean stop(Duration atMost) throws InterruptedException {
        running = false;
        var looking = loop;
        if (looking == null) {
            return true;
        }
        wake.release();
        looking.join(atMost);
        return turns.tryAcquire(atOnce, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        while (running) {
            try {
                for (var lane : due.apply(inTurn)) {
                    turns.acquire();
                    inTurn.add(lane);
                    Thread.ofVirtual().name(name + "-lane").start(() -> turnOf(lane));
                }
                if (wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("Lanes of {} could not be looked at, trying again: {}", name, named(e));
                pause();
            }
        }
    }

    private void turnOf(K lane) {
        try {
            turn(lane);
        } catch (RuntimeException e) {
            LOG.error("A turn of {} for {} broke off: {}", name, lane, named(e));
        } finally {
            inTurn.remove(lane);
            turns.release();
            wake.release();
        }
    }

    /** 0 when another process has the lane. */
    private int turn(K lane) {
        if (!lanes.lease(lane)) {
            return 0;
        }
        boolean reached = false;
        try {
            var turn = work.apply(lane);
            reached = turn.reached();
            return turn.worked();
        } finally {
            if (reached) {
                lanes.release(lane);
            } else {
                lanes.releaseAfterFailure(lane);
            }
        }
    }

    /** Not the exception itself: a database's complaint may quote a row, with a patient's number and words. */
    private static String named(RuntimeException e) {
        return e.getClass().getName() + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0]);
    }

    private void pause() {
        try {
            Thread.sleep(poll);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
