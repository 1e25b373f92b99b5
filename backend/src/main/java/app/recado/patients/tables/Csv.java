package app.recado.patients.tables;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tables written as text. */
final class Csv {

    private static final String DELIMITERS = ";,\t|";

    /** What Excel writes above a table to tell itself the delimiter. */
    private static final Pattern TOLD = Pattern.compile("\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE);

    /** An apostrophe tells a spreadsheet that what follows is text; our export writes it, too. */
    private static final Pattern GUARDED = Pattern.compile("'[=+\\-@\t]");

    private static final int LONGEST_FIRST_LINE = 64 * 1024;

    /** Characters of a cell that are read before the file is given up: an open quotation mark swallows all that follows. */
    private static final int BUFFER = 4 * 1024 * 1024;

    private Csv() {}

    /** The one that Excel tells, else the one that stands most often in the header outside of quotation marks. */
    static char delimiter(Path file, Charset encoding) throws IOException {
        var line = firstLine(file, encoding);
        var told = TOLD.matcher(line);
        if (told.matches()) {
            return told.group(1).charAt(0);
        }
        int[] count = new int[DELIMITERS.length()];
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            quoted ^= c == '"';
            int at = DELIMITERS.indexOf(c);
            if (!quoted && at >= 0) {
                count[at]++;
            }
        }
        int most = 0;
        for (int i = 1; i < count.length; i++) {
            most = count[i] > count[most] ? i : most;
        }
        return count[most] == 0 ? ',' : DELIMITERS.charAt(most);
    }

    private static String firstLine(Path file, Charset encoding) throws IOException {
        try (var text = Encodings.reader(file, encoding)) {
            var line = new StringBuilder();
            for (int c = text.read();
                    c >= 0
                            && line.length() < LONGEST_FIRST_LINE
                            && !(isEnd(c) && !line.toString().isBlank());
                    c = text.read()) {
                line.append((char) c);
            }
            return line.toString().strip();
        }
    }

    private static boolean isEnd(int c) {
        return c == '\n' || c == '\r';
    }

    static List<String> header(Path file, Charset encoding, char delimiter) throws IOException, FileTrouble.Refusal {
        var header = new ArrayList<String>();
        walk(file, encoding, delimiter, record -> {
            header.addAll(record.getFields());
            return false;
        });
        if (header.stream().anyMatch(name -> name.indexOf('\u0000') >= 0)) {
            throw new FileTrouble.Refusal(FileTrouble.NO_TABLE);
        }
        return header;
    }

    static void read(Path file, Charset encoding, char delimiter, TableFile.Rows rows)
            throws IOException, FileTrouble.Refusal {
        var header = new boolean[] {true};
        walk(file, encoding, delimiter, record -> {
            if (header[0]) {
                header[0] = false;
                return true;
            }
            return rows.take(row(record.getStartingLineNumber(), record.getFields()));
        });
    }

    @FunctionalInterface
    private interface Records {
        boolean take(CsvRecord record);
    }

    private static void walk(Path file, Charset encoding, char delimiter, Records records)
            throws IOException, FileTrouble.Refusal {
        try (Reader text = Encodings.reader(file, encoding);
                var csv = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .maxBufferSize(BUFFER)
                        .ofCsvRecord(text)) {
            boolean first = true;
            for (var record : csv) {
                boolean told = first && record.getFieldCount() <= 2 && isTold(record.getFields(), delimiter);
                first = false;
                if (!told && !records.take(record)) {
                    return;
                }
            }
        } catch (CsvParseException e) {
            throw new FileTrouble.Refusal(FileTrouble.BROKEN);
        }
    }

    private static boolean isTold(List<String> fields, char delimiter) {
        return TOLD.matcher(String.join(String.valueOf(delimiter), fields)).matches();
    }

    private static TableFile.Row row(long number, List<String> fields) {
        var formulas = new HashSet<Integer>();
        var cells = new ArrayList<String>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            var text = fields.get(i).strip();
            if (text.startsWith("=") || text.startsWith("@")) {
                formulas.add(i);
            }
            cells.add(cut(GUARDED.matcher(text).lookingAt() ? text.substring(1) : text));
        }
        return new TableFile.Row(number, cells, formulas);
    }

    static String cut(@Nullable String text) {
        return text == null
                ? ""
                : text.length() <= TableFile.LONGEST_CELL ? text : text.substring(0, TableFile.LONGEST_CELL + 1);
    }
}
