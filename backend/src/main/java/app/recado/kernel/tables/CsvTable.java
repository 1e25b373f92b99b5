package app.recado.kernel.tables;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Writes what spreadsheets open without calculating anything. */
final class CsvTable implements TableWriter {

    /** What a spreadsheet would take for a formula. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r]");

    private final CsvWriter csv;

    CsvTable(OutputStream to) throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        text.write('\ufeff');
        this.csv = CsvWriter.builder().fieldSeparator(',').build(text);
    }

    @Override
    public void row(List<String> cells) {
        csv.writeRecord(cells.stream().map(CsvTable::safe).toList());
    }

    /** An apostrophe before what would be calculated; an import takes it away again. */
    private static String safe(String text) {
        return FORMULA.matcher(text).lookingAt() ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        csv.flush();
    }
}
