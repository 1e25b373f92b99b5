package app.recado.integrations;

import app.recado.kernel.ProblemException;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.mail.Mailer;
import app.recado.organizations.OrganizationOwners;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells a clinic's owners by e-mail that another system is not told any more. */
@Component
class WebhookAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookAlarm.class);

    /** The name of its jobs: one each time an endpoint is disabled. */
    static final String JOB = "webhook-alarm";

    /** For about a day. */
    static final Retries RETRIES = new Retries(50, Duration.ofMinutes(2), Duration.ofMinutes(30));

    private final WebhookEndpoints endpoints;
    private final OrganizationOwners owners;
    private final OrganizationProfiles organizations;
    private final Mailer mailer;
    private final TransactionTemplate transaction;

    WebhookAlarm(
            WebhookEndpoints endpoints,
            OrganizationOwners owners,
            OrganizationProfiles organizations,
            Mailer mailer,
            TransactionTemplate transaction) {
        this.endpoints = endpoints;
        this.owners = owners;
        this.organizations = organizations;
        this.mailer = mailer;
        this.transaction = transaction;
    }

    /** Tells the owners unless somebody switched it on again or took it away. */
    JobResult turn(JobId job) {
        var endpoint = Objects.requireNonNull(transaction.execute(status -> endpoints.all())).stream()
                .filter(one -> one.id().equals(job.id()) && one.state() == WebhookEndpoints.State.DISABLED)
                .findFirst();
        if (endpoint.isEmpty() || !mailer.configured()) {
            return JobResult.done();
        }
        try {
            tell(endpoint.get());
        } catch (ProblemException e) {
            LOG.warn("Webhook endpoint {} is disabled and its owners are not known: {}", job.id(), e.getMessage());
            throw new JobFailed("owners-not-told");
        }
        return JobResult.done();
    }

    private void tell(WebhookEndpoints.Endpoint endpoint) {
        var clinic = Objects.requireNonNull(transaction.execute(status -> organizations.current()));
        var notice = Notice.of(endpoint, clinic, owners.consoleAddress());
        boolean everybody = true;
        for (var owner : owners.owners()) {
            everybody &= mailer.send(owner.email(), notice.subject(), notice.text());
        }
        if (!everybody) {
            throw new JobFailed("owners-not-told");
        }
    }

    /** What owners read, in the clinic's language. The address may hold a key: it is named by its description alone. */
    private record Notice(String subject, String text) {

        static Notice of(
                WebhookEndpoints.Endpoint endpoint,
                OrganizationProfile clinic,
                @org.jspecify.annotations.Nullable String console) {
            var link = console == null ? "" : "\n\n" + console + "/settings?tab=webhooks";
            boolean gone = "gone".equals(endpoint.cause());
            return switch (clinic.locale()) {
                case "en" ->
                    new Notice(
                            "Webhook switched off: " + endpoint.description(),
                            (gone
                                                    ? "%s answered that it is gone (410), so %s does not tell it of anything any more."
                                                    : "%s took nothing for five days, so %s does not tell it of anything any more.")
                                            .formatted(endpoint.description(), clinic.name())
                                    + " Nothing is lost: switch it on again, and it hears what it missed." + link);
                case "pt-BR" ->
                    new Notice(
                            "Webhook desligado: " + endpoint.description(),
                            (gone
                                                    ? "%s respondeu que não existe mais (410); %s deixou de avisá-lo."
                                                    : "%s não aceitou nada por cinco dias; %s deixou de avisá-lo.")
                                            .formatted(endpoint.description(), clinic.name())
                                    + " Nada se perde: ligue-o de novo e ele recebe o que faltou." + link);
                default ->
                    new Notice(
                            "Webhook desactivado: " + endpoint.description(),
                            (gone
                                                    ? "%s respondió que ya no existe (410); %s dejó de avisarle."
                                                    : "%s no aceptó nada durante cinco días; %s dejó de avisarle.")
                                            .formatted(endpoint.description(), clinic.name())
                                    + " No se pierde nada: al activarlo de nuevo recibe lo que le faltó." + link);
            };
        }
    }
}
