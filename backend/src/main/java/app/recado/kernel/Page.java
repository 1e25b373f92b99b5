package app.recado.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the records, in the list's order
 * @param nextCursor what to send as {@code cursor} for the following page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** Limits a client may ask for; the default suits one screen. */
    public static final int DEFAULT_LIMIT = 50;

    public static final int MAX_LIMIT = 200;

    /** Cuts a result that was read with one row more than asked for, and seals where the next page begins. */
    public static <T> Page<T> of(List<T> rowsPlusOne, int limit, Function<T, String> sealedPosition) {
        if (rowsPlusOne.size() <= limit) {
            return new Page<>(List.copyOf(rowsPlusOne), null);
        }
        var items = List.copyOf(rowsPlusOne.subList(0, limit));
        return new Page<>(items, sealedPosition.apply(items.getLast()));
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), nextCursor);
    }
}
