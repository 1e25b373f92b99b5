package app.recado.patients;

import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import app.recado.patients.tables.FileTrouble;
import app.recado.patients.tables.TableFile;
import com.github.kagkarlsson.scheduler.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps of an import that take long: trying every row, taking them over, and undoing that, whatever the rows are. Rows go in batches, a
 * transaction each, which also counts them: whoever begins again goes on behind the last batch that was committed.
 */
@Component
class ImportRun {

    /** The name of its jobs. */
    static final String JOB = "patient-import";

    private static final int BATCH = 500;

    private final FileImports imports;
    private final ImportFiles files;
    private final ImportSteps steps;
    private final TransactionTemplate transaction;

    ImportRun(FileImports imports, ImportFiles files, ImportSteps steps, TransactionTemplate transaction) {
        this.imports = imports;
        this.files = files;
        this.steps = steps;
        this.transaction = transaction;
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
        var now = transaction.execute(status -> imports.find(job.id()).orElseThrow());
        switch (Objects.requireNonNull(now).state()) {
            case CHECKING, IMPORTING -> rows(now);
            case UNDOING -> {
                while (steps.removeSome(now.id(), imports.kind(now.kind()), BATCH)) {
                    // The next batch.
                }
            }
            case UPLOADED, CHECKED, IMPORTED, UNDONE, FAILED -> {
                // Somebody did it before.
            }
        }
        return JobResult.done();
    }

    private void rows(FileImport now) {
        try (var file = Objects.requireNonNull(transaction.execute(status -> fetch(now.id())))) {
            var step = Objects.requireNonNull(
                    transaction.execute(status -> imports.kind(now.kind()).begin(now)));
            var batch = new Batches(now, step);
            var table = TableFile.open(file.path());
            table.read(row -> {
                batch.take(step.read(row));
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

        private final FileImport now;
        private final ImportKind.Step step;
        private final List<ImportKind.Row> some = new ArrayList<>();
        private int read;

        Batches(FileImport now, ImportKind.Step step) {
            this.now = now;
            this.step = step;
        }

        void take(ImportKind.Row row) {
            read++;
            if (read > now.rowsDone()) {
                some.add(row);
            }
            if (some.size() == BATCH) {
                end();
            }
        }

        void end() {
            if (!some.isEmpty()) {
                steps.batch(now, step, some, read);
                some.clear();
            }
        }
    }
}
