package app.recado.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.assistant.AssistantResult.Answered;
import app.recado.bot.assistant.AssistantResult.Failed;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The dialogues against a model that somebody runs or pays for, begun by {@code ./dev evaluate}: what each came to, in a table.
 * What is asserted is what Recado promises of any model. How well it does beyond that is for people to read: the last column
 * says how a turn ends with the scripted model, which is one good way and not the only one.
 */
@EnabledIfEnvironmentVariable(named = "RECADO_EVALUATE_URL", matches = ".+")
class EndpointEvaluationTest {

    private static final Path TABLE = Path.of("target", "assistant-evaluation.md");

    /** Beyond that a dialogue's answer is cut in the table. */
    private static final int SHOWN = 90;

    private record Row(String name, String end, String expected, AssistantResult.@Nullable Usage usage, String words) {
        boolean asExpected() {
            return end.split(":", 2)[0].equals(expected.split(":", 2)[0]);
        }
    }

    @Test
    void every_dialogue_ends_in_words_that_passed_in_a_proposal_or_in_a_person() throws IOException {
        var url = setting("URL", "");
        var provider = ModelProvider.of(setting("PROVIDER", "openai-compatible"));
        var host = Objects.requireNonNull(URI.create(url).getHost(), "RECADO_EVALUATE_URL needs a host");
        var timeout = Duration.ofSeconds(Long.parseLong(setting("TIMEOUT_SECONDS", "30")));
        var rows = new ArrayList<Row>();
        // Whoever starts it names the server: a model of one's own may be private.
        try (var http = new OutgoingHttp(Duration.ofSeconds(5), timeout, new AddressGuard(true, Set.of(host)))) {
            var model = provider.model(
                    new ModelHttp(http, timeout, Set.of(host)),
                    url,
                    setting("MODEL", "default"),
                    setting("KEY", "none"));
            for (var dialogue : asked()) {
                var screened = MessageScreen.of(dialogue.says());
                if (screened != MessageScreen.Finding.NOTHING) {
                    rows.add(new Row(
                            dialogue.name(),
                            "screen:" + screened.name().toLowerCase(Locale.ROOT),
                            dialogue.end(),
                            null,
                            ""));
                    continue;
                }
                var result = new AssistantDialogue(model, null, timeout.multipliedBy(2))
                        .turn(EvaluationWorld.input(dialogue.says()), EvaluationWorld.AGENDA);
                rows.add(new Row(
                        dialogue.name(),
                        EvaluationWorld.named(result.end()),
                        dialogue.end(),
                        result.usage(),
                        result.end() instanceof Answered answered ? answered.text() : ""));
                assertThat(result.end()).as(dialogue.name()).isNotInstanceOf(Failed.class);
                if (result.end() instanceof Answered answered) {
                    assertThat(answered.text())
                            .as(dialogue.name())
                            .hasSizeLessThanOrEqualTo(AnswerChecks.LONGEST)
                            .doesNotContain("[F", "01937f3e");
                }
            }
        } finally {
            var table = table(rows);
            Files.writeString(TABLE, table);
            System.out.println(table);
        }
        assertThat(rows).isNotEmpty();
    }

    /** What only a badly scripted server does says nothing of a model. */
    private static List<EvaluationWorld.Dialogue> asked() throws IOException {
        var only = setting("ONLY", "");
        return EvaluationWorld.dialogues().stream()
                .filter(one -> !one.end().startsWith("failed"))
                .filter(one -> only.isEmpty() || one.name().contains(only))
                .toList();
    }

    private static String table(List<Row> rows) {
        var text = new StringBuilder(
                "| dialogue | ends | scripted | calls | tokens | ms | says |\n|---|---|---|---|---|---|---|\n");
        var ends = new HashMap<String, Integer>();
        long tokens = 0;
        for (var row : rows) {
            ends.merge(row.end().split(":", 2)[0], 1, Integer::sum);
            var usage = row.usage();
            tokens += usage == null ? 0 : usage.inputTokens() + usage.outputTokens();
            text.append("| %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            row.name(),
                            row.end(),
                            row.asExpected() ? "same" : row.expected(),
                            usage == null ? "" : usage.calls(),
                            usage == null ? "" : usage.inputTokens() + usage.outputTokens(),
                            usage == null ? "" : usage.millis(),
                            cell(row.words())));
        }
        text.append("%n%d dialogues, %d end as with the scripted model, %d tokens%n"
                .formatted(rows.size(), rows.stream().filter(Row::asExpected).count(), tokens));
        ends.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(end -> text.append("- %s: %d%n".formatted(end.getKey(), end.getValue())));
        return text.toString();
    }

    private static String cell(String words) {
        var line = words.replace('\n', ' ').replace('|', '/');
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private static String setting(String name, String otherwise) {
        var value = System.getenv("RECADO_EVALUATE_" + name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
