package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Failpoints;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.keycloak.OrganizationDirectory;
import app.recado.kernel.media.Media;
import app.recado.kernel.retention.RetentionHolds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes a clinic whose time has come: what others keep of it, files, records in batches, the identity server's organization,
 * and at last its row. Each step may be repeated, so whatever ends it, the next turn goes on. What is left says that there was a
 * clinic, and names nobody.
 */
@Component
class ClinicEraser {

    private static final Logger LOG = LoggerFactory.getLogger(ClinicEraser.class);

    /** The name of its jobs: one for each clinic that is to be deleted. */
    static final String JOB = "clinic-deletion";

    /** For weeks: whoever keeps something of it may be away. */
    static final Retries RETRIES = new Retries(1_000, Duration.ofSeconds(30), Duration.ofHours(1));

    private static final Duration HELD = Duration.ofDays(1);

    private static final Duration TOO_SOON = Duration.ofHours(1);

    private static final YearMonth EVER = YearMonth.of(9999, 12);

    private static final int FILES_AT_ONCE = 500;

    private final TablesOfClinics tables;
    private final List<KeptElsewhere> elsewhere;
    private final OrganizationDirectory identity;
    private final Media media;
    private final RetentionHolds holds;
    private final SuspendedOrganizations known;
    private final DeletionSettings settings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ClinicEraser(
            TablesOfClinics tables,
            List<KeptElsewhere> elsewhere,
            OrganizationDirectory identity,
            Media media,
            RetentionHolds holds,
            SuspendedOrganizations known,
            DeletionSettings settings,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.tables = tables;
        this.elsewhere = elsewhere;
        this.identity = identity;
        this.media = media;
        this.holds = holds;
        this.known = known;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param old whether the database lets anything be deleted yet */
    private record Request(
            String country,
            Instant registeredAt,
            Instant requestedAt,
            String requestedAs,
            Instant dueAt,
            boolean old) {}

    /** An owner's hold began after all: nothing more is deleted while it lasts. */
    private static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Deletes the current clinic when it is to be deleted by now; finishes what was broken off. */
    JobResult turn() {
        var request = inside(this::request);
        if (request.isEmpty()) {
            finish();
            return JobResult.done();
        }
        var due = request.get().dueAt();
        if (clock.instant().isBefore(due)) {
            return JobResult.again(Duration.between(clock.instant(), due));
        }
        if (!request.get().old()) {
            return JobResult.again(TOO_SOON);
        }
        try {
            delete(request.get());
            return JobResult.done();
        } catch (Held e) {
            LOG.warn("Organization {} is not deleted: its records are held", CurrentOrganization.id());
            return JobResult.again(HELD);
        } catch (ProblemException e) {
            throw new JobFailed(e.problem().code());
        }
    }

    private void delete(Request request) {
        begin(request);
        elsewhere.forEach(KeptElsewhere::forget);
        deleteFiles();
        deleteRecords();
        identity.remove(CurrentOrganization.id(), Membership.PLATFORM_ADMIN);
        // What was under way when it began has ended by now.
        deleteRecords();
        deleteLast();
        finish();
        LOG.info("Organization {} is deleted", CurrentOrganization.id());
    }

    private Optional<Request> request() {
        return jdbc.sql("""
                        select o.country, o.created_at, o.deletion_due_at, d.requested_at, d.requested_as,
                               deletion_due() as old
                          from organization o join organization_deletion d on d.organization_id = o.id
                         where o.id = ? and o.deletion_due_at is not null
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Request(
                        row.getString("country"),
                        SqlTime.instant(row, "created_at"),
                        SqlTime.instant(row, "requested_at"),
                        row.getString("requested_as"),
                        SqlTime.instant(row, "deletion_due_at"),
                        row.getBoolean("old")))
                .optional();
    }

    /** From here on nobody takes it back. Jobs of the clinic that wait are not done any more. */
    private void begin(Request request) {
        var clinic = CurrentOrganization.id();
        long records = inside(() -> {
            refuseHeld();
            int begun =
                    jdbc.sql("""
                            update organization_deletion set begun_at = coalesce(begun_at, ?) where organization_id = ?
                            """).params(SqlTime.at(clock.instant()), clinic).update();
            if (begun == 0) {
                throw Problem.ORGANIZATION_NOT_IN_THAT_STATE.because("It was taken back just now");
            }
            jdbc.sql("delete from scheduled_task where task_instance like ? and task_name <> ? and not picked")
                    .params(clinic + "/%", JOB)
                    .update();
            return tables.count();
        });
        int files = media.keysUntil(EVER, FILES_AT_ONCE).stream()
                .mapToInt(List::size)
                .sum();
        onPlatform(() -> jdbc.sql("""
                        insert into deleted_organization (organization_id, id, country, registered_at, requested_at,
                                                          requested_as, begun_at, records, files)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (organization_id, id) do nothing
                        """)
                .params(
                        CurrentOrganization.PLATFORM,
                        clinic,
                        request.country(),
                        SqlTime.at(request.registeredAt()),
                        SqlTime.at(request.requestedAt()),
                        request.requestedAs(),
                        SqlTime.at(clock.instant()),
                        records,
                        files)
                .update());
    }

    private void deleteFiles() {
        for (var portion : media.keysUntil(EVER, FILES_AT_ONCE)) {
            inside(() -> {
                refuseHeld();
                return portion;
            });
            portion.forEach(media::delete);
        }
        if (!media.keysUntil(EVER, FILES_AT_ONCE).isEmpty()) {
            throw new JobFailed("files-left");
        }
    }

    private void deleteRecords() {
        for (var group : inside(tables::inOrder)) {
            boolean more = true;
            while (more) {
                more = inside(() -> {
                    refuseHeld();
                    return tables.delete(group, settings.batch());
                });
                Failpoints.reach("clinic-batch-deleted");
            }
        }
    }

    /** The clinic's row and that it was to be deleted, once there is nothing else of it. */
    private void deleteLast() {
        inside(() -> {
            refuseHeld();
            if (tables.count() > 0) {
                throw new JobFailed("records-left");
            }
            jdbc.sql("delete from organization where id = ?")
                    .param(CurrentOrganization.id())
                    .update();
            return jdbc.sql("delete from organization_deletion where organization_id = ?")
                    .param(CurrentOrganization.id())
                    .update();
        });
    }

    /** Writes down that it is done, and frees the short name. Nothing happens when nothing was begun. */
    private void finish() {
        var clinic = CurrentOrganization.id();
        onPlatform(() -> {
            int finished = jdbc.sql("""
                            update deleted_organization set deleted_at = ?
                             where organization_id = ? and id = ? and deleted_at is null
                            """)
                    .params(SqlTime.at(clock.instant()), CurrentOrganization.PLATFORM, clinic)
                    .update();
            if (finished == 0) {
                return 0;
            }
            jdbc.sql("delete from clinic_figures where organization_id = ? and id = ?")
                    .params(CurrentOrganization.PLATFORM, clinic)
                    .update();
            return jdbc.sql("delete from onboarding where organization_id = ? and onboarded_id = ?")
                    .params(CurrentOrganization.PLATFORM, clinic)
                    .update();
        });
        known.forget();
    }

    private void refuseHeld() {
        if (!holds.mayDelete()) {
            throw new Held();
        }
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private void onPlatform(Supplier<Integer> work) {
        CurrentOrganization.run(CurrentOrganization.PLATFORM, () -> inside(work));
    }
}
