package app.recado.campaigns;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.messaging.CampaignOutbox;
import app.recado.messaging.CampaignOutbox.CampaignMessage;
import app.recado.organizations.OrganizationProfiles;
import app.recado.templates.CustomTemplates;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plans a few messages of each running campaign at a time: no more than their line sends within moments, than the campaign may
 * send in a day, and than all campaigns of the line may, which is less while its number is new.
 */
@Component
public class CampaignRelease {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignRelease.class);

    private final CampaignStore campaigns;
    private final AudienceQuery audiences;
    private final CustomTemplates templates;
    private final CampaignOutbox outbox;
    private final WhatsAppLines lines;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final CampaignSettings settings;
    private final WorkerDatabase worker;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CampaignRelease(
            CampaignStore campaigns,
            AudienceQuery audiences,
            CustomTemplates templates,
            CampaignOutbox outbox,
            WhatsAppLines lines,
            OrganizationProfiles organizations,
            LiveHints hints,
            CampaignSettings settings,
            WorkerDatabase worker,
            TransactionTemplate transaction,
            Clock clock) {
        this.campaigns = campaigns;
        this.audiences = audiences;
        this.templates = templates;
        this.outbox = outbox;
        this.lines = lines;
        this.organizations = organizations;
        this.hints = hints;
        this.settings = settings;
        this.worker = worker;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Goes once through all clinics with a campaign that runs. */
    public void run() {
        var clinics = worker.jdbc()
                .sql("select distinct organization_id from campaign where state = 'running' and starts_at <= ?")
                .param(SqlTime.at(clock.instant()))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        for (var clinic : clinics) {
            try {
                CurrentOrganization.run(clinic, () -> transaction.executeWithoutResult(status -> ofClinic()));
            } catch (RuntimeException e) {
                // Not the exception itself: a database's complaint may quote a row.
                LOG.error(
                        "Campaigns of {} could not be worked: {}",
                        clinic,
                        e.getClass().getName());
            }
        }
    }

    private void ofClinic() {
        for (var campaign : campaigns.lockRunning()) {
            work(campaign);
        }
    }

    private void work(Campaign campaign) {
        var now = clock.instant();
        if (!now.isBefore(campaign.endsAt())) {
            complete(campaign);
            return;
        }
        var zone = organizations.current().timeZone();
        if (!new SendingHours(campaign, zone).areAt(now)) {
            return;
        }
        var dayBegan = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        int underWay = outbox.unsettled(campaign.lineId());
        int room = Math.min(
                settings.atOnce() - underWay,
                Math.min(
                        campaign.perDay() - campaigns.releasedSince(campaign.id(), dayBegan),
                        perDay(campaign.lineId()) - outbox.plannedSince(campaign.lineId(), dayBegan)));
        if (room <= 0) {
            return;
        }
        if (!campaign.frozen()) {
            templates
                    .find(campaign.templateId())
                    .ifPresent(
                            template -> audiences.choose(campaign.id(), campaign.audience(), template.purpose(), room));
        }
        var next = campaigns.release(campaign.id(), room);
        outbox.plan(next.stream()
                .map(recipient -> new CampaignMessage(
                        recipient.id(), recipient.patientId(), campaign.lineId(), campaign.endsAt()))
                .toList());
        if (next.isEmpty() && campaign.frozen() && underWay == 0) {
            complete(campaign);
        } else if (!next.isEmpty()) {
            hints.changed(LiveHints.Kind.CAMPAIGN, campaign.id());
        }
    }

    /** Of all campaigns of a line; a new number begins with less. */
    private int perDay(UUID lineId) {
        return lines.warmUp(lineId)
                .map(warmUp -> Math.min(warmUp.perDay(), settings.perLineAndDay()))
                .orElse(settings.perLineAndDay());
    }

    private void complete(Campaign campaign) {
        campaigns.become(campaign.id(), campaign.version(), CampaignState.COMPLETED, null);
        hints.changed(LiveHints.Kind.CAMPAIGN, campaign.id());
    }
}
