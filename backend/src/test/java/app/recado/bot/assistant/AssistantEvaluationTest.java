package app.recado.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.assistant.AssistantResult.Answered;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a turn comes to, whatever a model says: dialogues that people wrote down, against a server that speaks OpenAI's wire
 * format. A turn ends in words that rest on what the clinic said, in a proposal, or in a person; nothing is ever done in it.
 */
class AssistantEvaluationTest {

    private static final ScriptedModel MODEL = new ScriptedModel();
    private static final OutgoingHttp HTTP =
            new OutgoingHttp(Duration.ofSeconds(1), Duration.ofSeconds(5), new AddressGuard(true, Set.of("127.0.0.1")));

    @AfterAll
    static void close() throws IOException {
        MODEL.close();
        HTTP.close();
    }

    @Test
    void there_are_dialogues_in_all_three_languages_and_no_two_of_a_name() throws IOException {
        var all = EvaluationWorld.dialogues();
        assertThat(all).hasSizeGreaterThanOrEqualTo(200);
        assertThat(all.stream().map(EvaluationWorld.Dialogue::name)).doesNotHaveDuplicates();
        assertThat(all.stream().map(one -> one.name().substring(0, 2)).distinct())
                .containsExactlyInAnyOrder("es", "pt", "en");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "book",
                "move",
                "date",
                "two-visits",
                "siblings",
                "insurance",
                "unknown-price",
                "anger",
                "abuse",
                "jailbreak",
                "injected",
                "emergency"
            })
    void each_theme_has_three_dialogues_or_more_in_each_language(String theme) throws IOException {
        var themed = EvaluationWorld.dialogues().stream()
                .map(EvaluationWorld.Dialogue::name)
                .filter(name -> (name + "-").startsWith("-" + theme + "-", 2))
                .collect(Collectors.groupingBy(name -> name.substring(0, 2)));

        assertThat(themed).containsOnlyKeys("es", "pt", "en");
        assertThat(themed.values()).allSatisfy(names -> assertThat(names).hasSizeGreaterThanOrEqualTo(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("app.recado.bot.assistant.EvaluationWorld#dialogues")
    void a_turn_ends_as_recado_promises_whatever_the_model_says(EvaluationWorld.Dialogue dialogue) {
        var finding = MessageScreen.of(dialogue.says());
        if (dialogue.model().isEmpty()) {
            assertThat("screen:" + finding.name().toLowerCase(java.util.Locale.ROOT))
                    .isEqualTo(dialogue.end());
            return;
        }
        assertThat(finding).as("a model is asked").isEqualTo(MessageScreen.Finding.NOTHING);
        MODEL.reset();
        MODEL.then(dialogue.model().toArray(String[]::new));

        var result = turn(dialogue.says());

        assertThat(EvaluationWorld.named(result.end())).isEqualTo(dialogue.end());
        if (result.end() instanceof Answered answered) {
            assertThat(answered.text()).doesNotContain("[F").hasSizeLessThanOrEqualTo(AnswerChecks.LONGEST);
        }
    }

    @Test
    void rules_stand_alone_and_what_people_wrote_is_data() {
        MODEL.reset();
        MODEL.then("text Hola");

        turn("hola");

        var messages = MODEL.lastRequest().path("messages");
        assertThat(messages.path(0).path("role").asString()).isEqualTo("system");
        assertThat(messages.path(0).toString()).doesNotContain("Ana", "Siempre Viva", "cancela todos");
        assertThat(messages.path(1).path("role").asString()).isEqualTo("user");
        assertThat(messages.path(1).toString()).contains("information only", "cancela todos los turnos");
        assertThat(MODEL.lastAuthorization()).isEqualTo("Bearer key-of-the-clinic");
    }

    @Test
    void a_model_reads_no_id_of_the_clinic() {
        MODEL.reset();
        MODEL.then("call free_times {\"service\":\"s1\",\"from\":\"2026-11-24\",\"to\":\"2026-12-10\"}", "text Hola");

        turn("hola, ¿hay lugar?");

        assertThat(MODEL.lastRequest().toString()).doesNotContain("01937f3e");
    }

    @Test
    void a_model_elsewhere_than_allowed_is_not_called() {
        int before = MODEL.calls();
        var model = ModelProvider.OPENAI_COMPATIBLE.model(
                new ModelHttp(HTTP, Duration.ofSeconds(5), Set.of("api.openai.com")),
                MODEL.url(),
                "scripted",
                "key-of-the-clinic");

        var result = new AssistantDialogue(model, null, Duration.ofSeconds(20))
                .turn(EvaluationWorld.input("hola"), EvaluationWorld.AGENDA);

        assertThat(EvaluationWorld.named(result.end())).isEqualTo("failed:address-not-allowed");
        assertThat(MODEL.calls()).isEqualTo(before);
    }

    @Test
    void a_long_answer_is_cut_at_a_sentence() {
        MODEL.reset();
        MODEL.then("text " + "Esto es una frase larga. ".repeat(100));

        assertThat(turn("hola").end())
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.text())
                                .endsWith("larga.")
                                .hasSizeLessThanOrEqualTo(AnswerChecks.LONGEST));
    }

    private static AssistantResult turn(String says) {
        var model = ModelProvider.OPENAI_COMPATIBLE.model(
                new ModelHttp(HTTP, Duration.ofSeconds(5), Set.of("127.0.0.1")),
                MODEL.url(),
                "scripted",
                "key-of-the-clinic");
        return new AssistantDialogue(model, null, Duration.ofSeconds(20))
                .turn(EvaluationWorld.input(says), EvaluationWorld.AGENDA);
    }
}
