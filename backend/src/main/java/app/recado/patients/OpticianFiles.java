package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.media.Media;
import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pictures and documents of the optician's practice manager. What they are is told by their content, not by their names. */
@Component
class OpticianFiles implements MigratedTable {

    private static final int LONGEST_NAME = 200;

    private final PatientFiles files;
    private final Media media;
    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;

    OpticianFiles(PatientFiles files, Media media, OrganizationProfiles organizations, JdbcClient jdbc) {
        this.files = files;
        this.media = media;
        this.organizations = organizations;
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "media";
    }

    @Override
    public String table() {
        return "media";
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    public Set<String> columns() {
        return Set.of("patient_id", "appointment_id", "file", "name", "created_at");
    }

    /** A rehearsal puts nothing into the store: what a file holds is then seen only when it is moved. */
    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        var patient = relations.required(row, "patient_id", OpticianPatients.KIND);
        var visit = relations.optional(row, "appointment_id", "appointments").orElse(null);
        var file = relations.file(row, "file");
        var name = Objects.requireNonNullElse(row.text("name"), String.valueOf(file.getFileName()));
        if (name.length() > LONGEST_NAME) {
            throw row.refused("name", "too-long");
        }
        var at = row.moment("created_at", organizations.current().timeZone());
        if (relations.rehearsal()) {
            return attached(patient, visit, name, new Media.Stored("rehearsal", "image/png", 1, "0".repeat(64)), at);
        }
        try (var bytes = Files.newInputStream(file)) {
            return attached(patient, visit, name, media.keep(bytes), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UUID attached(UUID patient, @Nullable UUID visit, String name, Media.Stored stored, Instant at) {
        return files.attach(patient, visit, name, stored, at, Caller.current().subject());
    }

    @Override
    public long present(boolean rehearsal) {
        return jdbc.sql("select count(*) from patient_file where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
    }
}
