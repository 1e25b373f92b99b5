package app.recado.bot;

import app.recado.bot.AssistantFacts.FactTexts;
import app.recado.bot.flow.FlowLanguage;
import app.recado.kernel.PlainText;
import app.recado.kernel.SearchText;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table of facts as a spreadsheet writes it: a title in each row, and what is told in one language or more. */
record FactFile(List<Row> rows, List<Trouble> troubles) {

    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_TEXT = 1500;
    private static final String TITLE = "title";
    private static final String OWN = "own";

    /** What columns may be called, normalised. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("title", TITLE),
            Map.entry("titulo", TITLE),
            Map.entry("sobre que", TITLE),
            Map.entry("es", "es"),
            Map.entry("espanol", "es"),
            Map.entry("en", "en"),
            Map.entry("english", "en"),
            Map.entry("pt", "pt"),
            Map.entry("pt br", "pt"),
            Map.entry("pt-br", "pt"),
            Map.entry("portugues", "pt"),
            Map.entry("text", OWN),
            Map.entry("texto", OWN));

    FactFile {
        rows = List.copyOf(rows);
        troubles = List.copyOf(troubles);
    }

    /** A row that can be taken. */
    record Row(String title, FactTexts texts) {}

    /**
     * Why a row cannot be taken.
     *
     * @param line on which it begins; the header's is 1
     * @param code which trouble
     */
    @Schema(name = "AssistantFactTrouble")
    record Trouble(
            @Schema(example = "7") long line,

            @Schema(
                    allowableValues = {
                        "no-header",
                        "broken",
                        "no-title",
                        "no-text",
                        "title-too-long",
                        "text-too-long",
                        "title-twice",
                        "too-many"
                    })
            String code) {}

    /** @param own the language of a column that names none */
    static FactFile read(String csv, FlowLanguage own) {
        var text = csv.startsWith("\ufeff") ? csv.substring(1) : csv;
        var header = text.lines().findFirst().orElse("");
        char delimiter = header.chars().filter(c -> c == ';').count()
                        > header.chars().filter(c -> c == ',').count()
                ? ';'
                : header.indexOf('\t') >= 0 && header.indexOf(',') < 0 ? '\t' : ',';
        var rows = new ArrayList<Row>();
        var troubles = new ArrayList<Trouble>();
        var columns = new HashMap<String, Integer>();
        var titles = new HashSet<String>();
        try (var reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (var record : reader) {
                if (columns.isEmpty()) {
                    columns.putAll(columns(record.getFields()));
                    if (!columns.containsKey(TITLE) || columns.size() < 2) {
                        return new FactFile(List.of(), List.of(new Trouble(1, "no-header")));
                    }
                } else if (record.getFields().stream().anyMatch(field -> !field.isBlank())) {
                    take(record, columns, own, titles, rows, troubles);
                }
            }
        } catch (CsvParseException | java.io.IOException e) {
            return new FactFile(List.of(), List.of(new Trouble(1, "broken")));
        }
        return columns.isEmpty()
                ? new FactFile(List.of(), List.of(new Trouble(1, "no-header")))
                : new FactFile(rows, troubles);
    }

    private static Map<String, Integer> columns(List<String> header) {
        var columns = new HashMap<String, Integer>();
        for (int at = 0; at < header.size(); at++) {
            var column = COLUMNS.get(SearchText.normalise(header.get(at)));
            if (column != null) {
                columns.putIfAbsent(column, at);
            }
        }
        return columns;
    }

    private static void take(
            CsvRecord record,
            Map<String, Integer> columns,
            FlowLanguage own,
            Set<String> titles,
            List<Row> rows,
            List<Trouble> troubles) {
        long line = record.getStartingLineNumber();
        var title = PlainText.oneLine(cell(record, columns, TITLE)).strip();
        var texts = new FactTexts(
                said(record, columns, "es", own == FlowLanguage.ES),
                said(record, columns, "en", own == FlowLanguage.EN),
                said(record, columns, "pt", own == FlowLanguage.PT_BR));
        var trouble = title.isEmpty()
                ? "no-title"
                : title.length() > LONGEST_TITLE
                        ? "title-too-long"
                        : texts.in(own).isEmpty()
                                ? "no-text"
                                : Math.max(
                                                        texts.es().length(),
                                                        Math.max(
                                                                texts.en().length(),
                                                                texts.pt().length()))
                                                > LONGEST_TEXT
                                        ? "text-too-long"
                                        : titles.add(SearchText.normalise(title)) ? null : "title-twice";
        if (trouble == null) {
            rows.add(new Row(title, texts));
        } else {
            troubles.add(new Trouble(line, trouble));
        }
    }

    private static String said(CsvRecord record, Map<String, Integer> columns, String language, boolean own) {
        var text = cell(record, columns, language);
        return text.isBlank() && own ? cell(record, columns, OWN) : text;
    }

    /** As it was written: a spreadsheet's guard against formulas is not part of it. */
    private static String cell(CsvRecord record, Map<String, Integer> columns, String column) {
        var at = columns.get(column);
        var text = at == null || at >= record.getFieldCount()
                ? ""
                : record.getField(at).strip();
        return text.length() > 1 && text.charAt(0) == '\'' && "=+-@".indexOf(text.charAt(1)) >= 0
                ? text.substring(1)
                : text;
    }
}
