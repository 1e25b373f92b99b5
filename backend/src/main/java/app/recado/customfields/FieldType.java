package app.recado.customfields;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be written into a field. A value travels as text, in one spelling of each, and is stored as the JSON type that it
 * is: text and dates as text, numbers as numbers, yes and no as a boolean.
 */
public enum FieldType {
    /** Up to 500 characters, one line. */
    @JsonProperty("text")
    TEXT {
        @Override
        Optional<Object> read(String typed, List<String> choices) {
            return Optional.of(typed);
        }
    },
    /** With a point or a comma before the decimals, without thousands: {@code 72.5}; at most 30 digits. */
    @JsonProperty("number")
    NUMBER {
        @Override
        Optional<Object> read(String typed, List<String> choices) {
            if (typed.length() > LONGEST_NUMBER) {
                return Optional.empty();
            }
            try {
                var number = new BigDecimal(typed.replace(',', '.'));
                // What is written as 1e999 would be a page of digits.
                return Math.abs((long) number.scale()) > LONGEST_NUMBER ? Optional.empty() : Optional.of(number);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    },
    /** ISO 8601, of the years 1800 to 2200: {@code 2026-11-24}. */
    @JsonProperty("date")
    DATE {
        @Override
        Optional<Object> read(String typed, List<String> choices) {
            try {
                var day = LocalDate.parse(typed);
                return day.getYear() < EARLIEST || day.getYear() > LATEST
                        ? Optional.empty()
                        : Optional.of(day.toString());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    },
    /** One of the choices, as it is written there. */
    @JsonProperty("choice")
    CHOICE {
        @Override
        Optional<Object> read(String typed, List<String> choices) {
            return choices.contains(typed) ? Optional.of(typed) : Optional.empty();
        }
    },
    /** {@code true} or {@code false}. */
    @JsonProperty("yes-no")
    YES_NO {
        @Override
        Optional<Object> read(String typed, List<String> choices) {
            return switch (typed) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    };

    private static final int LONGEST_NUMBER = 30;
    private static final int EARLIEST = 1800;
    private static final int LATEST = 2200;

    /**
     * The value as it is stored: a {@link String}, a {@link BigDecimal} or a {@link Boolean}; empty for what is none of this
     * type.
     *
     * @param typed without blanks around it, not empty
     * @param choices of the field; only a choice looks at them
     */
    abstract Optional<Object> read(String typed, List<String> choices);

    static FieldType of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
