package app.recado.kernel.migration;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of another system.
 *
 * @param table the file it stands in, without its ending
 * @param number of the row in its file, from 1, the header not counted
 * @param values by column; columns that are empty are left out
 */
public record ExternalRow(String table, int number, Map<String, String> values) {

    /** The column by which the other system knows its rows. */
    public static final String ID = "id";

    /** The column that says whose clinic a row is of. */
    public static final String CLINIC = "organization_id";

    /** {@code 2026-12-01 13:00:00+00}, as PostgreSQL writes it, and {@code 2026-12-01T13:00:00Z}. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendOffset("+HH:mm", "Z")
            .toFormatter();

    /** @throws ProblemException {@code invalid-fields} when it has none */
    public String id() {
        return required(ID);
    }

    /** What stands there; null when nothing does, or the file has no such column. */
    public @Nullable String text(String column) {
        return values.get(column);
    }

    /** @throws ProblemException {@code invalid-fields} when nothing stands there */
    public String required(String column) {
        var text = values.get(column);
        if (text == null) {
            throw refused(column, "required");
        }
        return text;
    }

    /** A day written as 1984-02-29, whatever hour follows; null when nothing stands there.
     *
     * @throws ProblemException {@code invalid-fields} */
    public @Nullable LocalDate date(String column) {
        var text = values.get(column);
        try {
            return text == null ? null : LocalDate.parse(text.split("[T ]", 2)[0]);
        } catch (DateTimeException e) {
            throw refused(column, "date-unreadable");
        }
    }

    /**
     * A moment.
     *
     * @param zone whose clocks show it where the file names no offset; an hour they skip is later by as much, one they repeat
     *     is the first
     * @throws ProblemException {@code invalid-fields}, also when nothing stands there
     */
    public Instant moment(String column, ZoneId zone) {
        var text = required(column).replaceFirst(" ", "T");
        try {
            return OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).atZone(zone).toInstant();
            } catch (DateTimeException unreadable) {
                throw refused(column, "time-unreadable");
            }
        }
    }

    /** A whole number.
     *
     * @param otherwise when nothing stands there
     * @throws ProblemException {@code invalid-fields} for what is none, or is not between */
    public int number(String column, int otherwise, int least, int most) {
        var text = values.get(column);
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw refused(column, "out-of-range");
        }
        return number;
    }

    /** Why the row cannot be taken. @param code stable code, as of a field of a request */
    public ProblemException refused(String column, String code) {
        return Problem.INVALID_FIELDS.at("/" + column, code, "Cannot be taken as it is");
    }

    /** Of a person: never printed. */
    @Override
    public String toString() {
        return table + " row " + number;
    }
}
