package app.recado.bot.assistant;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Which protocol a model is spoken to in. */
@Schema(name = "AssistantProvider")
public enum ModelProvider {
    /** OpenAI's chat completions, which most servers of one's own speak as well. */
    OPENAI_COMPATIBLE,
    GEMINI,
    ANTHROPIC;

    /** A turn says a few sentences. */
    private static final int MOST_TOKENS = 700;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ModelProvider of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A model that is called once per question: what failed is repeated by a job or not at all. */
    public ChatModel model(ModelHttp http, String baseUrl, String model, String apiKey) {
        return switch (this) {
            case OPENAI_COMPATIBLE ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .modelName(model)
                        .maxTokens(MOST_TOKENS)
                        .maxRetries(0)
                        .build();
            case GEMINI ->
                GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .modelName(model)
                        .maxOutputTokens(MOST_TOKENS)
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .modelName(model)
                        .maxTokens(MOST_TOKENS)
                        .maxRetries(0)
                        .build();
        };
    }
}
