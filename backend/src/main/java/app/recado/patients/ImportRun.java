package app.recado.patients;

import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.ImportRowReader.ReadRow;
import app.recado.patients.tables.FileTrouble;
import app.recado.patients.tables.TableFile;
import com.github.kagkarlsson.scheduler.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps of an import that take long: trying every row, taking them over, and undoing that. Rows go in batches, a
 * transaction each, which also counts them: whoever begins again goes on behind the last batch that was committed.
 */
@Component
class ImportRun {

    /** The name of its jobs. */
    static final String JOB = "patient-import";

    private static final int BATCH = 500;

    private final PatientImports imports;
    private final ImportFiles files;
    private final ImportSteps steps;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ImportRun(
            PatientImports imports,
            ImportFiles files,
            ImportSteps steps,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            Clock clock) {
        this.imports = imports;
        this.files = files;
        this.steps = steps;
        this.organizations = organizations;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Its kind of job. */
    @Configuration(proxyBeanMethods = false)
    static class Jobs {
        @Bean
        Task<Void> patientImportTask(JobTasks tasks, ImportRun run) {
            return tasks.once(
                    JOB,
                    new Retries(5, Duration.ofSeconds(10), Duration.ofMinutes(10)),
                    (job, attempt) -> run.turn(job));
        }
    }

    private JobResult turn(JobId job) {
        var now = transaction.execute(status -> imports.get(job.id()));
        switch (Objects.requireNonNull(now).state()) {
            case CHECKING, IMPORTING -> rows(now);
            case UNDOING -> {
                while (steps.removeSome(now.id(), BATCH)) {
                    // The next batch.
                }
            }
            case UPLOADED, CHECKED, IMPORTED, UNDONE, FAILED -> {
                // Somebody did it before.
            }
        }
        return JobResult.done();
    }

    private void rows(PatientImport now) {
        try (var file = Objects.requireNonNull(transaction.execute(status -> fetch(now.id())))) {
            var clinic = Objects.requireNonNull(transaction.execute(status -> organizations.current()));
            var reader = new ImportRowReader(
                    now.fields(), now.monthFirst(), clinic, LocalDate.now(clock.withZone(clinic.timeZone())));
            var batch = new Batches(now, clinic);
            var table = TableFile.open(file.path());
            table.read(row -> {
                batch.take(reader.read(row));
                return true;
            });
            batch.end();
            steps.finish(now.id(), now.state(), batch.read);
        } catch (FileTrouble.Refusal e) {
            steps.fail(now.id(), e.trouble().code());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportFiles.Spooled fetch(UUID id) {
        try {
            return files.fetch(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gathers rows into batches, and passes over those that were done before. */
    private final class Batches {

        private final PatientImport now;
        private final OrganizationProfile clinic;
        private final List<ReadRow> some = new ArrayList<>();

        /** Hashes of what makes a person the same, of all rows so far: eight bytes and some for each, not their words. */
        private final Set<Long> seen = new HashSet<>();

        private int read;

        Batches(PatientImport now, OrganizationProfile clinic) {
            this.now = now;
            this.clinic = clinic;
        }

        void take(ReadRow row) {
            read++;
            boolean repeated = row.patient() != null
                    && ImportedPatients.keys(row.patient()).stream()
                            .map(Batches::hash)
                            .map(seen::add)
                            .toList()
                            .contains(false);
            if (read > now.rowsDone()) {
                some.add(
                        repeated
                                ? new ReadRow(
                                        row.number(), null, List.of(new ImportRowReader.RowProblem(-1, "repeated")))
                                : row);
            }
            if (some.size() == BATCH) {
                end();
            }
        }

        void end() {
            if (!some.isEmpty()) {
                steps.batch(now, clinic, some, read);
                some.clear();
            }
        }

        private static long hash(String key) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < key.length(); i++) {
                hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }
    }
}
