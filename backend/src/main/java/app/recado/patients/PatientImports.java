package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.tables.FileTrouble;
import app.recado.patients.tables.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Imports of patients, as people walk through them: a file comes, its columns are named, every row is tried, then all that
 * can be is taken over, and it may be undone. What takes long is a job ({@link ImportRun}).
 */
@Service
class PatientImports {

    /** Rows that are shown of a file before anything is done with it. */
    private static final int SHOWN = 5;

    private static final int LISTED = 20;

    private final JdbcClient jdbc;
    private final ImportFiles files;
    private final OrganizationProfiles organizations;
    private final Jobs jobs;
    private final Clock clock;

    PatientImports(JdbcClient jdbc, ImportFiles files, OrganizationProfiles organizations, Jobs jobs, Clock clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.organizations = organizations;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Takes a file, recognises what it is and proposes what its columns hold.
     *
     * @throws app.recado.kernel.ProblemException {@code import-file-refused}
     */
    @Transactional
    public PatientImport upload(Path file) {
        var id = Ids.next();
        try {
            var table = TableFile.open(file);
            var fields = ImportField.suggestedFor(table.header());
            var clinic = organizations.current();
            jdbc.sql("""
                            insert into patient_import (organization_id, id, state, format, encoding, delimiter, columns, fields,
                                                        existing, month_first, created_at, created_by)
                            values (?, ?, 'uploaded', ?, ?, ?, ?, ?, 'skip', ?, ?, ?)
                            """)
                    .param(CurrentOrganization.id())
                    .param(id)
                    .param(table.format())
                    .param(table.encoding())
                    .param(table.delimiter() == null ? null : String.valueOf(table.delimiter()))
                    .param(table.header().toArray(String[]::new))
                    .param(fields.stream().map(ImportField::wireName).toArray(String[]::new))
                    .param(Set.of("US").contains(clinic.country()))
                    .param(SqlTime.at(clock.instant()))
                    .param(Caller.current().subject())
                    .update();
            files.keep(id, file);
        } catch (FileTrouble.Refusal e) {
            throw refusal(e.trouble());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return get(id);
    }

    private static RuntimeException refusal(FileTrouble trouble) {
        return Problem.IMPORT_FILE_REFUSED.at("/file", trouble.code(), trouble.detail());
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public PatientImport get(UUID id) {
        return jdbc.sql("select * from patient_import where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such import"));
    }

    /** The newest first, twenty at most. */
    @Transactional(readOnly = true)
    public List<PatientImport> newest() {
        return jdbc.sql("""
                        select * from patient_import where organization_id = ? order by created_at desc, id desc limit %d
                        """.formatted(LISTED))
                .param(CurrentOrganization.id())
                .query((row, n) -> read(row))
                .list();
    }

    /** The first rows of the file, as they stand there; empty once the file is gone. */
    @Transactional(readOnly = true)
    public List<List<String>> preview(UUID id) {
        get(id);
        var rows = new ArrayList<List<String>>();
        try (var file = files.fetch(id)) {
            var table = TableFile.open(file.path());
            table.read(row -> {
                rows.add(java.util.stream.IntStream.range(0, table.header().size())
                        .mapToObj(row::cell)
                        .toList());
                return rows.size() < SHOWN;
            });
        } catch (FileTrouble.Refusal e) {
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /**
     * Says what the columns hold, and has every row tried.
     *
     * @param fields one for each column, each field once
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields},
     *     {@code import-not-in-that-state}
     */
    @Transactional
    public PatientImport check(
            UUID id, ExpectedVersion expected, List<ImportField> fields, boolean updateExisting, boolean monthFirst) {
        var before = get(id);
        expected.mustBe(before.version());
        if (fields.size() != before.columns().size()) {
            throw Problem.INVALID_FIELDS.at("/fields", "out-of-range", "One field for each column");
        }
        var used = new java.util.HashSet<ImportField>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) != ImportField.IGNORE && !used.add(fields.get(i))) {
                throw Problem.INVALID_FIELDS.at("/fields/" + i, "already-used", "Another column holds this");
            }
        }
        if (Set.of(ImportField.GIVEN_NAME, ImportField.FAMILY_NAME, ImportField.FULL_NAME).stream()
                .noneMatch(used::contains)) {
            throw Problem.INVALID_FIELDS.at("/fields", "name-missing", "Some column holds a name");
        }
        if (!files.isThere(id)) {
            throw Problem.IMPORT_NOT_IN_THAT_STATE.because("The file is not kept any more: upload it again");
        }
        jdbc.sql(
                        "update patient_import set fields = ?, existing = ?, month_first = ? where organization_id = ? and id = ?")
                .param(fields.stream().map(ImportField::wireName).toArray(String[]::new))
                .param(updateExisting ? "update" : "skip")
                .param(monthFirst)
                .param(CurrentOrganization.id())
                .param(id)
                .update();
        return begin(before, Set.of(ImportState.UPLOADED, ImportState.CHECKED), ImportState.CHECKING);
    }

    /**
     * Has all rows taken over that can be.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code import-not-in-that-state}
     */
    @Transactional
    public PatientImport commit(UUID id, ExpectedVersion expected) {
        var before = get(id);
        expected.mustBe(before.version());
        if (before.state() == ImportState.CHECKED && !files.isThere(id)) {
            throw Problem.IMPORT_NOT_IN_THAT_STATE.because("The file is not kept any more: upload it again");
        }
        return begin(before, Set.of(ImportState.CHECKED), ImportState.IMPORTING);
    }

    /**
     * Has the patients removed that it created, but for those that something refers to or somebody changed.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code import-not-in-that-state}
     */
    @Transactional
    public PatientImport undo(UUID id, ExpectedVersion expected) {
        var before = get(id);
        expected.mustBe(before.version());
        return begin(before, Set.of(ImportState.IMPORTED), ImportState.UNDOING);
    }

    private PatientImport begin(PatientImport before, Set<ImportState> from, ImportState state) {
        if (!from.contains(before.state())) {
            throw Problem.IMPORT_NOT_IN_THAT_STATE.because(
                    "The import is " + before.state().wireName());
        }
        int changed = jdbc.sql("""
                        update patient_import
                           set state = ?, rows_done = 0, cause = null, finished_at = null, version = version + 1
                         where organization_id = ? and id = ? and version = ?
                        """)
                .params(state.wireName(), CurrentOrganization.id(), before.id(), before.version())
                .update();
        if (changed == 0) {
            throw Problem.STALE.because(Problem.STALE.title());
        }
        if (state != ImportState.UNDOING) {
            jdbc.sql("delete from patient_import_row where organization_id = ? and import_id = ?")
                    .params(CurrentOrganization.id(), before.id())
                    .update();
            jdbc.sql("""
                            update patient_import set created = 0, updated = 0, already_there = 0, refused = 0
                             where organization_id = ? and id = ?
                            """).params(CurrentOrganization.id(), before.id()).update();
        }
        // Numbered by the version: the job of the step before may still be on its way out.
        jobs.schedule(ImportRun.JOB, JobId.of(before.id(), before.version() + 1), clock.instant());
        return get(before.id());
    }

    static PatientImport read(ResultSet row) throws SQLException {
        var names = (String[]) row.getArray("columns").getArray();
        var fields = (String[]) row.getArray("fields").getArray();
        var columns = new ArrayList<PatientImport.Column>();
        for (int i = 0; i < names.length; i++) {
            columns.add(new PatientImport.Column(names[i], ImportField.of(fields[i])));
        }
        return new PatientImport(
                row.getObject("id", UUID.class),
                ImportState.of(row.getString("state")),
                row.getString("format"),
                row.getString("encoding"),
                row.getString("delimiter"),
                columns,
                row.getString("existing").equals("update"),
                row.getBoolean("month_first"),
                row.getObject("rows_total", Integer.class),
                row.getInt("rows_done"),
                row.getInt("created"),
                row.getInt("updated"),
                row.getInt("already_there"),
                row.getInt("refused"),
                row.getInt("removed"),
                row.getInt("kept"),
                row.getString("cause"),
                SqlTime.instant(row, "created_at"),
                SqlTime.instantOrNull(row, "finished_at"),
                row.getLong("version"));
    }
}
