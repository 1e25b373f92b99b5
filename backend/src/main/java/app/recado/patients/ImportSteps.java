package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.organizations.OrganizationProfile;
import app.recado.patients.ImportRowReader.ReadRow;
import java.time.Clock;
import java.util.ArrayList;
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
    private final ImportedPatients patients;
    private final PatientRegister register;
    private final LiveHints hints;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ImportSteps(
            JdbcClient jdbc,
            ImportedPatients patients,
            PatientRegister register,
            LiveHints hints,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.patients = patients;
        this.register = register;
        this.hints = hints;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What became of a row. */
    private record Done(
            ReadRow row, ImportRowOutcome outcome, @Nullable UUID patient) {}

    private record Begun(ImportState state, int rowsDone, String by) {}

    /**
     * Tries some rows, or takes them over, as the import's state says. Nothing happens when another process did so.
     *
     * @param readUntil how many rows were read, these included
     */
    void batch(PatientImport now, OrganizationProfile clinic, List<ReadRow> rows, int readUntil) {
        transaction.executeWithoutResult(status -> {
            var begun = lock(now.id());
            if (begun.state() != now.state() || begun.rowsDone() != readUntil - rows.size()) {
                return;
            }
            var done = begun.state() == ImportState.CHECKING
                    ? tried(rows, now.updateExisting())
                    : taken(rows, now.updateExisting(), clinic, begun.by());
            keep(now.id(), begun.state(), done);
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

    private static List<ReadRow> good(List<ReadRow> rows) {
        return rows.stream().filter(row -> row.patient() != null).toList();
    }

    private static List<Patient.Particulars> people(List<ReadRow> good) {
        return good.stream().map(row -> Objects.requireNonNull(row.patient())).toList();
    }

    private static ImportRowOutcome bad(ReadRow row) {
        return row.problems().getFirst().code().equals("repeated")
                ? ImportRowOutcome.ALREADY_THERE
                : ImportRowOutcome.REFUSED;
    }

    private List<Done> tried(List<ReadRow> rows, boolean update) {
        var good = good(rows);
        var existing = patients.existing(people(good));
        var done = new ArrayList<Done>();
        rows.stream().filter(row -> row.patient() == null).forEach(row -> done.add(new Done(row, bad(row), null)));
        for (int i = 0; i < good.size(); i++) {
            var patient = existing.get(i);
            var outcome = patient == null
                    ? ImportRowOutcome.CREATED
                    : update ? ImportRowOutcome.UPDATED : ImportRowOutcome.ALREADY_THERE;
            done.add(new Done(good.get(i), outcome, patient));
        }
        return done;
    }

    private List<Done> taken(List<ReadRow> rows, boolean update, OrganizationProfile clinic, String by) {
        var done = tried(rows, update);
        var fresh = done.stream()
                .filter(one -> one.outcome() == ImportRowOutcome.CREATED)
                .map(Done::row)
                .toList();
        var ids = patients.add(people(fresh), clinic.country(), by);
        if (!ids.isEmpty()) {
            // One hint for all: an open list is read again once.
            hints.changed(LiveHints.Kind.PATIENT, ids.getFirst());
        }
        var result = new ArrayList<Done>();
        for (var one : done) {
            switch (one.outcome()) {
                case CREATED ->
                    result.add(new Done(one.row(), ImportRowOutcome.CREATED, ids.get(fresh.indexOf(one.row()))));
                case UPDATED -> {
                    register.complete(
                            Objects.requireNonNull(one.patient()),
                            Objects.requireNonNull(one.row().patient()),
                            by);
                    result.add(one);
                }
                default -> result.add(one);
            }
        }
        return result;
    }

    /** While rows are tried, those that are simply new are only counted. */
    private void keep(UUID id, ImportState state, List<Done> done) {
        var kept = done.stream()
                .filter(one -> state == ImportState.IMPORTING || one.outcome() != ImportRowOutcome.CREATED)
                .toList();
        jdbc.sql("""
                        insert into patient_import_row (organization_id, import_id, number, outcome, patient_id, problems)
                        select ?, ?, r.number, r.outcome, r.patient_id, string_to_array(r.problems, chr(10))
                          from unnest(?, ?, ?, ?) as r (number, outcome, patient_id, problems)
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(kept.stream().map(one -> one.row().number()).toArray(Long[]::new))
                .param(kept.stream().map(one -> one.outcome().wireName()).toArray(String[]::new))
                .param(kept.stream().map(Done::patient).toArray(UUID[]::new)) // some are null
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
     * Removes some of the patients that an import created; whoever something refers to, or somebody changed, stays.
     *
     * @return false when none was left, and the import is undone
     */
    boolean removeSome(UUID id, int atMost) {
        var ids = Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select patient_id from patient_import_row
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
            remove(id, ids);
        } catch (DataIntegrityViolationException e) {
            for (var one : ids) {
                removeOrKeep(id, one);
            }
        }
        return true;
    }

    private void removeOrKeep(UUID id, UUID patient) {
        try {
            remove(id, List.of(patient));
        } catch (DataIntegrityViolationException e) {
            transaction.executeWithoutResult(status -> settle(id, List.of(patient), List.of()));
        }
    }

    private void remove(UUID id, List<UUID> ids) {
        transaction.executeWithoutResult(status -> {
            var removed = jdbc.sql("""
                            delete from patient where organization_id = ? and id = any (?) and version = 0 returning id
                            """)
                    .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .list();
            settle(id, ids, removed);
            if (!removed.isEmpty()) {
                hints.changed(LiveHints.Kind.PATIENT, removed.getFirst());
            }
        });
    }

    private void settle(UUID id, List<UUID> ids, List<UUID> removed) {
        jdbc.sql("""
                        update patient_import_row
                           set outcome = case when patient_id = any (?) then 'removed' else 'kept' end
                         where organization_id = ? and import_id = ? and outcome = 'created' and patient_id = any (?)
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
