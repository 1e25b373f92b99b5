package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The files of imports. They are kept in the database, behind the same fence as the patients they hold, in parts; while one
 * is read it lies in a file of this process, which goes with the reading.
 */
@Repository
public class ImportFiles {

    /** Bytes; a hundred thousand patients take 12 MB. */
    static final int MOST_BYTES = 32 * 1024 * 1024;

    private static final int PART = 1024 * 1024;

    private final JdbcClient jdbc;

    ImportFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A file of this process that is gone when it is closed. */
    public record Spooled(Path path) implements Closeable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code body-too-large} */
    public Spooled spool(InputStream bytes) throws IOException {
        var spooled = new Spooled(Files.createTempFile("recado-import", null));
        try (var out = Files.newOutputStream(spooled.path())) {
            var buffer = new byte[64 * 1024];
            long size = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                size += read;
                if (size > MOST_BYTES) {
                    throw Problem.BODY_TOO_LARGE.because("The limit is %d bytes".formatted(MOST_BYTES));
                }
                out.write(buffer, 0, read);
            }
            return spooled;
        } catch (IOException | RuntimeException e) {
            spooled.close();
            throw e;
        }
    }

    /** Keeps a file for an import; needs an open transaction. */
    public void keep(UUID id, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            int number = 0;
            for (var part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                jdbc.sql(
                                "insert into patient_import_part (organization_id, import_id, number, bytes) values (?, ?, ?, ?)")
                        .params(CurrentOrganization.id(), id, number++, part)
                        .update();
            }
        }
    }

    public boolean isThere(UUID id) {
        return jdbc.sql("""
                        select exists (select from patient_import_part where organization_id = ? and import_id = ? and number = 0)
                        """)
                .params(CurrentOrganization.id(), id)
                .query(Boolean.class)
                .single();
    }

    /** The file of an import, empty when it is not kept any more; needs an open transaction. */
    public Spooled fetch(UUID id) throws IOException {
        var spooled = new Spooled(Files.createTempFile("recado-import", null));
        try (var out = Files.newOutputStream(spooled.path())) {
            for (int number = 0; ; number++) {
                var part = jdbc.sql("""
                                select bytes from patient_import_part
                                 where organization_id = ? and import_id = ? and number = ?
                                """)
                        .params(CurrentOrganization.id(), id, number)
                        .query(byte[].class)
                        .optional();
                if (part.isEmpty()) {
                    return spooled;
                }
                out.write(part.get());
            }
        } catch (IOException | RuntimeException e) {
            spooled.close();
            throw e;
        }
    }
}
