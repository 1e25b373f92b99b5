package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks for the deletion of clinics, and takes that back. A clinic that is to be deleted is suspended from that moment on; when
 * its time has come {@link ClinicEraser} deletes it.
 */
@Service
class Deletions {

    private final Register register;
    private final SuspendedOrganizations known;
    private final DeletionSettings settings;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Deletions(
            Register register,
            SuspendedOrganizations known,
            DeletionSettings settings,
            Jobs jobs,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.register = register;
        this.known = known;
        this.settings = settings;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Who asks. */
    enum By {
        OWNER("owner"),
        PLATFORM("platform");

        private final String wireName;

        By(String wireName) {
            this.wireName = wireName;
        }
    }

    private record Request(String requestedAs, boolean begun) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    DeletionView of(UUID organization) {
        return inside(organization, () -> view(found(organization)));
    }

    /**
     * Has a clinic deleted when the grace is over. One that is to be deleted already keeps its moment.
     *
     * @param name what the clinic is called, as the person typed it
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-fields} for another name, {@code legal-hold},
     *     {@code organization-not-in-that-state} while it is being onboarded
     */
    DeletionView request(UUID organization, String name, By by) {
        var asked = inside(organization, () -> {
            lock(organization);
            var before = found(organization);
            if (!before.name().strip().equals(name.strip())) {
                throw Problem.INVALID_FIELDS.at("/name", "other-name", "Type the name of the clinic as it is written");
            }
            refuseHeld(organization);
            if (request(organization).isPresent()) {
                return view(before);
            }
            var now = clock.instant();
            suspend(before, now);
            var due = settings.dueAfter(now);
            register.deletionDue(organization, due);
            jdbc.sql("insert into organization_deletion (organization_id, requested_as, requested_by) values (?, ?, ?)")
                    .params(organization, by.wireName, Caller.current().subject())
                    .update();
            jobs.schedule(ClinicEraser.JOB, JobId.of(organization), due);
            jobs.schedule(DeletionMails.JOB, JobId.of(organization, due.toEpochMilli()), now);
            events.publishEvent(new OrganizationDeletionRequested(organization, due));
            return view(found(organization));
        });
        known.forget();
        return asked;
    }

    /** A clinic that was suspended for another reason stays so for that one. */
    private void suspend(OrganizationView clinic, Instant now) {
        if (clinic.suspension() != null) {
            return;
        }
        if (!register.suspend(
                clinic.id(), SuspensionReason.DELETION, Caller.current().subject(), now)) {
            throw Problem.ORGANIZATION_NOT_IN_THAT_STATE.because("The clinic is still being onboarded");
        }
        events.publishEvent(new OrganizationSuspended(clinic.id(), SuspensionReason.DELETION.wireName()));
    }

    /**
     * Takes it back; the clinic is as it was before. Of one that is not to be deleted nothing changes.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code organization-not-in-that-state} when deleting has
     *     begun
     */
    DeletionView withdraw(UUID organization) {
        var withdrawn = inside(organization, () -> {
            lock(organization);
            var before = found(organization);
            var suspension = before.suspension();
            var request = request(organization);
            if (request.isEmpty() || suspension == null || suspension.deletionDueAt() == null) {
                return view(before);
            }
            if (request.get().begun()) {
                throw Problem.ORGANIZATION_NOT_IN_THAT_STATE.because("Deleting has begun");
            }
            jdbc.sql("delete from organization_deletion where organization_id = ?")
                    .param(organization)
                    .update();
            register.deletionDue(organization, null);
            events.publishEvent(new OrganizationDeletionWithdrawn(organization, suspension.deletionDueAt()));
            if (suspension.reason() == SuspensionReason.DELETION && register.reactivate(organization)) {
                events.publishEvent(new OrganizationReactivated(
                        organization, suspension.reason().wireName()));
            }
            return view(found(organization));
        });
        known.forget();
        return withdrawn;
    }

    private DeletionView view(OrganizationView clinic) {
        var request = request(clinic.id());
        return new DeletionView(
                clinic.suspension() == null ? null : clinic.suspension().deletionDueAt(),
                request.map(Request::requestedAs).orElse(null),
                request.map(Request::begun).orElse(false),
                settings.dueAfter(clock.instant()));
    }

    private Optional<Request> request(UUID organization) {
        return jdbc.sql("select requested_as, begun_at from organization_deletion where organization_id = ?")
                .param(organization)
                .query((row, n) ->
                        new Request(row.getString("requested_as"), SqlTime.instantOrNull(row, "begun_at") != null))
                .optional();
    }

    /** Two people decide one after the other, and no hold begins meanwhile. */
    private void lock(UUID organization) {
        jdbc.sql("select from organization where id = ? for update")
                .param(organization)
                .query((row, n) -> true)
                .optional();
    }

    private void refuseHeld(UUID organization) {
        boolean held = jdbc.sql("select legal_hold_since is not null from organization where id = ?")
                .param(organization)
                .query(Boolean.class)
                .single();
        if (held) {
            throw Problem.LEGAL_HOLD.because("An owner ends the hold first");
        }
    }

    private OrganizationView found(UUID organization) {
        return register.find(organization).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such clinic"));
    }

    /** In a transaction of the clinic itself, so that its audit trail has it and those who keep its lines can hear it. */
    private <T> T inside(UUID organization, Supplier<T> work) {
        return CurrentOrganization.get(
                organization, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }
}
