package app.recado.campaigns;

import app.recado.messaging.CampaignEligibility;
import app.recado.messaging.MarketingBudget;
import app.recado.messaging.Verdict;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.templates.CustomTemplates;
import app.recado.templates.TemplateFields;
import app.recado.templates.TemplatePurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads at the moment of sending whether the campaign still runs, at this hour, and whether the patient still wants it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CampaignVerdicts implements CampaignEligibility {

    private static final Duration WHILE_PAUSED = Duration.ofMinutes(5);

    /** How soon a budget that is used up is looked at again: an owner may raise it. */
    private static final Duration WHILE_SPENT = Duration.ofHours(1);

    private final CampaignStore campaigns;
    private final CustomTemplates templates;
    private final PatientContacts contacts;
    private final OrganizationProfiles profiles;
    private final MarketingBudget budget;
    private final Clock clock;

    CampaignVerdicts(
            CampaignStore campaigns,
            CustomTemplates templates,
            PatientContacts contacts,
            OrganizationProfiles profiles,
            MarketingBudget budget,
            Clock clock) {
        this.campaigns = campaigns;
        this.templates = templates;
        this.contacts = contacts;
        this.profiles = profiles;
        this.budget = budget;
        this.clock = clock;
    }

    @Override
    public Map<UUID, Verdict> check(Collection<Due> due) {
        var campaignOf =
                campaigns.ofRecipients(due.stream().map(Due::recipientId).collect(Collectors.toSet()));
        var patients = contacts.findAll(due.stream().map(Due::patientId).collect(Collectors.toSet()));
        var wanting = contacts.wantMarketing(patients.values().stream()
                .map(PatientContact::phone)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        var clinic = profiles.current();
        boolean spent = budget.isReached();
        var verdicts = new HashMap<UUID, Verdict>();
        for (var message : due) {
            verdicts.put(
                    message.id(),
                    verdict(
                            message,
                            campaignOf.get(message.recipientId()),
                            patients.get(message.patientId()),
                            wanting,
                            spent,
                            clinic));
        }
        return verdicts;
    }

    private Verdict verdict(
            Due message,
            @Nullable Campaign campaign,
            @Nullable PatientContact patient,
            Set<String> wanting,
            boolean spent,
            OrganizationProfile clinic) {
        var now = clock.instant();
        if (campaign == null || campaign.state() == CampaignState.CANCELLED) {
            return new Verdict.Suppress("campaign-cancelled");
        }
        if (!now.isBefore(message.usefulUntil())) {
            return new Verdict.Expired(Verdict.Expired.TOO_LATE);
        }
        if (patient == null) {
            return new Verdict.Suppress("patient-gone");
        }
        if (patient.restricted()) {
            return new Verdict.Suppress("restricted");
        }
        if (patient.optedOut()) {
            return new Verdict.Suppress("opted-out");
        }
        var phone = patient.phone();
        if (phone == null) {
            return new Verdict.Suppress("no-phone");
        }
        boolean marketing = templates
                .find(campaign.templateId())
                .map(template -> template.purpose() == TemplatePurpose.MARKETING)
                .orElse(true);
        if (marketing && (patient.marketingOptedOut() || !wanting.contains(phone))) {
            return new Verdict.Suppress("no-marketing-consent");
        }
        if (marketing && spent) {
            return new Verdict.Later(now.plus(WHILE_SPENT), MarketingBudget.REACHED);
        }
        if (campaign.state() == CampaignState.PAUSED) {
            return new Verdict.Later(now.plus(WHILE_PAUSED), "campaign-paused");
        }
        return inItsHours(message, campaign, patient, phone, clinic, now);
    }

    private static Verdict inItsHours(
            Due message,
            Campaign campaign,
            PatientContact patient,
            String phone,
            OrganizationProfile clinic,
            Instant now) {
        var hours = new SendingHours(campaign, clinic.timeZone());
        if (!hours.areAt(now)) {
            return new Verdict.Later(hours.nextAfter(now), "quiet-hours");
        }
        var end = hours.endOf(now);
        return new Verdict.Send(
                new Verdict.Content.OfTemplate(
                        campaign.templateId(),
                        patient.language(),
                        new TemplateFields(patient.greetingName(), patient.displayName(), clinic.name(), null)),
                phone,
                // Should the line go away meanwhile, the gateway must not send it in the night.
                end.isBefore(message.usefulUntil()) ? end : message.usefulUntil());
    }
}
