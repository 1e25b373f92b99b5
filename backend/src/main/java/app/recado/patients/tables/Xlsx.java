package app.recado.patients.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** Tables on the first sheet of a workbook. Dates come as {@code yyyy-mm-dd}, numbers without exponent. */
final class Xlsx {

    /** What a workbook may unpack to; a hundred thousand patients take 60 MB. */
    private static final long MOST_UNPACKED = 400L * 1024 * 1024;

    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, false);

    private Xlsx() {}

    /** Unpacks it once without keeping anything: a small file may unpack to any size. */
    static void checkSize(Path file) throws IOException, FileTrouble.Refusal {
        var buffer = new byte[64 * 1024];
        long size = 0;
        try (var zip = new ZipFile(file.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                try (var in = zip.getInputStream(entries.nextElement())) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        size += read;
                        if (size > MOST_UNPACKED) {
                            throw new FileTrouble.Refusal(FileTrouble.TOO_LARGE);
                        }
                    }
                }
            }
        } catch (ZipException e) {
            throw new FileTrouble.Refusal(FileTrouble.NO_TABLE);
        }
    }

    static List<String> header(Path file) throws IOException, FileTrouble.Refusal {
        var header = new ArrayList<String>();
        walk(file, row -> {
            header.addAll(row.cells());
            return row.isEmpty();
        });
        return header;
    }

    static void read(Path file, TableFile.Rows rows) throws IOException, FileTrouble.Refusal {
        var header = new boolean[1];
        walk(file, row -> {
            if (!header[0]) {
                header[0] = !row.isEmpty();
                return true;
            }
            return rows.take(row);
        });
    }

    private static void walk(Path file, TableFile.Rows rows) throws IOException, FileTrouble.Refusal {
        try (var workbook = open(file);
                var stream = workbook.getFirstSheet().openStream()) {
            for (var all = stream.iterator(); all.hasNext(); ) {
                if (!rows.take(row(all.next()))) {
                    return;
                }
            }
        } catch (ExcelReaderException | UncheckedIOException | IndexOutOfBoundsException e) {
            throw new FileTrouble.Refusal(FileTrouble.BROKEN);
        }
    }

    /** What is packed like a workbook and is none fails in as many ways as there are files. */
    private static ReadableWorkbook open(Path file) throws FileTrouble.Refusal {
        try {
            return new ReadableWorkbook(file.toFile(), WITH_FORMATS);
        } catch (IOException | RuntimeException e) {
            throw new FileTrouble.Refusal(FileTrouble.BROKEN);
        }
    }

    private static TableFile.Row row(Row row) {
        var cells = new ArrayList<String>();
        var formulas = new HashSet<Integer>();
        for (int i = 0; i < Math.min(row.getCellCount(), TableFile.MOST_COLUMNS + 1); i++) {
            int place = i;
            var cell = row.getOptionalCell(i);
            cell.filter(one -> one.getType() == CellType.FORMULA).ifPresent(one -> formulas.add(place));
            cells.add(cell.map(Xlsx::text).orElse(""));
        }
        return new TableFile.Row(row.getRowNum(), cells, formulas);
    }

    private static String text(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER ->
                isDate(cell)
                        ? date(cell)
                        : isTime(cell)
                                ? time(cell)
                                : cell.asNumber().stripTrailingZeros().toPlainString();
            case STRING, BOOLEAN -> Csv.cut(cell.getText().strip());
            case EMPTY, ERROR, FORMULA -> "";
        };
    }

    /** A day, with its hour unless that is midnight, which is how spreadsheets keep days. */
    private static String date(Cell cell) {
        var moment = cell.asDate().truncatedTo(ChronoUnit.MINUTES);
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? moment.toLocalDate().toString()
                : moment.toString();
    }

    /** Spreadsheets keep an hour as a part of a day. */
    private static String time(Cell cell) {
        long minutes = Math.round(cell.asNumber().doubleValue() * MINUTES_OF_A_DAY);
        return LocalTime.MIDNIGHT.plusMinutes(minutes).toString();
    }

    private static boolean isDate(Cell cell) {
        var letters = letters(cell);
        return letters.contains("y") || letters.contains("d") || letters.contains("a\u00f1o");
    }

    private static boolean isTime(Cell cell) {
        return letters(cell).contains("h") && cell.asNumber().doubleValue() < 1;
    }

    private static String letters(Cell cell) {
        var format = cell.getDataFormatString();
        // Words in quotation marks and colours in brackets are no letters of a date.
        return format == null
                ? ""
                : format.replaceAll("\"[^\"]*\"|\\[[^\\]]*]", "").toLowerCase(Locale.ROOT);
    }
}
