package app.recado.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A domain event that belongs in the clinic's audit trail: what happened to which record. Who did it, whence and when is added
 * by whoever writes it down, in the transaction that publishes it.
 */
public interface Auditable {

    /**
     * One thing that is different now.
     *
     * @param before null when there was nothing, or when it must not be told
     * @param after null when there is nothing any more
     */
    record Change(@Nullable String before, @Nullable String after) {

        /** Adds what a field was and is to the others, unless it stayed the same. Null for nothing. */
        public static void add(
                Map<String, Change> changes, String field, @Nullable Object before, @Nullable Object after) {
            if (!Objects.equals(before, after)) {
                changes.put(
                        field,
                        new Change(before == null ? null : before.toString(), after == null ? null : after.toString()));
            }
        }
    }

    /** What happened, for example {@code appointment-overbooked}. Stands in rows for years: a renamed class keeps its action. */
    default String action() {
        return getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** The record it happened to; null when it was many, or none of Recado's own. */
    default @Nullable UUID recordId() {
        return this instanceof Publishable published ? published.resourceId() : null;
    }

    /**
     * What is different, by the field's name in the API. Kinds, states, ids and settings: never a patient's name, number or
     * words, which could not be taken out again.
     */
    default Map<String, Change> changes() {
        var changes = new TreeMap<String, Change>();
        if (this instanceof Publishable published) {
            published.facts().forEach((name, value) -> changes.put(name, new Change(null, value)));
        }
        return changes;
    }
}
