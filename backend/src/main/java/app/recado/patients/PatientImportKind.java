package app.recado.patients;

import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.tables.TableFile;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files of patients. */
@Component
class PatientImportKind implements ImportKind {

    static final String NAME = "patients";

    private final ImportedPatients patients;
    private final PatientRegister register;
    private final ImportedCustomFields own;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final JdbcClient jdbc;
    private final Clock clock;

    PatientImportKind(
            ImportedPatients patients,
            PatientRegister register,
            ImportedCustomFields own,
            OrganizationProfiles organizations,
            LiveHints hints,
            JdbcClient jdbc,
            Clock clock) {
        this.patients = patients;
        this.register = register;
        this.own = own;
        this.organizations = organizations;
        this.hints = hints;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> suggested(List<String> header) {
        return own.suggested(header, ImportField.suggestedFor(header));
    }

    @Override
    public String ignored() {
        return ImportField.IGNORE.wireName();
    }

    @Override
    public void requireEnough(Set<String> fields) {
        if (Set.of(ImportField.GIVEN_NAME, ImportField.FAMILY_NAME, ImportField.FULL_NAME).stream()
                .map(ImportField::wireName)
                .noneMatch(fields::contains)) {
            throw Problem.INVALID_FIELDS.at("/fields", "name-missing", "Some column holds a name");
        }
    }

    @Override
    public ImportKind.Step begin(FileImport now) {
        return new Step(now, organizations.current());
    }

    @Override
    public List<UUID> remove(List<UUID> records) {
        var removed = jdbc.sql("""
                        delete from patient where organization_id = ? and id = any (?) and version = 0 returning id
                        """)
                .params(app.recado.kernel.CurrentOrganization.id(), records.toArray(UUID[]::new))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        if (!removed.isEmpty()) {
            hints.changed(LiveHints.Kind.PATIENT, removed.getFirst());
        }
        return removed;
    }

    private final class Step implements ImportKind.Step {

        private final boolean update;
        private final OrganizationProfile clinic;
        private final ImportRowReader reader;

        /** Hashes of what makes a person the same, of all rows so far: eight bytes and some for each, not their words. */
        private final Set<Long> seen = new HashSet<>();

        Step(FileImport now, OrganizationProfile clinic) {
            this.update = now.updateExisting();
            this.clinic = clinic;
            this.reader = new ImportRowReader(
                    now.fields().stream().map(ImportedCustomFields::fieldOf).toList(),
                    own.byColumn(now.fields()),
                    now.monthFirst(),
                    clinic,
                    LocalDate.now(clock.withZone(clinic.timeZone())));
        }

        @Override
        public Row read(TableFile.Row row) {
            var read = reader.read(row);
            boolean repeated = read.record() instanceof Patient.Particulars patient
                    && ImportedPatients.keys(patient).stream()
                            .map(RowHash::of)
                            .map(seen::add)
                            .toList()
                            .contains(false);
            return repeated ? read.refused(-1, "repeated") : read;
        }

        @Override
        public List<Done> batch(List<Row> rows, boolean commit, String by) {
            var done = tried(rows);
            return commit ? taken(done, by) : done;
        }

        private static List<Patient.Particulars> people(List<Row> good) {
            return good.stream()
                    .map(row -> (Patient.Particulars) Objects.requireNonNull(row.record()))
                    .toList();
        }

        private static ImportRowOutcome bad(Row row) {
            return row.problems().getFirst().code().equals("repeated")
                    ? ImportRowOutcome.ALREADY_THERE
                    : ImportRowOutcome.REFUSED;
        }

        private List<Done> tried(List<Row> rows) {
            var good = rows.stream().filter(row -> row.record() != null).toList();
            var existing = patients.existing(people(good));
            var done = new ArrayList<Done>();
            rows.stream().filter(row -> row.record() == null).forEach(row -> done.add(new Done(row, bad(row), null)));
            for (int i = 0; i < good.size(); i++) {
                var patient = existing.get(i);
                var outcome = patient == null
                        ? ImportRowOutcome.CREATED
                        : update ? ImportRowOutcome.UPDATED : ImportRowOutcome.ALREADY_THERE;
                done.add(new Done(good.get(i), outcome, patient));
            }
            return done;
        }

        private List<Done> taken(List<Done> done, String by) {
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
            int next = 0;
            for (var one : done) {
                switch (one.outcome()) {
                    case CREATED -> result.add(new Done(one.row(), ImportRowOutcome.CREATED, ids.get(next++)));
                    case UPDATED -> {
                        register.complete(
                                Objects.requireNonNull(one.id()),
                                (Patient.Particulars)
                                        Objects.requireNonNull(one.row().record()),
                                by);
                        result.add(one);
                    }
                    default -> result.add(one);
                }
            }
            return result;
        }
    }
}
