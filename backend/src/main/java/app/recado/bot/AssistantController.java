package app.recado.bot;

import app.recado.bot.AssistantFacts.Fact;
import app.recado.bot.AssistantFacts.FactTexts;
import app.recado.bot.AssistantSettings.Settings;
import app.recado.bot.AssistantTurnViews.FiguresView;
import app.recado.bot.AssistantTurnViews.TurnView;
import app.recado.bot.AssistantTurnViews.Verdict;
import app.recado.bot.assistant.ModelProvider;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The assistant over HTTP: its settings, what it may tell, and what it did. */
@RestController
@Tag(name = "Assistant")
@RequestMapping("/api/v1/organizations/{organizationId}")
class AssistantController {

    private final AssistantSettings settings;
    private final AssistantFacts facts;
    private final AssistantTurnViews turns;
    private final Clock clock;

    AssistantController(AssistantSettings settings, AssistantFacts facts, AssistantTurnViews turns, Clock clock) {
        this.settings = settings;
        this.facts = facts;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * How the assistant shall be.
     *
     * @param active whether it answers
     * @param provider which protocol the model is spoken to in
     * @param baseUrl the address of the model's server up to its version
     * @param model its name there; may be empty while it is off
     * @param apiKey its key, never shown again; null to keep the one that is there
     * @param inputPrice US cents for a million tokens that are read
     * @param outputPrice US cents for a million tokens that are written
     * @param dailyCeiling US cents of a day, after which people answer
     * @param lineMinute messages of a line in a minute, of all patients together, beyond which people answer
     * @param lineDay the same in twenty-four hours
     * @param moderationModel which model of the server judges messages beside the rules, in OpenAI's protocol; empty for none,
     *     null to leave it as it is
     */
    @Schema(name = "AssistantSettingsChange")
    record Change(
            @NotNull Boolean active,

            @NotNull ModelProvider provider,

            @Schema(example = "https://api.openai.com/v1") @NotBlank @Size(max = 300)
            String baseUrl,

            @Schema(example = "gpt-5-mini") @OneLine @NotNull @Size(max = 100) String model,

            @Schema(example = "sk-0123456789") @Nullable @Size(min = 8, max = 500) String apiKey,

            @Schema(example = "25") @NotNull @Min(0) @Max(100_000) Integer inputPrice,

            @Schema(example = "200") @NotNull @Min(0) @Max(100_000) Integer outputPrice,

            @Schema(example = "500") @NotNull @Min(1) @Max(100_000) Integer dailyCeiling,

            @Schema(example = "20") @NotNull @Min(1) @Max(1000) Integer lineMinute,

            @Schema(example = "50") @NotNull @Min(1) @Max(100_000) Integer lineDay,

            @Schema(example = "omni-moderation-latest") @OneLine @Nullable @Size(max = 100) String moderationModel) {

        /** A key is never printed. */
        @Override
        public String toString() {
            return "Change";
        }
    }

    /**
     * All of a clinic, by title.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "AssistantFactList")
    record FactList(List<Fact> items) {}

    /**
     * Those of one conversation.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "AssistantTurnList")
    record TurnList(List<TurnView> items) {}

    /**
     * Something that the assistant may tell.
     *
     * @param title what it is about
     * @param texts what it tells, in one language at least
     */
    @Schema(name = "AssistantFactInput")
    record FactInput(
            @Schema(example = "Precio de la consulta") @OneLine @NotBlank @Size(max = 120) String title,

            @NotNull @Valid FactTexts texts) {}

    /**
     * A file of facts.
     *
     * @param csv a table with a header: title, and one column or more of es, en and pt; fields apart by commas or semicolons
     * @param dryRun true to see what would become of it, and keep nothing
     */
    @Schema(name = "AssistantFactImportInput")
    record FactImportInput(
            @Schema(example = "title;es;en\nEstacionamiento;En la puerta.;At the door.") @NotBlank @Size(max = 200_000) String csv,

            @NotNull Boolean dryRun) {
        @Override
        public String toString() {
            return "FactImportInput";
        }
    }

    /**
     * What staff think of an answer.
     *
     * @param verdict null to take it back
     */
    @Schema(name = "AssistantVerdictChange")
    record VerdictInput(@Nullable Verdict verdict) {}

    @Operation(operationId = "getAssistantSettings", summary = "How the assistant is configured; never its key")
    @Access(Allow.OWNER)
    @GetMapping("/assistant-settings")
    Settings settings(@PathVariable UUID organizationId) {
        return settings.current();
    }

    @Operation(
            operationId = "changeAssistantSettings",
            summary = "Configure the assistant",
            description = "A key goes to the server it was given for alone: another address needs it again.")
    @Access(Allow.OWNER)
    @Refuses(Problem.CREDENTIALS_NOT_KEPT)
    @PutMapping("/assistant-settings")
    Settings change(@PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody Change body) {
        return settings.change(
                expected,
                new Settings(
                        body.active(),
                        body.provider(),
                        body.baseUrl(),
                        body.model(),
                        false,
                        body.inputPrice(),
                        body.outputPrice(),
                        body.dailyCeiling(),
                        body.lineMinute(),
                        body.lineDay(),
                        body.moderationModel() == null
                                ? settings.current().moderationModel()
                                : body.moderationModel().strip(),
                        0),
                body.apiKey());
    }

    @Operation(operationId = "listAssistantFacts", summary = "What the assistant may tell, by title")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/assistant-facts")
    FactList facts(@PathVariable UUID organizationId) {
        return new FactList(facts.list());
    }

    @Operation(operationId = "getAssistantFact", summary = "One thing that the assistant may tell")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/assistant-facts/{id}")
    Fact fact(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return facts.get(id);
    }

    @Operation(operationId = "createAssistantFact", summary = "Let the assistant tell something")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/assistant-facts")
    ResponseEntity<Fact> add(@PathVariable UUID organizationId, @Valid @RequestBody FactInput body) {
        var fact = facts.add(body.title(), body.texts());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/assistant-facts/%s".formatted(organizationId, fact.id())))
                .body(fact);
    }

    @Operation(
            operationId = "importAssistantFacts",
            summary = "Let the assistant tell what stands in a file",
            description =
                    "A row with the title of a fact that is there replaces it. Where anything is wrong nothing is kept; a dry run"
                            + " keeps nothing either, and says the same.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Idempotent
    @PostMapping("/assistant-fact-imports")
    ResponseEntity<AssistantFacts.Imported> importFacts(
            @PathVariable UUID organizationId, @Valid @RequestBody FactImportInput body) {
        return ResponseEntity.ok(facts.take(body.csv(), body.dryRun()));
    }

    @Operation(operationId = "changeAssistantFact", summary = "Change what the assistant may tell")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PutMapping("/assistant-facts/{id}")
    Fact changeFact(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody FactInput body) {
        return facts.change(id, expected, body.title(), body.texts());
    }

    @Operation(operationId = "deleteAssistantFact", summary = "Take away what the assistant may tell")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/assistant-facts/{id}")
    void removeFact(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        facts.remove(id, expected);
    }

    @Operation(
            operationId = "listAssistantTurns",
            summary = "What the assistant did, the newest first",
            description = "Ids, counts and causes. What was said stands in the conversation.")
    @Access(Allow.OWNER)
    @GetMapping("/assistant-turns")
    Page<TurnView> turns(
            @PathVariable UUID organizationId,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return turns.list(limit, cursor);
    }

    @Operation(operationId = "judgeAssistantTurn", summary = "Say whether the assistant did well with a message")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PutMapping("/assistant-turns/{id}/verdict")
    TurnView judge(@PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody VerdictInput body) {
        return turns.judge(id, body.verdict());
    }

    @Operation(
            operationId = "listAssistantTurnsOfConversation",
            summary = "What the assistant did in a conversation, the newest first",
            description = "Ids, counts and causes, of its last thirty turns there.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/conversations/{id}/assistant-turns")
    TurnList turnsOf(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new TurnList(turns.ofConversation(id));
    }

    @Operation(operationId = "getAssistantFigures", summary = "What the last days of the assistant came to")
    @Costs(Costs.REPORT)
    @Access(Allow.OWNER)
    @GetMapping("/assistant-figures")
    FiguresView figures(
            @PathVariable UUID organizationId,
            @Parameter(description = "How many days, up to now") @RequestParam(defaultValue = "30") @Min(1) @Max(366) int days) {
        return turns.figures(clock.instant().minus(Duration.ofDays(days)));
    }
}
