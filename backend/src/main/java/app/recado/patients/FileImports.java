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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports of files, as people walk through them: a file comes, its columns are named, every row is tried, then all that
 * can be is taken over, and it may be undone. What takes long is a job ({@link ImportRun}).
 */
@Service
public class FileImports {

    /** Rows that are shown of a file before anything is done with it. */
    private static final int SHOWN = 5;

    private static final int LISTED = 20;

    private final Map<String, ImportKind> kinds;
    private final JdbcClient jdbc;
    private final ImportFiles files;
    private final OrganizationProfiles organizations;
    private final Jobs jobs;
    private final JsonMapper json;
    private final Clock clock;

    FileImports(
            List<ImportKind> kinds,
            JdbcClient jdbc,
            ImportFiles files,
            OrganizationProfiles organizations,
            Jobs jobs,
            JsonMapper json,
            Clock clock) {
        this.kinds = kinds.stream().collect(Collectors.toMap(ImportKind::name, Function.identity()));
        this.jdbc = jdbc;
        this.files = files;
        this.organizations = organizations;
        this.jobs = jobs;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What is to be done with a file.
     *
     * @param fields what each column holds, in the order of the columns
     * @param options what else the kind wants to know
     */
    public record Plan(List<String> fields, boolean updateExisting, boolean monthFirst, Map<String, String> options) {}

    /**
     * Takes a file, recognises what it is and proposes what its columns hold.
     *
     * @throws app.recado.kernel.ProblemException {@code import-file-refused}
     */
    @Transactional
    public FileImport upload(String kind, Path file) {
        var id = Ids.next();
        try {
            var table = TableFile.open(file);
            var fields = kind(kind).suggested(table.header());
            var clinic = organizations.current();
            jdbc.sql("""
                            insert into patient_import (organization_id, id, kind, state, format, encoding, delimiter, columns, fields,
                                                        existing, month_first, created_at, created_by)
                            values (?, ?, ?, 'uploaded', ?, ?, ?, ?, ?, 'skip', ?, ?, ?)
                            """)
                    .param(CurrentOrganization.id())
                    .param(id)
                    .param(kind)
                    .param(table.format())
                    .param(table.encoding())
                    .param(table.delimiter() == null ? null : String.valueOf(table.delimiter()))
                    .param(table.header().toArray(String[]::new))
                    .param(fields.toArray(String[]::new))
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
        return get(kind, id);
    }

    private static RuntimeException refusal(FileTrouble trouble) {
        return Problem.IMPORT_FILE_REFUSED.at("/file", trouble.code(), trouble.detail());
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public FileImport get(String kind, UUID id) {
        return find(id).filter(one -> one.kind().equals(kind))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such import"));
    }

    /** The import of that id, of whatever kind. Needs an open transaction. */
    Optional<FileImport> find(UUID id) {
        return jdbc.sql("select * from patient_import where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** What its rows mean. */
    ImportKind kind(String name) {
        return Objects.requireNonNull(kinds.get(name), "no such kind of import");
    }

    /** The newest first, twenty at most. */
    @Transactional(readOnly = true)
    public List<FileImport> newest(String kind) {
        return jdbc.sql("""
                        select * from patient_import where organization_id = ? and kind = ? order by created_at desc, id desc limit %d
                        """.formatted(LISTED))
                .params(CurrentOrganization.id(), kind)
                .query((row, n) -> read(row))
                .list();
    }

    /** The first rows of the file, as they stand there; empty once the file is gone. */
    @Transactional(readOnly = true)
    public List<List<String>> preview(String kind, UUID id) {
        get(kind, id);
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
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields},
     *     {@code import-not-in-that-state}
     */
    @Transactional
    public FileImport check(String kind, UUID id, ExpectedVersion expected, Plan plan) {
        var before = get(kind, id);
        expected.mustBe(before.version());
        if (plan.fields().size() != before.columns().size()) {
            throw Problem.INVALID_FIELDS.at("/fields", "out-of-range", "One field for each column");
        }
        var meaning = kind(kind);
        var used = new HashSet<String>();
        for (int i = 0; i < plan.fields().size(); i++) {
            if (!plan.fields().get(i).equals(meaning.ignored())
                    && !used.add(plan.fields().get(i))) {
                throw Problem.INVALID_FIELDS.at("/fields/" + i, "already-used", "Another column holds this");
            }
        }
        meaning.requireEnough(used);
        if (!files.isThere(id)) {
            throw Problem.IMPORT_NOT_IN_THAT_STATE.because("The file is not kept any more: upload it again");
        }
        jdbc.sql("""
                        update patient_import set fields = ?, existing = ?, month_first = ?, options = cast(? as jsonb)
                         where organization_id = ? and id = ?
                        """)
                .param(plan.fields().toArray(String[]::new))
                .param(plan.updateExisting() ? "update" : "skip")
                .param(plan.monthFirst())
                .param(json.writeValueAsString(plan.options()))
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
    public FileImport commit(String kind, UUID id, ExpectedVersion expected) {
        var before = get(kind, id);
        expected.mustBe(before.version());
        if (before.state() == ImportState.CHECKED && !files.isThere(id)) {
            throw Problem.IMPORT_NOT_IN_THAT_STATE.because("The file is not kept any more: upload it again");
        }
        return begin(before, Set.of(ImportState.CHECKED), ImportState.IMPORTING);
    }

    /**
     * Has the records removed that it created, but for those that something refers to or somebody changed.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code import-not-in-that-state}
     */
    @Transactional
    public FileImport undo(String kind, UUID id, ExpectedVersion expected) {
        var before = get(kind, id);
        expected.mustBe(before.version());
        return begin(before, Set.of(ImportState.IMPORTED), ImportState.UNDOING);
    }

    private FileImport begin(FileImport before, Set<ImportState> from, ImportState state) {
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
        return get(before.kind(), before.id());
    }

    private FileImport read(ResultSet row) throws SQLException {
        return new FileImport(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                ImportState.of(row.getString("state")),
                row.getString("format"),
                row.getString("encoding"),
                row.getString("delimiter"),
                texts(row, "columns"),
                texts(row, "fields"),
                row.getString("existing").equals("update"),
                row.getBoolean("month_first"),
                json.readValue(row.getString("options"), new TypeReference<Map<String, String>>() {}),
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

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
