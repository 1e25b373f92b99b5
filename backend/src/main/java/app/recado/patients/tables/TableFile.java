package app.recado.patients.tables;

import app.recado.kernel.PlainText;
import app.recado.kernel.SearchText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with a header and rows. What it is, in which encoding and with which delimiter, is told by its content. Rows are
 * read one after another: memory does not grow with the file.
 *
 * @param format {@code csv} or {@code xlsx}
 * @param encoding of a CSV file, its name at IANA; null for XLSX
 * @param delimiter of a CSV file; null for XLSX
 * @param header names of the columns, each as one line; a column without a name has an empty one
 */
public record TableFile(
        Path file,
        String format,
        @Nullable String encoding,
        @Nullable Character delimiter,
        List<String> header) {

    public static final int MOST_ROWS = 100_000;
    public static final int MOST_COLUMNS = 200;

    /** Characters of a cell that are kept; what is longer than this is too long for any field. */
    public static final int LONGEST_CELL = 2_000;

    /** What every ZIP file begins with, and so every XLSX. */
    private static final int ZIP = 0x504b0304;

    /**
     * A row below the header.
     *
     * @param number of the row as a spreadsheet counts, or the line on which a CSV record begins; the header's is 1
     * @param cells as they are seen, cut after {@link #LONGEST_CELL} and one more; may be fewer or more than the columns
     * @param formulas places of cells that a spreadsheet would calculate
     */
    public record Row(long number, List<String> cells, Set<Integer> formulas) {

        /** What stands in a column; empty for a row that is shorter. */
        public String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }

        /** Why nothing can be taken from a column, as a stable code; empty when something can. */
        public Optional<String> trouble(int column) {
            var text = cell(column);
            if (formulas.contains(column)) {
                return Optional.of("formula");
            }
            if (text.length() > LONGEST_CELL) {
                // So long a text with line breaks is the rest of the file behind an open quotation mark.
                return Optional.of(text.indexOf('\n') < 0 ? "too-long" : "quote-open");
            }
            boolean storable = text.indexOf('\u0000') < 0
                    && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
            return storable ? Optional.empty() : Optional.of("characters-not-allowed");
        }

        boolean isEmpty() {
            return cells.stream().allMatch(String::isBlank) && formulas.isEmpty();
        }

        /** The data of people: never printed. */
        @Override
        public String toString() {
            return "Row[" + number + "]";
        }
    }

    /** Takes rows in their order. */
    @FunctionalInterface
    public interface Rows {
        /** @return false to stop reading */
        boolean take(Row row);
    }

    /**
     * Finds out what a file is, and reads its header.
     *
     * @throws FileTrouble.Refusal for what is no table, or has two columns of one name
     */
    public static TableFile open(Path file) throws IOException, FileTrouble.Refusal {
        if (beginsLikeZip(file)) {
            Xlsx.checkSize(file);
            return new TableFile(file, "xlsx", null, null, checked(Xlsx.header(file)));
        }
        var encoding = Encodings.of(file);
        var delimiter = Csv.delimiter(file, encoding);
        return new TableFile(file, "csv", encoding.name(), delimiter, checked(Csv.header(file, encoding, delimiter)));
    }

    private static boolean beginsLikeZip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var first = in.readNBytes(Integer.BYTES);
            return first.length == Integer.BYTES
                    && java.nio.ByteBuffer.wrap(first).getInt() == ZIP;
        }
    }

    private static List<String> checked(List<String> cells) throws FileTrouble.Refusal {
        var names = new ArrayList<>(cells.stream().map(PlainText::oneLine).toList());
        while (!names.isEmpty() && names.getLast().isEmpty()) {
            names.removeLast();
        }
        if (names.isEmpty()) {
            throw new FileTrouble.Refusal(FileTrouble.EMPTY);
        }
        if (names.size() > MOST_COLUMNS) {
            throw new FileTrouble.Refusal(FileTrouble.TOO_MANY_COLUMNS);
        }
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!name.isEmpty() && !seen.add(SearchText.normalise(name))) {
                throw new FileTrouble.Refusal(FileTrouble.DUPLICATE_HEADER);
            }
        }
        return List.copyOf(names);
    }

    /**
     * Reads the rows below the header; empty ones are passed over.
     *
     * @throws FileTrouble.Refusal when it cannot be read to its end, or has too many rows
     */
    public void read(Rows rows) throws IOException, FileTrouble.Refusal {
        var counted = new long[1];
        var tooMany = new boolean[1];
        Rows limited = row -> {
            if (row.isEmpty()) {
                return true;
            }
            if (++counted[0] > MOST_ROWS) {
                tooMany[0] = true;
                return false;
            }
            return rows.take(row);
        };
        if (encoding == null || delimiter == null) {
            Xlsx.read(file, limited);
        } else {
            Csv.read(file, java.nio.charset.Charset.forName(encoding), delimiter, limited);
        }
        if (tooMany[0]) {
            throw new FileTrouble.Refusal(FileTrouble.TOO_MANY_ROWS);
        }
        if (counted[0] == 0) {
            throw new FileTrouble.Refusal(FileTrouble.EMPTY);
        }
    }
}
