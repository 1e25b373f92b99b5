package app.recado.customfields;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written in the fields of one patient or one visit, each value in its type: as it is stored, an object of JSON whose
 * values are texts, numbers and booleans. Immutable.
 */
public final class CustomValues {

    /** Nothing is written. */
    public static final CustomValues NONE = new CustomValues(new TreeMap<>());

    private static final String EMPTY = "{}";

    /** Numbers come out of the database as they went in: 72.10 is no double. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final SortedMap<String, Object> values;

    private CustomValues(SortedMap<String, Object> values) {
        this.values = values;
    }

    /** @param read by key what {@link CustomField#read} answered */
    public static CustomValues of(Map<String, Object> read) {
        var values = new TreeMap<String, Object>();
        read.forEach((key, value) -> values.put(key, normal(value)));
        return values.isEmpty() ? NONE : new CustomValues(values);
    }

    /** The values of a row. */
    public static CustomValues of(String stored) {
        if (stored.equals(EMPTY)) {
            return NONE;
        }
        var values = new TreeMap<String, Object>();
        JSON.readTree(stored).propertyStream().forEach(one -> values.put(one.getKey(), value(one.getValue())));
        return new CustomValues(values);
    }

    private static Object value(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? normal(node.decimalValue()) : node.asString();
    }

    private static Object normal(Object value) {
        if (!(value instanceof BigDecimal number)) {
            return value;
        }
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    /** As they are stored. */
    public String json() {
        return values.isEmpty() ? EMPTY : JSON.writeValueAsString(values);
    }

    /** As they travel, by their keys. */
    public List<CustomValue> listed() {
        return values.entrySet().stream()
                .map(one -> new CustomValue(one.getKey(), spelled(one.getValue())))
                .toList();
    }

    /** What is written in a field, in the spelling in which it travels; null for nothing. */
    public @Nullable String text(String key) {
        var value = values.get(key);
        return value == null ? null : spelled(value);
    }

    private static String spelled(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    /** The values in their types, by the keys of their fields. */
    public Map<String, Object> typed() {
        return Collections.unmodifiableMap(values);
    }

    /** The value in its type, as {@link #of(Map)} takes it; null for nothing. */
    @Nullable Object typed(String key) {
        return values.get(key);
    }

    /** The fields in which something is written. */
    public Collection<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** What is written as text, a choice or a date. */
    public Stream<String> texts() {
        return values.values().stream().filter(String.class::isInstance).map(String.class::cast);
    }

    /** The fields in which both say something, and not the same. */
    public List<String> differing(CustomValues other) {
        return values.entrySet().stream()
                .filter(one -> {
                    var theirs = other.values.get(one.getKey());
                    return theirs != null && !theirs.equals(one.getValue());
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The fields in which something else is written there, something more or nothing. */
    public List<String> changed(CustomValues other) {
        return Stream.concat(values.keySet().stream(), other.values.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(values.get(key), other.values.get(key)))
                .toList();
    }

    /**
     * These, completed by what only the others say.
     *
     * @param take keys of fields in which the others' value wins
     */
    public CustomValues completedBy(CustomValues other, Collection<String> take) {
        var all = new TreeMap<>(values);
        other.values.forEach((key, value) -> {
            if (take.contains(key) || !all.containsKey(key)) {
                all.put(key, value);
            }
        });
        return new CustomValues(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomValues them && values.equals(them.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** What is written belongs to a person: never printed. */
    @Override
    public String toString() {
        return "CustomValues" + values.keySet();
    }
}
