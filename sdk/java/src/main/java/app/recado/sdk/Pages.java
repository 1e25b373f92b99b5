package app.recado.sdk;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks through lists. */
public final class Pages {

    private Pages() {}

    /** Asks for a page. @param <P> the page */
    @FunctionalInterface
    public interface Asking<P> {

        /** @param cursor null for the first one */
        P page(@Nullable String cursor);
    }

    /** Says where the next page begins. @param <P> the page */
    @FunctionalInterface
    public interface Next<P> {

        /** @return null on the last one */
        @Nullable String cursor(P page);
    }

    /**
     * All records of a list, page after page; the next page is asked for when the one before is used up.
     *
     * <pre>{@code
     * Pages.items(
     *         cursor -> appointments.listAppointments(clinic, from, to, null, 200, cursor),
     *         PageAppointment::getItems,
     *         PageAppointment::getNextCursor)
     * }</pre>
     */
    public static <P, T> Stream<T> items(Asking<P> asking, Function<P, List<T>> items, Next<P> next) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Walk<>(asking, items, next), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    private static final class Walk<P, T> implements Iterator<T> {
        private final Asking<P> asking;
        private final Function<P, List<T>> items;
        private final Next<P> next;
        private Iterator<T> current = List.<T>of().iterator();
        private @Nullable String cursor;
        private boolean more = true;

        private Walk(Asking<P> asking, Function<P, List<T>> items, Next<P> next) {
            this.asking = asking;
            this.items = items;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && more) {
                var page = asking.page(cursor);
                current = items.apply(page).iterator();
                cursor = next.cursor(page);
                more = cursor != null;
            }
            return current.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }
}
