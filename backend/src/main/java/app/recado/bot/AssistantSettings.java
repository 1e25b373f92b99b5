package app.recado.bot;

import app.recado.bot.assistant.ModelProvider;
import app.recado.bot.assistant.Moderation;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.Versioned;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.SecretVault;
import dev.langchain4j.model.chat.ChatModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Whether a clinic's assistant answers, with which model, and what it may cost. Off until somebody configures it. */
@Repository
@Transactional
class AssistantSettings {

    /** What the key is sealed for. */
    private static final String KEY = "assistant-key";

    private static final int DEFAULT_CEILING = 500;
    private static final int DEFAULT_LINE_MINUTE = 20;
    private static final int DEFAULT_LINE_DAY = 50;

    private final JdbcClient jdbc;
    private final SecretVault vault;
    private final AssistantModels models;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AssistantSettings(
            JdbcClient jdbc, SecretVault vault, AssistantModels models, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.models = models;
        this.events = events;
        this.clock = clock;
    }

    /**
     * How a clinic's assistant is configured. The key is never shown.
     *
     * @param active whether it answers
     * @param provider which protocol the model is spoken to in
     * @param baseUrl the address of the model's server up to its version, without a slash at the end
     * @param model its name there
     * @param keyPresent whether a key is kept
     * @param inputPrice US cents for a million tokens that are read
     * @param outputPrice US cents for a million tokens that are written
     * @param dailyCeiling US cents of a day of the clinic, after which people answer
     * @param lineMinute messages of a line in a minute, of all patients together, beyond which people answer
     * @param lineDay the same in twenty-four hours
     * @param moderationModel which model of the server judges messages beside the rules; empty for none
     */
    @Schema(name = "AssistantSettings")
    record Settings(
            boolean active,
            ModelProvider provider,
            @Schema(example = "https://api.openai.com/v1") String baseUrl,
            @Schema(example = "gpt-5-mini") String model,
            boolean keyPresent,
            @Schema(example = "25") int inputPrice,
            @Schema(example = "200") int outputPrice,
            @Schema(example = "500") int dailyCeiling,
            @Schema(example = "20") int lineMinute,
            @Schema(example = "50") int lineDay,
            @Schema(example = "omni-moderation-latest") String moderationModel,
            long version)
            implements Versioned {}

    private static final Settings OFF = new Settings(
            false,
            ModelProvider.OPENAI_COMPATIBLE,
            "https://api.openai.com/v1",
            "",
            false,
            0,
            0,
            DEFAULT_CEILING,
            DEFAULT_LINE_MINUTE,
            DEFAULT_LINE_DAY,
            "",
            0);

    @Transactional(readOnly = true)
    public Settings current() {
        return find("").orElse(OFF);
    }

    /** What a turn needs: the model, and what it costs. @param moderation null for none */
    record Configured(ChatModel chat, @Nullable Moderation moderation, Settings settings) {
        /** Millionths of a US dollar, rounded up. */
        long costMicros(long inputTokens, long outputTokens) {
            return Math.ceilDiv(inputTokens * settings.inputPrice() + outputTokens * settings.outputPrice(), 100L);
        }
    }

    /** Empty while it is off, and when its key cannot be opened any more. */
    @Transactional(readOnly = true)
    public Optional<Configured> configured() {
        var settings = current();
        if (!settings.active()) {
            return Optional.empty();
        }
        var sealed = jdbc.sql("select api_key from assistant_settings where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> row.getString("api_key"))
                .single();
        try {
            var key = vault.open(KEY, CurrentOrganization.id(), CurrentOrganization.id(), sealed);
            return Optional.of(new Configured(
                    models.model(settings.provider(), settings.baseUrl(), settings.model(), key),
                    settings.moderationModel().isEmpty()
                            ? null
                            : models.moderation(settings.baseUrl(), settings.moderationModel(), key),
                    settings));
        } catch (SecretVault.Unreadable e) {
            return Optional.empty();
        }
    }

    private Optional<Settings> find(String locking) {
        return jdbc.sql("""
                        select active, provider, base_url, model, api_key is not null as keyed, input_price, output_price,
                               daily_ceiling, line_minute, line_day, moderation_model, version
                          from assistant_settings where organization_id = ?
                        """ + locking)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Settings(
                        row.getBoolean("active"),
                        ModelProvider.of(row.getString("provider")),
                        row.getString("base_url"),
                        row.getString("model"),
                        row.getBoolean("keyed"),
                        row.getInt("input_price"),
                        row.getInt("output_price"),
                        row.getInt("daily_ceiling"),
                        row.getInt("line_minute"),
                        row.getInt("line_day"),
                        row.getString("moderation_model"),
                        row.getLong("version")))
                .optional();
    }

    /**
     * Configures it.
     *
     * @param wanted {@code keyPresent} and {@code version} are not read
     * @param apiKey null to keep the one that is there, which goes to the server it was given for alone
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code invalid-fields}, {@code credentials-not-kept}
     */
    public Settings change(ExpectedVersion expected, Settings wanted, @Nullable String apiKey) {
        var baseUrl = checked(wanted.baseUrl());
        jdbc.sql("""
                        insert into assistant_settings (organization_id, active, provider, base_url, model, input_price,
                                                        output_price, daily_ceiling, updated_at, updated_by)
                        values (?, false, ?, ?, '', 0, 0, ?, ?, ?) on conflict (organization_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        OFF.provider().wireName(),
                        OFF.baseUrl(),
                        DEFAULT_CEILING,
                        SqlTime.at(clock.instant()),
                        Caller.current().subject())
                .update();
        var before = find(" for update").orElse(OFF);
        expected.mustBe(before.version());
        boolean elsewhere = !before.baseUrl().equals(baseUrl) || before.provider() != wanted.provider();
        if (apiKey == null && (wanted.active() || before.keyPresent()) && (elsewhere || !before.keyPresent())) {
            throw Problem.INVALID_FIELDS.at(
                    "/apiKey", "required", "A key is kept for one server: give the one for this server");
        }
        if (apiKey != null && !vault.keeps()) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("Set RECADO_CREDENTIALS_KEY and start Recado again");
        }
        if (!wanted.moderationModel().isEmpty() && wanted.provider() != ModelProvider.OPENAI_COMPATIBLE) {
            throw Problem.INVALID_FIELDS.at(
                    "/moderationModel", "not-with-this-provider", "Messages are judged in OpenAI's protocol alone");
        }
        if (wanted.active() && wanted.model().isBlank()) {
            throw Problem.INVALID_FIELDS.at("/model", "required", "Say which model answers");
        }
        jdbc.sql("""
                        update assistant_settings
                           set active = ?, provider = ?, base_url = ?, model = ?, api_key = coalesce(cast(? as text), api_key),
                               input_price = ?, output_price = ?, daily_ceiling = ?, line_minute = ?, line_day = ?,
                               moderation_model = ?, updated_at = ?,
                               updated_by = ?,
                               version = version + 1
                         where organization_id = ?
                        """)
                .param(wanted.active())
                .param(wanted.provider().wireName())
                .param(baseUrl)
                .param(wanted.model())
                .param(
                        apiKey == null
                                ? null
                                : vault.seal(KEY, CurrentOrganization.id(), CurrentOrganization.id(), apiKey))
                .param(wanted.inputPrice())
                .param(wanted.outputPrice())
                .param(wanted.dailyCeiling())
                .param(wanted.lineMinute())
                .param(wanted.lineDay())
                .param(wanted.moderationModel())
                .param(SqlTime.at(clock.instant()))
                .param(Caller.current().subject())
                .param(CurrentOrganization.id())
                .update();
        models.told(CurrentOrganization.id(), false); // what failed before may be put right now
        var after = current();
        events.publishEvent(AssistantSettingsChanged.between(before, after, apiKey != null));
        return after;
    }

    private String checked(String typed) {
        try {
            return models.checked(typed);
        } catch (AddressGuard.Refused e) {
            throw Problem.INVALID_FIELDS.at("/baseUrl", e.code(), "This address cannot be called: " + e.code());
        }
    }
}
