package app.recado.bot.flow;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.flow.FlowDocument.On;
import app.recado.bot.flow.FlowDocument.Rules;
import app.recado.bot.flow.FlowDocument.Trigger;
import app.recado.bot.flow.FlowFaults.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found before a flow is published. */
class FlowFaultsTest {

    private static FlowTexts both(String es, String pt) {
        return new FlowTexts(es, "", pt);
    }

    private static FlowDocument flow(FlowNode... nodes) {
        return new FlowDocument(
                List.of(FlowLanguage.ES, FlowLanguage.PT_BR),
                List.of(new Trigger(On.FIRST_MESSAGE, List.of())),
                Rules.USUAL,
                nodes[0].id(),
                List.of(nodes),
                List.of());
    }

    private static List<String> faults(FlowDocument document) {
        return FlowFaults.of(document).stream()
                .map(fault -> fault.code() + " " + fault.node() + " " + fault.field())
                .toList();
    }

    @Test
    void a_whole_flow_has_none() {
        assertThat(FlowFaults.of(flow(
                        new FlowNode.Message("hi", both("Hola", "Oi"), "end"),
                        new FlowNode.End("end", FlowTexts.NONE))))
                .isEmpty();
    }

    @Test
    void dead_ends_unknown_and_unreachable_nodes_are_named() {
        assertThat(faults(flow(
                        new FlowNode.Condition("if", FlowNode.Test.OPEN, "", "", "", "gone"),
                        new FlowNode.End("alone", FlowTexts.NONE))))
                .containsExactly("dead-end if null", "unknown-node if null", "unreachable alone null");
    }

    @Test
    void a_missing_language_is_found_where_it_is_missing() {
        var faults = FlowFaults.of(flow(new FlowNode.End("end", both("Chau", " "))));

        assertThat(faults).containsExactly(new Fault("text-missing", "end", "text", FlowLanguage.PT_BR, false));
    }

    @Test
    void labels_and_menus_beyond_buttons_are_remarked_and_may_be_published() {
        var options = List.of("a", "b", "c", "d").stream()
                .map(id -> new FlowNode.Option(id, both("Hablar con una persona ahora", "Sim"), List.of(), "end"))
                .toList();
        for (int most : List.of(3, 4)) {
            var menu = new FlowNode.Menu("menu", both("¿?", "?"), options.subList(0, most));

            var faults = FlowFaults.of(flow(menu, new FlowNode.End("end", FlowTexts.NONE)));

            assertThat(faults)
                    .extracting(Fault::code)
                    .as("more than three are a list, where they are as long as they are")
                    .containsOnly(most == 3 ? "label-too-long-for-button" : "too-many-buttons");
            assertThat(faults).allMatch(Fault::warning);
        }
    }

    @Test
    void what_goes_in_a_circle_without_waiting_is_named() {
        assertThat(faults(flow(new FlowNode.Message("a", both("A", "A"), "b"), new FlowNode.Jump("b", "a"))))
                .contains("circle a null", "circle b null");
    }

    @Test
    void fields_that_nothing_fills_and_texts_that_are_too_long_are_named() {
        assertThat(faults(flow(new FlowNode.End("end", both("{{answer.dni}}", "x".repeat(1025))))))
                .containsExactly("field-unknown end text", "text-too-long end text");
    }

    @Test
    void what_an_action_or_a_condition_needs_and_nobody_said_is_named() {
        var end = new FlowNode.End("end", FlowTexts.NONE);
        for (var kind : List.of(FlowNode.ActionKind.UPDATE_DATA, FlowNode.ActionKind.SEND_FILE)) {
            assertThat(faults(flow(FlowNode.agenda("act", kind, FlowTexts.NONE, List.of(), "end", "end"), end)))
                    .hasSize(1)
                    .allMatch(fault -> fault.contains("-missing act"));
        }
        for (var test : List.of(FlowNode.Test.TAG, FlowNode.Test.INSURANCE)) {
            assertThat(faults(flow(new FlowNode.Condition("if", test, "", "", "end", "end"), end)))
                    .containsExactly("value-missing if value");
        }
    }

    @Test
    void without_a_trigger_nothing_begins_it() {
        var document = new FlowDocument(
                List.of(FlowLanguage.ES),
                List.of(),
                Rules.USUAL,
                "end",
                List.of(new FlowNode.End("end", FlowTexts.NONE)),
                List.of());

        assertThat(faults(document)).containsExactly("no-trigger null triggers");
    }
}
