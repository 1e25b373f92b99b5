package app.recado.campaigns;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import app.recado.templates.TemplatePurpose;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns over HTTP. Counts only: who is among them is seen on no answer. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/campaigns")
@Tag(name = "Campaigns")
class CampaignController {

    private final Campaigns campaigns;
    private final CampaignResults results;

    CampaignController(Campaigns campaigns, CampaignResults results) {
        this.campaigns = campaigns;
        this.results = results;
    }

    /**
     * A campaign as it shall be.
     *
     * @param name what staff call it
     * @param templateId one of the clinic's own templates, with a published text that speaks of no visit
     * @param lineId the line its messages leave on
     * @param audience whom it is for
     * @param frozen true to settle the audience at the start; false to write to whoever fits until the end
     * @param startsAt nothing leaves before
     * @param endsAt nothing leaves at or after
     * @param sendFrom on the clinic's clocks: nothing leaves earlier in a day
     * @param sendUntil on the clinic's clocks: nothing leaves at or later in a day
     * @param perDay how many messages it plans in a day at most; the installation limits all campaigns of a line as well
     */
    @Schema(name = "CampaignInput")
    record Wanted(
            @Schema(example = "Control anual") @OneLine @NotBlank @Size(max = 100) String name,

            @NotNull UUID templateId,
            @NotNull UUID lineId,
            @NotNull @Valid AudienceInput audience,
            @NotNull Boolean frozen,
            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @Schema(example = "09:00:00") @NotNull LocalTime sendFrom,
            @Schema(example = "20:00:00") @NotNull LocalTime sendUntil,

            @Schema(example = "100") @NotNull @Min(1) @Max(100_000) Integer perDay) {}

    /**
     * An audience to count.
     *
     * @param audience whom
     * @param purpose what the messages would be for
     * @param lineId the line they would leave on, to be told what they would cost; left out for no cost
     */
    @Schema(name = "CampaignAudienceQuestion")
    record Question(
            @NotNull @Valid AudienceInput audience,
            @NotNull TemplatePurpose purpose,
            @Nullable UUID lineId) {}

    /**
     * How many an audience has now.
     *
     * @param matching whose card fits and who can be written to
     * @param recipients of these, who agreed to what the messages are for; of a shared phone one
     * @param cost what the messages would cost; null when no line was named
     */
    @Schema(name = "CampaignAudienceCount")
    record CountView(
            @Schema(example = "310") int matching,
            @Schema(example = "240") int recipients,
            Campaigns.@Nullable Cost cost) {}

    /**
     * The start of a campaign.
     *
     * @param recipients how many whoever starts it was told that it writes to; left out or null when they were not asked
     */
    @Schema(name = "CampaignStart")
    record Start(@Schema(example = "240") @Min(0) @Nullable Integer recipients) {}

    @Operation(operationId = "listCampaigns", summary = "Campaigns, the newest first")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping
    Page<Campaign> list(
            @PathVariable UUID organizationId,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return campaigns.list(limit, cursor);
    }

    @Operation(operationId = "getCampaign", summary = "One campaign")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}")
    Campaign get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return campaigns.get(id);
    }

    @Operation(
            operationId = "getCampaignResults",
            summary = "What came of a campaign",
            description = "Counted now: sent, delivered, read, answered, booked afterwards, opted out.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}/results")
    CampaignResults.Results results(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return results.of(id);
    }

    @Operation(
            operationId = "countCampaignAudience",
            summary = "How many patients an audience has now, and what messages to them would cost",
            description =
                    "Nothing is stored. For marketing only those count who asked for it. The cost is by the prices of"
                            + " today; the provider decides the category when it delivers.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/audience-count")
    CountView count(@PathVariable UUID organizationId, @Valid @RequestBody Question body) {
        var counted = campaigns.count(body.audience().audience(), body.purpose());
        var cost = body.lineId() == null
                ? null
                : campaigns.cost(body.audience().audience(), body.purpose(), body.lineId());
        return new CountView(counted.matching(), counted.recipients(), cost);
    }

    @Operation(operationId = "createCampaign", summary = "Write the draft of a campaign")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            permissions = Permission.CAMPAIGNS)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<Campaign> create(@PathVariable UUID organizationId, @Valid @RequestBody Wanted body) {
        var made = campaigns.create(body);
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/campaigns/%s".formatted(organizationId, made.id())))
                .body(made);
    }

    @Operation(operationId = "updateCampaign", summary = "Write a draft anew")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            permissions = Permission.CAMPAIGNS)
    @Refuses(Problem.CAMPAIGN_NOT_IN_THAT_STATE)
    @PutMapping("/{id}")
    Campaign update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Wanted body) {
        return campaigns.change(id, expected, body);
    }

    @Operation(
            operationId = "startCampaign",
            summary = "Let a draft run from its time on",
            description =
                    "With many recipients, whoever starts it says how many they were told of. Messages wait behind"
                            + " everything about visits, and consent is read again when each leaves.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            permissions = Permission.CAMPAIGNS)
    @Refuses({Problem.CAMPAIGN_NOT_IN_THAT_STATE, Problem.CAMPAIGN_NOT_CONFIRMED})
    @PostMapping("/{id}/start")
    Campaign start(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Start body) {
        return campaigns.start(id, expected, body.recipients());
    }

    @Operation(operationId = "pauseCampaign", summary = "Send nothing more until it is resumed")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.CAMPAIGN_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/pause")
    Campaign pause(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return campaigns.pause(id, expected);
    }

    @Operation(operationId = "resumeCampaign", summary = "Go on where it stopped")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            permissions = Permission.CAMPAIGNS)
    @Refuses(Problem.CAMPAIGN_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/resume")
    Campaign resume(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return campaigns.resume(id, expected);
    }

    @Operation(operationId = "cancelCampaign", summary = "End a campaign for good")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.CAMPAIGN_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/cancel")
    Campaign cancel(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return campaigns.cancel(id, expected);
    }
}
