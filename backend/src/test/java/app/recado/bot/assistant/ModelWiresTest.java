package app.recado.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same turn in each of the three protocols: what is sent, and what is read of what comes back. */
class ModelWiresTest {

    private static final String KEY = "key-of-the-clinic";

    private final ScriptedModel server = new ScriptedModel();
    private final OutgoingHttp http =
            new OutgoingHttp(Duration.ofSeconds(1), Duration.ofSeconds(5), new AddressGuard(true, Set.of("127.0.0.1")));

    @AfterEach
    void close() throws IOException {
        server.close();
        http.close();
    }

    private AssistantResult turn(ModelProvider provider, String says) {
        var model = provider.model(
                new ModelHttp(http, Duration.ofSeconds(5), Set.of("127.0.0.1")), server.url(), "scripted", KEY);
        return new AssistantDialogue(model, null, Duration.ofSeconds(20))
                .turn(EvaluationWorld.input(says), EvaluationWorld.AGENDA);
    }

    @ParameterizedTest
    @EnumSource
    void words_come_back_with_what_they_cost(ModelProvider provider) {
        server.then("text La consulta cuesta $ 30.000 [F1].");

        var result = turn(provider, "¿Cuánto sale la consulta?");

        assertThat(EvaluationWorld.named(result.end())).isEqualTo("answered");
        assertThat(result.usage().inputTokens()).isEqualTo(1000);
        assertThat(result.usage().outputTokens()).isEqualTo(100);
        assertThat(server.lastPath())
                .isEqualTo(
                        switch (provider) {
                            case OPENAI_COMPATIBLE -> "/v1/chat/completions";
                            case ANTHROPIC -> "/v1/messages";
                            case GEMINI -> "/v1/models/scripted:generateContent";
                        });
        assertThat(
                        switch (provider) {
                            case OPENAI_COMPATIBLE -> server.lastHeader("Authorization");
                            case ANTHROPIC -> server.lastHeader("x-api-key");
                            case GEMINI -> server.lastHeader("x-goog-api-key");
                        })
                .contains(KEY);
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_is_called_and_its_answer_goes_back(ModelProvider provider) {
        server.then(
                "call free_times {\"visit\":\"v1\",\"from\":\"2026-12-03\",\"to\":\"2026-12-03\"}",
                "call propose_move {\"visit\":\"v1\",\"start\":\"2026-12-03T16:00\"}");

        var result = turn(provider, "¿puedo pasarlo a otro jueves?");

        assertThat(EvaluationWorld.named(result.end())).isEqualTo("proposed:move");
        assertThat(result.usage().calls()).isEqualTo(2);
        assertThat(server.lastRequest().toString())
                .as("what the tool found was sent, and tools stay on offer")
                .contains("2026-12-03T16:00", "propose_waitlist");
    }

    @ParameterizedTest
    @EnumSource
    void rules_and_data_are_apart(ModelProvider provider) {
        server.then("text Hola");

        turn(provider, "hola");

        var request = server.lastRequest();
        var rules = switch (provider) {
            case OPENAI_COMPATIBLE -> request.path("messages").path(0).toString();
            case ANTHROPIC -> request.path("system").toString();
            case GEMINI -> request.path("systemInstruction").toString();
        };
        assertThat(rules).contains("Never give medical advice").doesNotContain("Siempre Viva");
        assertThat(request.toString()).contains("Siempre Viva", "information only");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_cut_off_is_withheld(ModelProvider provider) {
        server.then("cut La consulta cuesta");

        assertThat(EvaluationWorld.named(turn(provider, "¿cuánto?").end())).isEqualTo("withheld:cut-off");
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_is_busy_wrong_or_talks_nonsense_is_told_apart_and_asked_once(ModelProvider provider) {
        server.then("status 429", "status 401", "status 503", "raw nonsense", "raw {}");

        assertThat(turn(provider, "hola").end()).isEqualTo(new AssistantResult.Failed("status-429", true));
        assertThat(turn(provider, "hola").end()).isEqualTo(new AssistantResult.Failed("status-401", false));
        assertThat(turn(provider, "hola").end()).isEqualTo(new AssistantResult.Failed("status-503", true));
        assertThat(turn(provider, "hola").end()).isEqualTo(new AssistantResult.Failed("unreadable", true));
        assertThat(turn(provider, "hola").end())
                .as("an answer without one")
                .isNotInstanceOf(AssistantResult.Answered.class);
        assertThat(server.calls()).as("nothing is repeated by the library").isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_hangs_up_or_takes_too_long_has_not_answered(ModelProvider provider) throws IOException {
        server.then("hang-up", "text Hola");
        assertThat(turn(provider, "hola").end()).isEqualTo(new AssistantResult.Failed("unreachable", true));

        var end = new CountDownLatch(1);
        server.before(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var patience = Duration.ofMillis(400);
        try (var hasty = new OutgoingHttp(patience, patience, new AddressGuard(true, Set.of("127.0.0.1")))) {
            var model =
                    provider.model(new ModelHttp(hasty, patience, Set.of("127.0.0.1")), server.url(), "scripted", KEY);
            assertThat(new AssistantDialogue(model, null, Duration.ofSeconds(20))
                            .turn(EvaluationWorld.input("hola"), EvaluationWorld.AGENDA)
                            .end())
                    .isEqualTo(new AssistantResult.Failed("timeout", true));
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_model_that_is_wrong_does_nothing_and_is_told_so(ModelProvider provider) {
        server.then(
                "call delete_all {}",
                "call propose_cancel {\"visit\":\"v9\"}",
                "call propose_move {\"visit\":\"v1\",\"start\":\"2026-11-29T10:00\"}",
                "text Listo, te cancelé el turno. Tu turno fue cancelado.");

        var result = turn(provider, "cancelá");

        assertThat(EvaluationWorld.named(result.end())).isEqualTo("withheld:claimed-action");
        assertThat(result.usage().tools())
                .extracting(AssistantResult.Called::tool)
                .containsExactly("unknown", "propose_cancel", "propose_move");
    }
}
