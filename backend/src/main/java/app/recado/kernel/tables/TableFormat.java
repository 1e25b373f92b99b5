package app.recado.kernel.tables;

import app.recado.kernel.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of file in which a table leaves. */
public enum TableFormat {
    /** Separated by commas, in UTF-8 with a byte order mark, for Excel. */
    CSV("text/csv;charset=UTF-8") {
        @Override
        public TableWriter open(OutputStream to, String name) throws IOException {
            return new CsvTable(to);
        }
    },
    /** A workbook with one sheet (Office Open XML). */
    XLSX(Downloads.XLSX) {
        @Override
        public TableWriter open(OutputStream to, String name) {
            return new XlsxTable(to, name);
        }
    };

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * Begins a table.
     *
     * @param name of the sheet, where the format has one; at most 31 characters
     */
    public abstract TableWriter open(OutputStream to, String name) throws IOException;

    /** For {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** The ending of a file's name and the word in the API, for example {@code xlsx}. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-parameter} */
    public static TableFormat parameter(String word) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_PARAMETER.because("format is csv or xlsx"));
    }
}
