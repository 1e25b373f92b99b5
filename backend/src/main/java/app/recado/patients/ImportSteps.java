package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.patients.ImportKind.Done;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The transactions of which an import is made: each does some rows and counts them, or changes nothing. */
@Component
class ImportSteps {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ImportSteps(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Begun(ImportState state, int rowsDone, String by) {}

    /**
     * Tries some rows, or takes them over, as the import's state says. Nothing happens when another process did so.
     *
     * @param readUntil how many rows were read, these included
     */
    void batch(FileImport now, ImportKind.Step step, List<ImportKind.Row> rows, int readUntil) {
        transaction.executeWithoutResult(status -> {
            var begun = lock(now.id());
            if (begun.state() != now.state() || begun.rowsDone() != readUntil - rows.size()) {
                return;
            }
            var done = step.batch(rows, begun.state() == ImportState.IMPORTING, begun.by());
            keep(now, begun.state(), done);
            count(now.id(), readUntil, done);
        });
    }

    private Begun lock(UUID id) {
        return jdbc.sql("""
                        select state, rows_done, created_by from patient_import
                         where organization_id = ? and id = ? for update
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Begun(ImportState.of(row.getString(1)), row.getInt(2), row.getString(3)))
                .single();
    }

    /** While rows are tried, those that are simply new are only counted. */
    private void keep(FileImport now, ImportState state, List<Done> done) {
        var kept = done.stream()
                .filter(one -> state == ImportState.IMPORTING || one.outcome() != ImportRowOutcome.CREATED)
                .toList();
        jdbc.sql("""
                        insert into patient_import_row (organization_id, import_id, number, outcome, %s, problems)
                        select ?, ?, r.number, r.outcome, r.id, string_to_array(r.problems, chr(10))
                          from unnest(?, ?, ?, ?) as r (number, outcome, id, problems)
                        """.formatted(now.kind().equals(PatientImportKind.NAME) ? "patient_id" : "record_id"))
                .param(CurrentOrganization.id())
                .param(now.id())
                .param(kept.stream().map(one -> one.row().number()).toArray(Long[]::new))
                .param(kept.stream().map(one -> one.outcome().wireName()).toArray(String[]::new))
                .param(kept.stream().map(Done::id).toArray(UUID[]::new)) // some are null
                .param(kept.stream()
                        .map(one -> String.join(
                                "\n",
                                one.row().problems().stream()
                                        .map(problem -> problem.column() + " " + problem.code())
                                        .toList()))
                        .toArray(String[]::new))
                .update();
    }

    private void count(UUID id, int readUntil, List<Done> done) {
        Map<ImportRowOutcome, Integer> counts = new EnumMap<>(ImportRowOutcome.class);
        done.forEach(one -> counts.merge(one.outcome(), 1, Integer::sum));
        jdbc.sql("""
                        update patient_import
                           set rows_done = ?, created = created + ?, updated = updated + ?, already_there = already_there + ?,
                               refused = refused + ?
                         where organization_id = ? and id = ?
                        """)
                .params(
                        readUntil,
                        counts.getOrDefault(ImportRowOutcome.CREATED, 0),
                        counts.getOrDefault(ImportRowOutcome.UPDATED, 0),
                        counts.getOrDefault(ImportRowOutcome.ALREADY_THERE, 0),
                        counts.getOrDefault(ImportRowOutcome.REFUSED, 0),
                        CurrentOrganization.id(),
                        id)
                .update();
    }

    /** Ends a step that went through all rows. */
    void finish(UUID id, ImportState step, int rows) {
        transaction.executeWithoutResult(status ->
                end(id, step, step == ImportState.CHECKING ? ImportState.CHECKED : ImportState.IMPORTED, rows, null));
    }

    /** The file cannot be read. While rows are taken over this cannot be: they were all read before. */
    void fail(UUID id, String cause) {
        transaction.executeWithoutResult(status -> end(id, ImportState.CHECKING, ImportState.FAILED, null, cause));
    }

    private void end(UUID id, ImportState from, ImportState state, @Nullable Integer rows, @Nullable String cause) {
        jdbc.sql("""
                        update patient_import
                           set state = ?, rows_total = coalesce(?, rows_total), cause = ?, finished_at = ?, version = version + 1
                         where organization_id = ? and id = ? and state = ?
                        """)
                .param(state.wireName())
                .param(rows)
                .param(cause)
                .param(SqlTime.at(clock.instant()))
                .param(CurrentOrganization.id())
                .param(id)
                .param(from.wireName())
                .update();
    }

    /**
     * Removes some of the records that an import created; what something refers to, or somebody changed, stays.
     *
     * @return false when none was left, and the import is undone
     */
    boolean removeSome(UUID id, ImportKind kind, int atMost) {
        var ids = Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select coalesce(record_id, patient_id) from patient_import_row
                         where organization_id = ? and import_id = ? and outcome = 'created' order by number limit %d
                        """.formatted(atMost))
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list()));
        if (ids.isEmpty()) {
            transaction.executeWithoutResult(status -> end(id, ImportState.UNDOING, ImportState.UNDONE, null, null));
            return false;
        }
        try {
            remove(id, kind, ids);
        } catch (DataIntegrityViolationException e) {
            for (var one : ids) {
                removeOrKeep(id, kind, one);
            }
        }
        return true;
    }

    private void removeOrKeep(UUID id, ImportKind kind, UUID one) {
        try {
            remove(id, kind, List.of(one));
        } catch (DataIntegrityViolationException e) {
            transaction.executeWithoutResult(status -> settle(id, List.of(one), List.of()));
        }
    }

    private void remove(UUID id, ImportKind kind, List<UUID> ids) {
        transaction.executeWithoutResult(status -> settle(id, ids, kind.remove(ids)));
    }

    private void settle(UUID id, List<UUID> ids, List<UUID> removed) {
        jdbc.sql("""
                        update patient_import_row
                           set outcome = case when coalesce(record_id, patient_id) = any (?) then 'removed' else 'kept' end
                         where organization_id = ? and import_id = ? and outcome = 'created'
                           and coalesce(record_id, patient_id) = any (?)
                        """)
                .param(removed.toArray(UUID[]::new))
                .param(CurrentOrganization.id())
                .param(id)
                .param(ids.toArray(UUID[]::new))
                .update();
        jdbc.sql("""
                        update patient_import set removed = removed + ?, kept = kept + ?, rows_done = rows_done + ?
                         where organization_id = ? and id = ?
                        """)
                .params(removed.size(), ids.size() - removed.size(), ids.size(), CurrentOrganization.id(), id)
                .update();
    }
}
