package app.recado.kernel.work;

import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same for many, some of whom may not answer. */
public final class SideBySide {

    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);

    private SideBySide() {}

    /**
     * Returns when it was done for all of them. One that fails or waits long is no other one's trouble; what went wrong is
     * logged by the kind of exception alone, because its words may quote a row or an address.
     *
     * @param items ids, which are logged
     * @param atOnce for how many at the same time
     */
    public static <T> void each(Collection<T> items, int atOnce, Consumer<T> work) {
        var places = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var item : items) {
                threads.execute(() -> {
                    places.acquireUninterruptibly();
                    try {
                        work.accept(item);
                    } catch (RuntimeException e) {
                        LOG.error(
                                "{} could not be worked: {}", item, e.getClass().getName());
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }
}
