package app.recado.campaigns;

import app.recado.kernel.Cursors;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.messaging.Amount;
import app.recado.messaging.MarketingBudget;
import app.recado.messaging.MessageCategory;
import app.recado.messaging.MessageQuotes;
import app.recado.templates.CustomTemplate;
import app.recado.templates.CustomTemplates;
import app.recado.templates.TemplatePurpose;
import app.recado.whatsapp.WhatsAppLines;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff do with campaigns. */
@Service
@Transactional
class Campaigns {

    private static final String LIST = "campaigns";

    private static final Duration A_YEAR = Duration.ofDays(366);

    private final CampaignStore store;
    private final AudienceQuery audiences;
    private final CustomTemplates templates;
    private final WhatsAppLines lines;
    private final MessageQuotes quotes;
    private final MarketingBudget budget;
    private final Cursors cursors;
    private final LiveHints hints;
    private final CampaignSettings settings;
    private final Clock clock;

    Campaigns(
            CampaignStore store,
            AudienceQuery audiences,
            CustomTemplates templates,
            WhatsAppLines lines,
            MessageQuotes quotes,
            MarketingBudget budget,
            Cursors cursors,
            LiveHints hints,
            CampaignSettings settings,
            Clock clock) {
        this.store = store;
        this.audiences = audiences;
        this.templates = templates;
        this.lines = lines;
        this.quotes = quotes;
        this.budget = budget;
        this.cursors = cursors;
        this.hints = hints;
        this.settings = settings;
        this.clock = clock;
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public Page<Campaign> list(int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var rows = store.list(after == null ? null : UUID.fromString(after.getFirst()), limit + 1);
        return Page.of(rows, limit, last -> cursors.seal(LIST, last.id().toString()));
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Campaign get(UUID id) {
        return store.find(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such campaign"));
    }

    /** How many an audience has now.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a template of another clinic */
    @Transactional(readOnly = true)
    public AudienceQuery.Counted count(Audience audience, TemplatePurpose purpose) {
        return audiences.count(audience, purpose);
    }

    /**
     * What messages to an audience would cost.
     *
     * @param charged false where the line's provider takes nothing for a message
     * @param category what they are taken for
     * @param unpriced messages to markets whose price the platform has not written down
     * @param amounts what the others cost by the prices of today, by currency
     * @param budgetLeft of this month's budget; null where the clinic set none
     * @param exceedsBudget it would use more: then the rest waits for the next month
     */
    @Schema(name = "CampaignCost")
    record Cost(
            boolean charged,
            MessageCategory category,
            @Schema(example = "0") int unpriced,
            List<Amount> amounts,
            @Nullable Amount budgetLeft,
            boolean exceedsBudget) {}

    /** Nothing is stored. The provider decides the category when it delivers.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for an unknown line */
    @Transactional(readOnly = true)
    public Cost cost(Audience audience, TemplatePurpose purpose, UUID lineId) {
        if (lines.find(lineId).isEmpty()) {
            throw Problem.INVALID_FIELDS.at("/lineId", "unknown-value", "There is no such line");
        }
        boolean marketing = purpose == TemplatePurpose.MARKETING;
        var category = marketing ? MessageCategory.MARKETING : MessageCategory.UTILITY;
        var quote = quotes.quote(lineId, category, audiences.numbers(audience, purpose));
        var left = quote.charged() ? budget.left().orElse(null) : null;
        // A budget holds back what advertises and nothing else.
        boolean exceeds = marketing
                && left != null
                && quote.amounts().stream()
                        .anyMatch(amount -> amount.currency().equals(left.currency())
                                && amount.amount().compareTo(left.amount()) > 0);
        return new Cost(quote.charged(), category, quote.unpriced(), quote.amounts(), left, exceeds);
    }

    /** Writes a draft.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} */
    public Campaign create(CampaignController.Wanted wanted) {
        check(wanted);
        return told(store.insert(wanted, Caller.current().subject()));
    }

    /** Writes a draft anew.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}, {@code
     *     campaign-not-in-that-state} */
    public Campaign change(UUID id, ExpectedVersion expected, CampaignController.Wanted wanted) {
        seen(id, expected, CampaignState.DRAFT);
        check(wanted);
        return told(id, store.replace(id, expected.value(), wanted));
    }

    /**
     * Lets a draft run from its time on. A frozen audience is settled now.
     *
     * @param recipients how many whoever starts it was shown; null when they were not asked
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code campaign-not-in-that-state}, {@code
     *     invalid-fields}; {@code campaign-not-confirmed} with many recipients and another number
     */
    public Campaign start(UUID id, ExpectedVersion expected, @Nullable Integer recipients) {
        var campaign = seen(id, expected, CampaignState.DRAFT);
        var template = template(campaign.templateId());
        int count = audiences.count(campaign.audience(), template.purpose()).recipients();
        if (count > settings.confirmAbove() && (recipients == null || recipients != count)) {
            throw Problem.CAMPAIGN_NOT_CONFIRMED.because("It would write to %d people".formatted(count));
        }
        if (!campaign.endsAt().isAfter(clock.instant())) {
            throw Problem.INVALID_FIELDS.at("/endsAt", "in-the-past", "The campaign would be over already");
        }
        if (campaign.frozen()) {
            audiences.choose(id, campaign.audience(), template.purpose(), null);
        }
        return told(
                id,
                store.become(
                        id,
                        expected.value(),
                        CampaignState.RUNNING,
                        Caller.current().subject()));
    }

    /** Sends nothing more until it is resumed. What is on its way to the phones is.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code campaign-not-in-that-state} */
    public Campaign pause(UUID id, ExpectedVersion expected) {
        return become(id, expected, CampaignState.PAUSED, CampaignState.RUNNING);
    }

    /** Goes on where it stopped.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code campaign-not-in-that-state} */
    public Campaign resume(UUID id, ExpectedVersion expected) {
        return become(id, expected, CampaignState.RUNNING, CampaignState.PAUSED);
    }

    /** Ends it for good.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code campaign-not-in-that-state} */
    public Campaign cancel(UUID id, ExpectedVersion expected) {
        return become(
                id,
                expected,
                CampaignState.CANCELLED,
                CampaignState.DRAFT,
                CampaignState.RUNNING,
                CampaignState.PAUSED);
    }

    private Campaign become(UUID id, ExpectedVersion expected, CampaignState to, CampaignState... from) {
        seen(id, expected, from);
        return told(id, store.become(id, expected.value(), to, null));
    }

    private Campaign seen(UUID id, ExpectedVersion expected, CampaignState... allowed) {
        var campaign = get(id);
        expected.mustBe(campaign.version());
        if (!Set.of(allowed).contains(campaign.state())) {
            throw Problem.CAMPAIGN_NOT_IN_THAT_STATE.because(
                    "The campaign is " + campaign.state().wireName());
        }
        return campaign;
    }

    private Campaign told(UUID id, boolean written) {
        if (!written) {
            throw Problem.STALE.because("Somebody else just changed this campaign");
        }
        return told(id);
    }

    private Campaign told(UUID id) {
        hints.changed(LiveHints.Kind.CAMPAIGN, id);
        return get(id);
    }

    private void check(CampaignController.Wanted wanted) {
        template(wanted.templateId());
        var line = lines.find(wanted.lineId())
                .orElseThrow(() -> Problem.INVALID_FIELDS.at("/lineId", "unknown-value", "There is no such line"));
        if (line.takesTemplates() && !templates.isApproved(wanted.templateId(), wanted.lineId())) {
            throw Problem.INVALID_FIELDS.at(
                    "/lineId",
                    "not-approved",
                    "This line's provider takes approved templates only: hand this one in first");
        }
        if (!wanted.endsAt().isAfter(wanted.startsAt())) {
            throw Problem.INVALID_FIELDS.at("/endsAt", "not-after-start", "The end is later than the start");
        }
        if (!wanted.sendUntil().isAfter(wanted.sendFrom())) {
            throw Problem.INVALID_FIELDS.at(
                    "/sendUntil", "not-after-start", "The end of the day is later than its start");
        }
        var audience = wanted.audience();
        if (audience.ageFrom() != null && audience.ageTo() != null && audience.ageTo() < audience.ageFrom()) {
            throw Problem.INVALID_FIELDS.at(
                    "/audience/ageTo", "out-of-range", "The upper age is not below the lower one");
        }
        if (audience.audience().ofBirthdays() && wanted.frozen()) {
            throw Problem.INVALID_FIELDS.at(
                    "/frozen",
                    "unknown-value",
                    "Whose birthday it is changes every day: they are looked for as the days come");
        }
        if (audience.audience().ofBirthdays()
                && wanted.endsAt().isAfter(wanted.startsAt().plus(A_YEAR))) {
            throw Problem.INVALID_FIELDS.at(
                    "/endsAt",
                    "out-of-range",
                    "A campaign writes once to each patient: birthdays need a new one every year");
        }
    }

    /** A template that a message about no visit can be worded with. */
    private CustomTemplate template(UUID id) {
        var template = templates
                .find(id)
                .filter(found -> !found.archived())
                .orElseThrow(
                        () -> Problem.INVALID_FIELDS.at("/templateId", "unknown-value", "There is no such template"));
        if (template.languages().isEmpty()) {
            throw Problem.INVALID_FIELDS.at("/templateId", "not-published", "No text of this template was published");
        }
        if (!template.needsVisit().isEmpty()) {
            throw Problem.INVALID_FIELDS.at(
                    "/templateId",
                    "needs-visit",
                    "A campaign is about no visit, and this template speaks of "
                            + String.join(", ", template.needsVisit()));
        }
        return template;
    }
}
