package app.recado.kernel.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a sheet while it is filled. Cells are inline strings: text, whatever they look like, and none is kept in memory to
 * be shared.
 */
final class XlsxTable implements TableWriter {

    private static final int ROWS_IN_MEMORY = 500;

    /** The program that wrote a workbook is among its properties. */
    private static final String PROGRAM = "Recado";

    private final Workbook workbook;
    private final Worksheet sheet;
    private int rows;

    XlsxTable(OutputStream to, String name) {
        this.workbook = new Workbook(to, PROGRAM, "1.0");
        this.sheet = workbook.newWorksheet(name);
        sheet.freezePane(0, 1); // the header stays in sight
    }

    @Override
    public void row(List<String> cells) throws IOException {
        for (int column = 0; column < cells.size(); column++) {
            if (!cells.get(column).isEmpty()) {
                sheet.inlineString(rows, column, cells.get(column));
            }
        }
        if (++rows % ROWS_IN_MEMORY == 0) {
            sheet.flush();
        }
    }

    @Override
    public void close() throws IOException {
        workbook.finish();
    }
}
