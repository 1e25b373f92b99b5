package app.recado.clinicexport;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the current organization's archive. Its tables are read in one snapshot into files of this machine first, and only
 * then sent: whoever downloads slowly holds no connection and no snapshot of the database.
 */
@Component
class ClinicArchive {

    static final String FORMAT = "recado-clinic-1";

    /** The last file of an archive: without it the archive broke off. */
    static final String MANIFEST = "manifest.json";

    private static final int ROWS_AT_ONCE = 500;
    private static final int FILES_AT_ONCE = 500;

    private final ExportedTables tables;
    private final OrganizationProfiles organizations;
    private final Media media;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;
    private final Clock clock;

    ClinicArchive(
            ExportedTables tables,
            OrganizationProfiles organizations,
            Media media,
            DataSource database,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            JsonMapper json,
            Clock clock) {
        this.tables = tables;
        this.organizations = organizations;
        this.media = media;
        this.jdbc = JdbcClient.create(inPortions(database));
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    private static JdbcTemplate inPortions(DataSource database) {
        var template = new JdbcTemplate(database);
        template.setFetchSize(ROWS_AT_ONCE);
        return template;
    }

    /** What is taken out, and when. */
    record Begun(OrganizationProfile clinic, Instant at) {}

    /**
     * One file of an archive.
     *
     * @param records how many lines it has; null for what is no table
     * @param sha256 of its bytes, lower-case hexadecimal
     */
    record Entry(String name, @Nullable Long records, long bytes, String sha256) {}

    /**
     * What an archive contains and what it does not.
     *
     * @param leftOut tables by name, with the reason
     */
    record Manifest(
            String format,
            UUID organizationId,
            String organizationName,
            Instant writtenAt,
            List<Entry> entries,
            Map<String, String> leftOut) {}

    private record Table(String name, Path file, long records) {}

    /** Says that somebody takes the clinic out, before anything is read. */
    Begun begin() {
        return Objects.requireNonNull(transaction.execute(status -> {
            events.publishEvent(new ClinicExported(Caller.current().subject()));
            return new Begun(organizations.current(), clock.instant());
        }));
    }

    /** Writes it. When it breaks off, the manifest is missing. */
    void write(Begun begun, OutputStream to) throws IOException {
        var folder = Files.createTempDirectory("recado-export");
        try {
            // Before the archive is opened: what fails here is still answered as a problem.
            var tablesThen = read(folder);
            try (var zip = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
                write(zip, begun, tablesThen);
            }
        } finally {
            delete(folder);
        }
    }

    private void write(ZipOutputStream zip, Begun begun, List<Table> tablesThen) throws IOException {
        var entries = new ArrayList<Entry>();
        for (var table : tablesThen) {
            var name = "tables/" + table.name() + ".ndjson";
            entries.add(entry(zip, name, begun, table.records(), out -> Files.copy(table.file(), out)));
        }
        writeFiles(zip, begun, entries);
        var manifest = new Manifest(
                FORMAT, begun.clinic().id(), begun.clinic().name(), begun.at(), entries, ExportedTables.leftOut());
        zip.putNextEntry(named(MANIFEST, begun));
        zip.write(json.writeValueAsBytes(manifest));
        zip.closeEntry();
    }

    /** All tables as they stood at one moment, a file each. */
    private List<Table> read(Path folder) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            var read = new ArrayList<Table>();
            read.add(read(folder, "organization", "id"));
            for (var name : tables.names()) {
                read.add(read(folder, name, "organization_id"));
            }
            return read;
        }));
    }

    /** @param name from the catalogue, never from a request */
    private Table read(Path folder, String name, String key) {
        var file = folder.resolve(name);
        var records = new long[1];
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            RowCallbackHandler writing = row -> {
                try {
                    out.write(row.getString(1).getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                records[0]++;
            };
            jdbc.sql("""
                            select (to_jsonb(t) - cast(? as text[]))::text from recado."%s" t where %s = ?
                            """.formatted(name, key))
                    .params(ExportedTables.SECRET_COLUMNS.toArray(String[]::new), CurrentOrganization.id())
                    .query(writing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Table(name, file, records[0]);
    }

    /** Pictures, documents and voice notes. What the store has lost is missing in the manifest as well. */
    private void writeFiles(ZipOutputStream zip, Begun begun, List<Entry> entries) throws IOException {
        var now = YearMonth.from(begun.at().atOffset(ZoneOffset.UTC));
        var own = CurrentOrganization.id() + "/";
        for (var portion : media.keysUntil(now, FILES_AT_ONCE)) {
            for (var key : portion) {
                var found = media.open(key);
                if (found.isPresent()) {
                    try (var in = found.get()) {
                        entries.add(entry(zip, "files/" + key.substring(own.length()), begun, null, in::transferTo));
                    }
                }
            }
        }
    }

    @FunctionalInterface
    private interface Content {
        /** How many bytes were written. */
        long writeTo(OutputStream out) throws IOException;
    }

    private static Entry entry(ZipOutputStream zip, String name, Begun begun, @Nullable Long records, Content content)
            throws IOException {
        zip.putNextEntry(named(name, begun));
        var hashed = new HashedEntry(zip);
        long written = content.writeTo(hashed);
        zip.closeEntry();
        if (written != hashed.bytes()) {
            throw new IOException("A file changed while it was written");
        }
        return new Entry(name, records, written, hashed.sha256());
    }

    private static ZipEntry named(String name, Begun begun) {
        var entry = new ZipEntry(name);
        entry.setTime(begun.at().toEpochMilli());
        return entry;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
