package app.recado.scheduling.imports;

import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.FileImport;
import app.recado.patients.ImportKind;
import app.recado.patients.ImportRowOutcome;
import app.recado.patients.PatientLookup;
import app.recado.patients.tables.TableFile;
import app.recado.scheduling.AppointmentRemoved;
import app.recado.scheduling.MessageSummaries;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Files of visits. Past ones tell nobody anything; future ones as the import wants it. */
@Component
class AppointmentImportKind implements ImportKind {

    static final String NAME = "appointments";
    static final String NOTICES = "notices";
    static final String PAST_STATUS = "pastStatus";

    /** Messages that have told nobody anything. */
    private static final Set<String> TOLD_NOTHING =
            Set.of("planned", "superseded", "suppressed", "expired", "withdrawn");

    private final ImportedVisits visits;
    private final ClinicDirectory directory;
    private final PatientLookup patients;
    private final OrganizationProfiles organizations;
    private final Optional<MessageSummaries> messages;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AppointmentImportKind(
            ImportedVisits visits,
            ClinicDirectory directory,
            PatientLookup patients,
            OrganizationProfiles organizations,
            Optional<MessageSummaries> messages,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.visits = visits;
        this.directory = directory;
        this.patients = patients;
        this.organizations = organizations;
        this.messages = messages;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> suggested(List<String> header) {
        return AppointmentImportField.suggestedFor(header);
    }

    @Override
    public String ignored() {
        return AppointmentImportField.IGNORE.wireName();
    }

    @Override
    public void requireEnough(Set<String> fields) {
        if (!has(fields, AppointmentImportField.START)
                && !(has(fields, AppointmentImportField.DATE) && has(fields, AppointmentImportField.TIME))) {
            throw Problem.INVALID_FIELDS.at("/fields", "when-missing", "Some column holds the start, or day and hour");
        }
        if (!has(fields, AppointmentImportField.PATIENT_IDENTIFIER)
                && !has(fields, AppointmentImportField.PATIENT_PHONE)
                && !(has(fields, AppointmentImportField.PATIENT_NAME)
                        && has(fields, AppointmentImportField.PATIENT_BIRTH_DATE))) {
            throw Problem.INVALID_FIELDS.at(
                    "/fields",
                    "patient-missing",
                    "Say whose visit it is: a paper, a phone, or a name and the birth date");
        }
    }

    private static boolean has(Set<String> fields, AppointmentImportField field) {
        return fields.contains(field.wireName());
    }

    @Override
    public ImportKind.Step begin(FileImport now) {
        return new Step(
                new AppointmentImportReader(
                        now.fields().stream().map(AppointmentImportField::of).toList(),
                        now.monthFirst(),
                        PastStatus.of(now.options().getOrDefault(PAST_STATUS, PastStatus.FULFILLED.wireName())),
                        directory.load(),
                        organizations.current(),
                        clock.instant()),
                ImportNotices.of(now.options().getOrDefault(NOTICES, ImportNotices.REMINDERS.wireName())));
    }

    @Override
    public List<UUID> remove(List<UUID> records) {
        var untouched = visits.untouched(records);
        var told = messages.map(all -> all.latest(untouched)).orElse(Map.of());
        var gone = untouched.stream()
                .filter(id -> told.get(id) == null
                        || TOLD_NOTHING.contains(told.get(id).state()))
                .toList();
        gone.forEach(id -> events.publishEvent(new AppointmentRemoved(id)));
        visits.remove(gone);
        if (!gone.isEmpty()) {
            hints.changed(LiveHints.Kind.APPOINTMENT, gone.getFirst());
        }
        return gone;
    }

    private final class Step implements ImportKind.Step {

        private final AppointmentImportReader reader;
        private final VisitBatches batches;

        Step(AppointmentImportReader reader, ImportNotices notices) {
            this.reader = reader;
            this.batches = new VisitBatches(visits, patients, events, notices, false);
        }

        @Override
        public Row read(TableFile.Row row) {
            return batches.unlessRepeated(reader.read(row));
        }

        @Override
        public List<Done> batch(List<Row> rows, boolean commit, String by) {
            var done = batches.take(rows, commit, by);
            if (commit) {
                // One hint for all: an open agenda is read again once.
                done.stream()
                        .filter(one -> one.outcome() == ImportRowOutcome.CREATED)
                        .map(Done::id)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .ifPresent(id -> hints.changed(LiveHints.Kind.APPOINTMENT, id));
            }
            return done;
        }
    }
}
