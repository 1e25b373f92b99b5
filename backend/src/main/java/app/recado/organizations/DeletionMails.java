package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.mail.Mailer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells all owners that their clinic is to be deleted, whoever asked for it: an owner who did not hears of it in time. */
@Component
class DeletionMails {

    private static final Logger LOG = LoggerFactory.getLogger(DeletionMails.class);

    /** The name of its jobs: one for each request, known by the millisecond at which the clinic is to be deleted. */
    static final String JOB = "deletion-notice";

    /** For about a day. */
    static final Retries RETRIES = new Retries(50, Duration.ofSeconds(30), Duration.ofMinutes(30));

    private final Register register;
    private final OrganizationProfiles profiles;
    private final OrganizationOwners owners;
    private final Mailer mailer;
    private final TransactionTemplate transaction;

    DeletionMails(
            Register register,
            OrganizationProfiles profiles,
            OrganizationOwners owners,
            Mailer mailer,
            TransactionTemplate transaction) {
        this.register = register;
        this.profiles = profiles;
        this.owners = owners;
        this.mailer = mailer;
        this.transaction = transaction;
    }

    /** Sends it unless that was taken back. */
    JobResult turn() {
        var notice = inside();
        if (notice.isEmpty()) {
            return JobResult.done();
        }
        if (!mailer.configured()) {
            LOG.warn(
                    "Owners of organization {} are not told of its deletion: no mail server is configured",
                    CurrentOrganization.id());
            return JobResult.done();
        }
        boolean all = true;
        for (var owner : owners.owners()) {
            all &= mailer.send(
                    owner.email(), notice.get().subject(), notice.get().text());
        }
        if (!all) {
            throw new JobFailed("deletion-notice-not-sent");
        }
        return JobResult.done();
    }

    private Optional<DeletionNotice> inside() {
        var address = Objects.requireNonNullElse(owners.consoleAddress(), "");
        return Objects.requireNonNull(transaction.execute(status -> register.find(CurrentOrganization.id())
                .map(OrganizationView::suspension)
                .map(OrganizationView.Suspension::deletionDueAt)
                .map(due -> DeletionNotice.of(profiles.current(), due, address))));
    }
}
