package app.recado.bot;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.FlowCollections.Answer;
import app.recado.bot.FlowCollections.Menu;
import app.recado.bot.FlowCollections.Option;
import app.recado.bot.flow.FlowFaults;
import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An older bot's collections become a flow, and what cannot be carried over is said. */
class FlowCollectionsTest {

    private static Option option(String title, @Nullable String menu, @Nullable String answer) {
        return new Option("principal", 1, title, null, menu, answer);
    }

    @Test
    void the_example_that_is_shipped_becomes_a_flow_without_faults_and_remarks() throws Exception {
        var example = Path.of("../docs/examples/flow-collections.json");
        var collections = JsonMapper.builder().build().readValue(Files.readString(example), FlowCollections.class);

        var read = FlowCollectionReader.read(collections, FlowLanguage.ES);

        assertThat(read.remarks()).isEmpty();
        assertThat(FlowFaults.of(read.document())).allMatch(FlowFaults.Fault::warning);
        assertThat(read.document().start()).isEqualTo("principal");
    }

    @Test
    void what_leads_nowhere_goes_to_a_person_and_is_remarked() {
        var read = FlowCollectionReader.read(
                new FlowCollections(
                        List.of(new Menu("principal", "Hola", null)),
                        List.of(
                                option("Precios", null, "falta"),
                                option("Otro", "falta", null),
                                option("Nada", null, null)),
                        List.of(new Answer("suelta", "Nadie la nombra", null))),
                FlowLanguage.ES);

        assertThat(read.remarks())
                .extracting(FlowCollectionReader.Remark::code)
                .containsExactly("unknown-answer", "leads-nowhere", "unknown-menu", "leads-nowhere", "answer-unused");
        assertThat(FlowFaults.of(read.document())).isEmpty();
    }

    @Test
    void more_options_than_digits_are_divided_and_all_are_reachable() {
        var options = new ArrayList<Option>();
        for (int at = 1; at <= 20; at++) {
            options.add(new Option("principal", at, "Opción " + at, null, null, "a"));
        }
        var read = FlowCollectionReader.read(
                new FlowCollections(
                        List.of(new Menu("principal", "Hola", null)), options, List.of(new Answer("a", "Sí", null))),
                FlowLanguage.ES);

        assertThat(read.document().nodes().stream()
                        .filter(FlowNode.Menu.class::isInstance)
                        .mapToInt(node -> ((FlowNode.Menu) node).options().size()))
                .containsExactly(9, 9, 4);
        assertThat(FlowFaults.of(read.document())).allMatch(FlowFaults.Fault::warning);
    }

    @Test
    void the_flows_that_are_brought_along_have_no_faults_in_three_languages() {
        for (var starter : StarterFlows.all("pt-BR")) {
            assertThat(FlowFaults.of(starter.document())).allMatch(FlowFaults.Fault::warning);
            assertThat(starter.document().languages())
                    .as("whoever speaks none of them hears the clinic's own")
                    .containsExactly(FlowLanguage.PT_BR, FlowLanguage.ES, FlowLanguage.EN);
        }
    }
}
