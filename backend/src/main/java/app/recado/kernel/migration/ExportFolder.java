package app.recado.kernel.migration;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with the tables of another system: {@code TABLE.csv} (UTF-8, comma, a header) or {@code TABLE.json} (an array of
 * flat objects), and their files in {@code media}. Read whole: it is for practices, not for millions of rows.
 */
final class ExportFolder {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Map<String, List<ExternalRow>> tables = new LinkedHashMap<>();

    private ExportFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the folder.
     *
     * @param names tables that may be there; a clinic without any row of one needs no file of it
     * @throws MigrationException when a file cannot be read, or there are two of one table
     */
    static ExportFolder read(Path folder, Set<String> names) {
        if (!Files.isDirectory(folder)) {
            throw new MigrationException(folder + " is not a folder");
        }
        var export = new ExportFolder(folder);
        for (var name : new TreeSet<>(names)) {
            var csv = folder.resolve(name + ".csv");
            var json = folder.resolve(name + ".json");
            if (Files.exists(csv) && Files.exists(json)) {
                throw new MigrationException("There are two files of " + name + ": keep one");
            }
            try {
                export.tables.put(
                        name, Files.exists(csv) ? csv(name, csv) : Files.exists(json) ? json(name, json) : List.of());
            } catch (MigrationException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // Words of a parser may quote a row.
                throw new MigrationException("The file of " + name + " cannot be read: "
                        + e.getClass().getSimpleName());
            }
        }
        return export;
    }

    private static List<ExternalRow> csv(String table, Path file) throws IOException {
        var rows = new ArrayList<ExternalRow>();
        try (var reader = CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            for (NamedCsvRecord record : reader) {
                var values = new TreeMap<String, String>();
                record.getFieldsAsMap().forEach((column, text) -> put(values, column, text));
                rows.add(new ExternalRow(table, rows.size() + 1, Map.copyOf(values)));
            }
        }
        return rows;
    }

    private static List<ExternalRow> json(String table, Path file) {
        var rows = new ArrayList<ExternalRow>();
        var root = JSON.readTree(file.toFile());
        if (!root.isArray()) {
            throw new MigrationException("The file of " + table + " is not an array of objects");
        }
        for (JsonNode one : root) {
            var values = new TreeMap<String, String>();
            one.properties().forEach(entry -> {
                if (entry.getValue().isContainer()) {
                    throw new MigrationException(
                            "The file of %s has something nested in %s".formatted(table, entry.getKey()));
                }
                put(
                        values,
                        entry.getKey(),
                        entry.getValue().isNull() ? null : entry.getValue().asString());
            });
            rows.add(new ExternalRow(table, rows.size() + 1, Map.copyOf(values)));
        }
        return rows;
    }

    private static void put(Map<String, String> values, String column, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            values.put(column.strip(), text.strip());
        }
    }

    /** All rows of a table. */
    List<ExternalRow> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    /** Those of a clinic. @param clinic the other system's id of it */
    List<ExternalRow> rows(String table, String clinic) {
        return rows(table).stream()
                .filter(row -> clinic.equals(row.text(ExternalRow.CLINIC)))
                .toList();
    }

    /** Columns with something in them that nobody reads. */
    Set<String> unread(String table, Set<String> read) {
        var unread = new TreeSet<String>();
        rows(table).forEach(row -> unread.addAll(row.values().keySet()));
        unread.removeAll(read);
        unread.remove(ExternalRow.ID);
        unread.remove(ExternalRow.CLINIC);
        return unread;
    }

    /** A file of the export; empty when it is missing, or lies outside of the folder. */
    Optional<Path> file(String name) {
        var media = folder.resolve("media").toAbsolutePath().normalize();
        var file = media.resolve(name).normalize();
        return file.startsWith(media) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
