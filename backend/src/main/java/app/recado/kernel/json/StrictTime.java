package app.recado.kernel.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;

/**
 * Times as the contract writes them, in bodies and in query strings alike: text of one form, within the years that the
 * database and every calendar keep. The library's readers also take arrays, numbers in text and a date-time as a date.
 */
public final class StrictTime {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}(:\\d{2})?");
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");

    /** No calendar of a clinic reaches further back than its oldest patient, nor further on than four digits. */
    private static final int FIRST_YEAR = 1800;

    private StrictTime() {}

    /** {@code 2026-11-29}.
     *
     * @throws DateTimeException when it is anything else */
    public static LocalDate date(String text) {
        return checked(text, DATE, LocalDate::parse, LocalDate::getYear);
    }

    /** {@code 2026-11-29T13:00:00Z}, or with an offset.
     *
     * @throws DateTimeException when it is anything else */
    public static Instant instant(String text) {
        return checked(text, INSTANT, OffsetDateTime::parse, OffsetDateTime::getYear)
                .toInstant();
    }

    /** {@code 08:30}, or with seconds.
     *
     * @throws DateTimeException when it is anything else */
    public static LocalTime time(String text) {
        return checked(text, TIME, LocalTime::parse, time -> FIRST_YEAR);
    }

    private static <T> T checked(String text, Pattern form, Function<String, T> parse, Function<T, Integer> year) {
        if (!form.matcher(text).matches()) {
            throw new DateTimeException("Another form of time is expected");
        }
        var parsed = parse.apply(text);
        if (year.apply(parsed) < FIRST_YEAR) {
            throw new DateTimeException("Too far back");
        }
        return parsed;
    }

    static SimpleModule module() {
        return new SimpleModule("strict-time")
                .addDeserializer(LocalDate.class, new Reader<>(LocalDate.class, StrictTime::date))
                .addDeserializer(LocalTime.class, new Reader<>(LocalTime.class, StrictTime::time))
                .addDeserializer(Instant.class, new Reader<>(Instant.class, StrictTime::instant));
    }

    private static final class Reader<T extends Temporal> extends StdScalarDeserializer<T> {

        private final transient Function<String, T> read;

        Reader(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(handledType(), parser);
            }
            try {
                return read.apply(parser.getString());
            } catch (DateTimeException e) {
                throw InvalidFormatException.from(parser, "Not a time of this form", "", handledType());
            }
        }
    }
}
