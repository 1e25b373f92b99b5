package app.recado.kernel.migration;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.FieldProblem;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.migration.MigrationReport.Clinic;
import app.recado.kernel.migration.MigrationReport.Line;
import app.recado.kernel.migration.MigrationReport.Refused;
import app.recado.kernel.security.Caller;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the clinics of an export here, one after another. Each row is a transaction of its own that also remembers the row,
 * so that whoever begins again goes on where it stopped. A rehearsal does the same inside one transaction for each clinic,
 * which is undone.
 */
@Component
public class Migration {

    /** Who does it, where records say by whom they were made. */
    static final String SUBJECT = "recado-migration";

    private final MigratedClinics clinics;
    private final List<MigratedTable> tables;
    private final MigratedRecords records;
    private final TransactionTemplate transaction;

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Migration(
            MigratedClinics clinics,
            List<MigratedTable> tables,
            MigratedRecords records,
            TransactionTemplate transaction,
            EntityManager entities,
            JdbcClient jdbc) {
        this.clinics = clinics;
        this.tables = tables.stream()
                .sorted(Comparator.comparingInt(MigratedTable::order))
                .toList();
        this.records = records;
        this.transaction = transaction;
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /**
     * Moves everything that can be.
     *
     * @param rehearsal true to write nothing
     * @throws MigrationException when the export cannot be read
     */
    public MigrationReport run(Path folder, boolean rehearsal) {
        var export = ExportFolder.read(folder, names());
        var clinicRows = export.rows(MigratedClinics.TABLE);
        if (clinicRows.isEmpty()) {
            throw new MigrationException("There is no clinic in " + MigratedClinics.TABLE);
        }
        var operator = new Caller(SUBJECT, "Recado", null, false, false, null, null, Map.of());
        return operator.doing(() -> {
            var refused = new ArrayList<Refused>();
            var moved = new ArrayList<Clinic>();
            for (var row : clinicRows) {
                try {
                    moved.add(new Clinic(
                            Objects.requireNonNullElse(row.text("name"), row.id()),
                            clinic(row, export, rehearsal, refused)));
                } catch (ProblemException e) {
                    refused.add(refused(row, e));
                }
            }
            strays(export, refused);
            return new MigrationReport(rehearsal, moved, refused, unread(export));
        });
    }

    private Set<String> names() {
        var names = tables.stream().map(MigratedTable::table).collect(Collectors.toCollection(HashSet::new));
        names.add(MigratedClinics.TABLE);
        names.add(MigratedClinics.PEOPLE);
        return names;
    }

    private List<Line> clinic(ExternalRow row, ExportFolder export, boolean rehearsal, List<Refused> refused) {
        var people = export.rows(MigratedClinics.PEOPLE, row.id());
        var owner = people.stream()
                .filter(clinics::isOwner)
                .findFirst()
                .orElseThrow(() -> row.refused(ExternalRow.ID, "owner-missing"));
        if (!rehearsal) {
            var id = asPlatform(() -> clinics.onboard(row, owner));
            return CurrentOrganization.get(id, () -> take(new Moving(row.id(), owner, export, false), refused));
        }
        var there = asPlatform(() -> clinics.find(row));
        var id = there.orElseGet(Ids::next);
        return CurrentOrganization.get(
                id,
                () -> Objects.requireNonNull(transaction.execute(status -> {
                    if (there.isEmpty()) {
                        clinics.rehearse(id, row, owner);
                    }
                    var lines = take(new Moving(row.id(), owner, export, true), refused);
                    status.setRollbackOnly();
                    return lines;
                })));
    }

    private static <T> T asPlatform(Supplier<T> work) {
        return CurrentOrganization.get(CurrentOrganization.PLATFORM, work);
    }

    private List<Line> take(Moving moving, List<Refused> refused) {
        return tables.stream().map(table -> take(table, moving, refused)).toList();
    }

    private Line take(MigratedTable table, Moving moving, List<Refused> refused) {
        var known = byItself(moving, () -> records.of(table.kind()));
        moving.known.put(table.kind(), known);
        long before = present(table, moving);
        int rows = 0;
        int created = 0;
        int there = 0;
        var seen = new HashSet<String>();
        for (var row : moving.export.rows(table.table(), moving.clinic)) {
            if (!table.concerns(row)) {
                continue;
            }
            rows++;
            if (row.text(ExternalRow.ID) != null && !seen.add(idOf(row))) {
                refused.add(refused(row, row.refused(ExternalRow.ID, "repeated")));
                continue;
            }
            if (known.containsKey(idOf(row))) {
                there++;
                continue;
            }
            var trouble = take(table, row, moving, known);
            if (trouble == null) {
                created++;
            } else {
                refused.add(trouble);
            }
        }
        return new Line(table.kind(), rows, before, created, there, rows - created - there, present(table, moving));
    }

    /** @return why nothing was taken of the row; null when it was taken */
    private @Nullable Refused take(MigratedTable table, ExternalRow row, Moving moving, Map<String, UUID> known) {
        try {
            var made = byItself(moving, () -> {
                var id = table.take(row, moving);
                records.add(table.kind(), row.id(), id);
                return id;
            });
            known.put(row.id(), made);
            return null;
        } catch (ProblemException e) {
            return refused(row, e);
        } catch (DataAccessException e) {
            // Somebody wrote the same meanwhile; its words may quote a row.
            return new Refused(row.table(), row.number(), idOf(row), "", Problem.CONFLICT.code());
        }
    }

    /**
     * Does something that is undone alone when it is refused: in a transaction of its own, or behind a savepoint of the
     * rehearsal's. Spring's nested transactions would not do: a service that refuses marks the whole transaction.
     */
    private <T> T byItself(Moving moving, Supplier<T> work) {
        if (!moving.rehearsal()) {
            return Objects.requireNonNull(transaction.execute(status -> work.get()));
        }
        jdbc.sql("savepoint migration_row").update();
        try {
            var made = work.get();
            jdbc.sql("release savepoint migration_row").update();
            return made;
        } catch (RuntimeException e) {
            entities.clear();
            jdbc.sql("rollback to savepoint migration_row").update();
            throw e;
        }
    }

    private long present(MigratedTable table, Moving moving) {
        return byItself(moving, () -> table.present(moving.rehearsal()));
    }

    private static Refused refused(ExternalRow row, ProblemException why) {
        var first = why.errors().stream().findFirst();
        return new Refused(
                row.table(),
                row.number(),
                idOf(row),
                first.map(FieldProblem::pointer).orElse(""),
                first.map(FieldProblem::code).orElse(why.problem().code()));
    }

    private static String idOf(ExternalRow row) {
        return Objects.requireNonNullElse(row.text(ExternalRow.ID), "");
    }

    /** Rows of no clinic of the export. */
    private void strays(ExportFolder export, List<Refused> refused) {
        var known =
                export.rows(MigratedClinics.TABLE).stream().map(Migration::idOf).collect(Collectors.toSet());
        for (var table : new TreeSet<>(names())) {
            if (!table.equals(MigratedClinics.TABLE)) {
                export.rows(table).stream()
                        .filter(row -> !known.contains(Objects.requireNonNullElse(row.text(ExternalRow.CLINIC), "")))
                        .forEach(row -> refused.add(refused(row, row.refused(ExternalRow.CLINIC, "relation-unknown"))));
            }
        }
    }

    private Map<String, Set<String>> unread(ExportFolder export) {
        var read = new HashMap<String, Set<String>>();
        read.put(MigratedClinics.TABLE, new HashSet<>(clinics.columns()));
        tables.forEach(table ->
                read.computeIfAbsent(table.table(), one -> new HashSet<>()).addAll(table.columns()));
        var unread = new TreeMap<String, Set<String>>();
        read.forEach((table, columns) -> {
            var left = export.unread(table, columns);
            if (!left.isEmpty()) {
                unread.put(table, left);
            }
        });
        return unread;
    }

    /** One clinic on its way here. */
    private static final class Moving implements MigrationRelations {

        private final String clinic;
        private final ExternalRow owner;
        private final ExportFolder export;
        private final boolean rehearsal;

        /** By kind, what was made of which row. */
        private final Map<String, Map<String, UUID>> known = new HashMap<>();

        /** @param clinic the other system's id of it */
        Moving(String clinic, ExternalRow owner, ExportFolder export, boolean rehearsal) {
            this.clinic = clinic;
            this.owner = owner;
            this.export = export;
            this.rehearsal = rehearsal;
        }

        @Override
        public UUID required(ExternalRow row, String column, String kind) {
            row.required(column);
            return optional(row, column, kind).orElseThrow();
        }

        @Override
        public Optional<UUID> optional(ExternalRow row, String column, String kind) {
            var id = row.text(column);
            if (id == null) {
                return Optional.empty();
            }
            var found = known.getOrDefault(kind, Map.of()).get(id);
            if (found == null) {
                throw row.refused(column, "relation-unknown");
            }
            return Optional.of(found);
        }

        @Override
        public Optional<ExternalRow> person(ExternalRow row, String column) {
            var id = row.text(column);
            return export.rows(MigratedClinics.PEOPLE, clinic).stream()
                    .filter(person -> id != null && id.equals(person.text(ExternalRow.ID)))
                    .findFirst();
        }

        @Override
        public ExternalRow owner() {
            return owner;
        }

        @Override
        public Path file(ExternalRow row, String column) {
            return export.file(row.required(column)).orElseThrow(() -> row.refused(column, "file-missing"));
        }

        @Override
        public boolean rehearsal() {
            return rehearsal;
        }
    }
}
