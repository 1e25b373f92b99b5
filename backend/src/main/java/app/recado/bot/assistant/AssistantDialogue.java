package app.recado.bot.assistant;

import app.recado.bot.assistant.AssistantResult.Answered;
import app.recado.bot.assistant.AssistantResult.Called;
import app.recado.bot.assistant.AssistantResult.End;
import app.recado.bot.assistant.AssistantResult.Failed;
import app.recado.bot.assistant.AssistantResult.HandedOver;
import app.recado.bot.assistant.AssistantResult.Screened;
import app.recado.bot.assistant.AssistantResult.Usage;
import app.recado.bot.assistant.AssistantResult.Withheld;
import app.recado.bot.assistant.MessageScreen.Finding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn with a model: it may look things up a few times, and then it ends. No transaction is open meanwhile. */
public final class AssistantDialogue {

    /** A model that still asks for more then goes round in circles. */
    private static final int MOST_CALLS = 5;

    private final ChatModel model;
    private final @Nullable Moderation moderation;
    private final Duration longest;
    private final List<Called> asked = new ArrayList<>();
    private int calls;
    private long inputTokens;
    private long outputTokens;

    /** @param moderation what is asked before the model; null for nothing
     * @param longest after which no further call is begun */
    public AssistantDialogue(ChatModel model, @Nullable Moderation moderation, Duration longest) {
        this.model = model;
        this.moderation = moderation;
        this.longest = longest;
    }

    /** Never throws for what a model or its server does. */
    public AssistantResult turn(AssistantInput input, AssistantAgenda agenda) {
        var began = System.nanoTime();
        var tools = new AssistantTools(input, agenda);
        var end = screened(input.message());
        if (end == null) {
            end = ended(input, tools, began);
        }
        asked.addAll(tools.called());
        return new AssistantResult(
                end,
                new Usage(
                        calls,
                        inputTokens,
                        outputTokens,
                        Duration.ofNanos(System.nanoTime() - began).toMillis(),
                        asked));
    }

    /** How a turn ends that the server's own judgement ends; null when the model is asked. */
    private @Nullable End screened(String message) {
        if (moderation == null) {
            return null;
        }
        var judged = moderation.judge(message);
        asked.add(new Called(Moderation.NAME, judged.outcome()));
        return judged.finding() == Finding.NOTHING ? null : new Screened(judged.finding());
    }

    private End ended(AssistantInput input, AssistantTools tools, long began) {
        var data = AssistantPrompt.data(input);
        var given = new StringBuilder(data);
        input.history().stream()
                .filter(line -> !line.patient())
                .forEach(line -> given.append('\n').append(line.text()));
        var messages = AssistantPrompt.messages(input, data);
        while (calls < MOST_CALLS && System.nanoTime() - began < longest.toNanos()) {
            ChatResponse response;
            try {
                response = ask(messages);
            } catch (RuntimeException e) {
                return failed(e);
            }
            var said = response.aiMessage();
            if (response.finishReason() == FinishReason.LENGTH
                    || response.finishReason() == FinishReason.CONTENT_FILTER) {
                return new Withheld(response.finishReason() == FinishReason.LENGTH ? "cut-off" : "filtered");
            }
            if (!said.hasToolExecutionRequests()) {
                return answered(said.text(), given.toString(), input);
            }
            messages.add(said);
            for (var request : said.toolExecutionRequests()) {
                var outcome = tools.call(request);
                if (outcome.end() != null) {
                    return outcome.end();
                }
                given.append('\n').append(outcome.answer());
                messages.add(ToolExecutionResultMessage.from(request, outcome.answer()));
            }
        }
        return new HandedOver("no-end");
    }

    private ChatResponse ask(List<ChatMessage> messages) {
        calls++;
        var response = model.chat(ChatRequest.builder()
                .messages(new ArrayList<>(messages))
                .toolSpecifications(AssistantTools.SPECIFICATIONS)
                .build());
        var usage = response.tokenUsage();
        var in = usage == null ? null : usage.inputTokenCount();
        var out = usage == null ? null : usage.outputTokenCount();
        inputTokens += in == null ? messages.toString().length() / 4 : in;
        outputTokens += out == null ? response.aiMessage().toString().length() / 4 : out;
        return response;
    }

    private static End answered(@Nullable String text, String given, AssistantInput input) {
        var checked = AnswerChecks.check(text == null ? "" : text, given, input.message(), input.facts());
        return checked.withheld() == null
                ? new Answered(checked.text(), checked.cited())
                : new Withheld(checked.withheld());
    }

    /** Whether a second attempt may help: not with a wrong key, nor with a request that the server does not like. */
    private static Failed failed(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                int status = http.statusCode();
                return new Failed("status-" + status, status == 429 || status >= 500);
            }
            if (cause instanceof ModelHttp.Unreachable unreachable) {
                return switch (String.valueOf(unreachable.getMessage())) {
                    case "address-not-allowed", "NotPublic" -> new Failed("address-not-allowed", false);
                    case "SocketTimeoutException", "Aborted", "RequestAbortedException", "ConnectTimeoutException" ->
                        new Failed("timeout", true);
                    default -> new Failed("unreachable", true);
                };
            }
        }
        return new Failed("unreadable", true);
    }
}
