package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.keycloak.OrganizationDirectory;
import app.recado.kernel.mail.Mailer;
import app.recado.organizations.Invitations.Invitation;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes to whoever was invited: one mail. Somebody without an account gets one here, which belongs to no clinic; as long as
 * nobody has chosen a password for it, the identity server sends our words with the link to choose one, which leads to the
 * invitation. Done by a job, so that inviting answers the same and as fast whether there is an account or not.
 */
@Component
class InvitationMails {

    private static final Logger LOG = LoggerFactory.getLogger(InvitationMails.class);

    /** The name of its jobs: one for each mail, known by the invitation and how many there were. */
    static final String JOB = "invitation-mail";

    /** For about a day. */
    static final Retries RETRIES = new Retries(50, Duration.ofSeconds(30), Duration.ofMinutes(30));

    private final Invitations invitations;
    private final OrganizationProfiles profiles;
    private final OrganizationDirectory identity;
    private final IdentitySettings settings;
    private final Mailer mailer;
    private final TransactionTemplate transaction;

    InvitationMails(
            Invitations invitations,
            OrganizationProfiles profiles,
            OrganizationDirectory identity,
            IdentitySettings settings,
            Mailer mailer,
            TransactionTemplate transaction) {
        this.invitations = invitations;
        this.profiles = profiles;
        this.identity = identity;
        this.settings = settings;
        this.mailer = mailer;
        this.transaction = transaction;
    }

    /** Sends the mail unless the invitation is gone, or another mail was asked for since. */
    JobResult turn(JobId job) {
        var open = invitations.open(job.id());
        if (open.isEmpty() || open.get().mails() != job.number()) {
            return JobResult.done();
        }
        if (!mailer.configured()) {
            LOG.warn("Invitation {} cannot be sent: no mail server is configured", job.id());
            return JobResult.done();
        }
        send(open.get());
        invitations.sent(job.id());
        return JobResult.done();
    }

    private void send(Invitation invitation) {
        var invitee = invitation.invitee();
        var account = identity.findByEmail(invitee.email())
                .orElseGet(() -> identity.create(
                        invitee.email(), invitee.givenName(), invitee.familyName(), invitation.language()));
        var clinic = Objects.requireNonNull(transaction.execute(status -> profiles.current()));
        var link = link(invitation);
        var notice = InvitationNotice.of(invitation, clinic);
        boolean sent = account.withoutPassword()
                ? identity.sendFirstEmail(
                        account.id(),
                        notice.words(),
                        link.isEmpty() ? null : settings.consoleClientId(),
                        link.isEmpty() ? null : link)
                : mailer.send(invitee.email(), notice.subject(), notice.text(link));
        if (!sent) {
            throw new JobFailed("invitation-not-sent");
        }
    }

    /** Where the invitation is accepted; empty when the console's address is not known. It is no secret: only the person
     * with the address, signed in, can accept. */
    private String link(Invitation invitation) {
        return settings.consoleUrl().isBlank()
                ? ""
                : "%s/invitation/%s/%s"
                        .formatted(
                                settings.consoleUrl().replaceFirst("/+$", ""),
                                CurrentOrganization.id(),
                                invitation.id());
    }
}
