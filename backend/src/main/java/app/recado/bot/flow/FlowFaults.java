package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.AnswerType;
import app.recado.bot.flow.FlowNode.Question;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands in the way of publishing a flow: each is found where it can be put right. */
public final class FlowFaults {

    /** What a message may hold; a turn that says more is sent in several. */
    private static final int LONGEST_TEXT = 1024;

    /** A label stands in a line of its own behind its number. */
    private static final int LONGEST_LABEL = 60;

    private FlowFaults() {}

    /**
     * A fault.
     *
     * @param code which fault
     * @param node where; null for the flow as a whole
     * @param field which part of it, as in the document; null for the whole node
     * @param language in which; null for all
     * @param warning it may be published all the same
     */
    @Schema(name = "FlowFault")
    public record Fault(
            @Schema(
                    allowableValues = {
                        "no-trigger",
                        "trigger-without-words",
                        "start-unknown",
                        "node-twice",
                        "option-twice",
                        "dead-end",
                        "unknown-node",
                        "unreachable",
                        "circle",
                        "text-missing",
                        "text-too-long",
                        "label-too-long-for-button",
                        "too-many-buttons",
                        "no-options",
                        "field-unknown",
                        "value-missing",
                        "file-missing",
                        "close-before-answer"
                    })
            String code,

            @Schema(example = "menu") @Nullable String node,
            @Schema(example = "text") @Nullable String field,
            @Nullable FlowLanguage language,
            boolean warning) {}

    /** Those of the flow first, then by node, as they are listed. */
    public static List<Fault> of(FlowDocument document) {
        return new Check(document).run();
    }

    private static final class Check {
        private final FlowDocument document;
        private final List<Fault> faults = new ArrayList<>();
        private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
        private final Set<String> asked;

        Check(FlowDocument document) {
            this.document = document;
            document.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
            this.asked = document.nodes().stream()
                    .filter(Question.class::isInstance)
                    .map(node -> ((Question) node).name())
                    .collect(Collectors.toSet());
        }

        List<Fault> run() {
            flow();
            var reached = reached();
            var seen = new HashSet<String>();
            for (var node : document.nodes()) {
                if (!seen.add(node.id())) {
                    add("node-twice", node, null);
                }
                exits(node);
                if (!reached.contains(node.id())) {
                    add("unreachable", node, null);
                }
                if (goesInCircle(node)) {
                    add("circle", node, null);
                }
                content(node);
            }
            return List.copyOf(faults);
        }

        private void flow() {
            if (document.triggers().isEmpty()) {
                add("no-trigger", null, "triggers");
            }
            boolean wordless = document.triggers().stream()
                    .anyMatch(trigger -> trigger.on().hasWords()
                            && trigger.words().stream()
                                    .allMatch(word -> FlowInput.normalised(word).isEmpty()));
            if (wordless) {
                add("trigger-without-words", null, "triggers");
            }
            if (!nodes.containsKey(document.start())) {
                add("start-unknown", null, "start");
            }
            var rules = document.rules();
            if (rules.closeSeconds() < rules.answerSeconds()) {
                add("close-before-answer", null, "rules");
            }
            if (!rules.closing().nothing()) {
                text(null, "rules.closing", rules.closing(), LONGEST_TEXT, "text-too-long", false);
            }
        }

        private Set<String> reached() {
            var reached = new HashSet<String>();
            var open = new ArrayDeque<String>();
            open.add(document.start());
            while (!open.isEmpty()) {
                var node = nodes.get(open.remove());
                if (node != null && reached.add(node.id())) {
                    node.exits().forEach(exit -> {
                        if (exit != null) {
                            open.add(exit);
                        }
                    });
                }
            }
            return reached;
        }

        private void exits(FlowNode node) {
            for (var exit : node.exits()) {
                if (exit == null) {
                    add("dead-end", node, null);
                } else if (!nodes.containsKey(exit)) {
                    add("unknown-node", node, null);
                }
            }
        }

        /** Messages, conditions and jumps that lead back to themselves without waiting for anybody. */
        private boolean goesInCircle(FlowNode from) {
            if (waits(from)) {
                return false;
            }
            var seen = new HashSet<String>();
            var open = new ArrayDeque<String>();
            from.exits().forEach(exit -> {
                if (exit != null) {
                    open.add(exit);
                }
            });
            while (!open.isEmpty()) {
                var id = open.remove();
                if (id.equals(from.id())) {
                    return true;
                }
                var node = nodes.get(id);
                if (node != null && !waits(node) && seen.add(id)) {
                    node.exits().forEach(exit -> {
                        if (exit != null) {
                            open.add(exit);
                        }
                    });
                }
            }
            return false;
        }

        /** An action may go on without asking, so it is no place that surely waits. */
        private static boolean waits(FlowNode node) {
            return node instanceof FlowNode.Menu || node instanceof Question;
        }

        private void content(FlowNode node) {
            switch (node) {
                case FlowNode.Message message ->
                    text(node, "text", message.text(), LONGEST_TEXT, "text-too-long", false);
                case FlowNode.Menu menu -> menu(menu);
                case Question question -> question(question);
                case FlowNode.Condition condition -> {
                    boolean compared = switch (condition.test()) {
                        case LANGUAGE, ANSWER, TAG, INSURANCE -> true;
                        case OPEN, PATIENT_KNOWN, HAS_VISIT -> false;
                    };
                    if (compared && condition.value().isBlank()
                            || condition.test() == FlowNode.Test.ANSWER && !asked.contains(condition.name())) {
                        add("value-missing", node, "value");
                    }
                }
                case FlowNode.Action action -> action(action);
                case FlowNode.HandOver handOver -> optional(node, handOver.text());
                case FlowNode.End end -> optional(node, end.text());
                case FlowNode.Jump jump -> {}
            }
        }

        private void optional(FlowNode node, FlowTexts texts) {
            if (!texts.nothing()) {
                text(node, "text", texts, LONGEST_TEXT, "text-too-long", false);
            }
        }

        private void action(FlowNode.Action action) {
            optional(action, action.text());
            switch (action.action()) {
                case UPDATE_DATA -> {
                    if (action.details().isEmpty()
                            || !action.details().stream().allMatch(one -> asked.contains(one.answer()))) {
                        add("value-missing", action, "details");
                    }
                }
                case SEND_FILE -> {
                    if (action.files().isEmpty()) {
                        add("file-missing", action, "files");
                    }
                }
                case MY_VISITS, CONFIRM, MOVE, CANCEL, BOOK, JOIN_WAITLIST, CONSENT, SEND_PLACE, OPEN_TICKET -> {}
            }
        }

        private void menu(FlowNode.Menu menu) {
            text(menu, "text", menu.text(), LONGEST_TEXT, "text-too-long", false);
            if (menu.options().isEmpty()) {
                add("no-options", menu, "options");
            }
            if (menu.options().size() > FlowChoices.MOST_BUTTONS) {
                faults.add(new Fault("too-many-buttons", menu.id(), "options", null, true));
            }
            var seen = new HashSet<String>();
            for (int at = 0; at < menu.options().size(); at++) {
                var option = menu.options().get(at);
                if (!seen.add(option.id())) {
                    add("option-twice", menu, "options/" + at);
                }
                label(
                        menu,
                        "options/" + at + "/label",
                        option.label(),
                        menu.options().size());
            }
        }

        private void question(Question question) {
            text(question, "text", question.text(), LONGEST_TEXT, "text-too-long", false);
            if (!question.invalid().nothing()) {
                text(question, "invalid", question.invalid(), LONGEST_TEXT, "text-too-long", false);
            }
            if (question.answer() == AnswerType.CHOICE && question.choices().isEmpty()) {
                add("no-options", question, "choices");
            }
            for (int at = 0; at < question.choices().size(); at++) {
                label(
                        question,
                        "choices/" + at + "/label",
                        question.choices().get(at).label(),
                        question.choices().size());
            }
        }

        private void label(FlowNode node, String field, FlowTexts texts, int choices) {
            text(node, field, texts, LONGEST_LABEL, "text-too-long", false);
            if (choices <= FlowChoices.MOST_BUTTONS) {
                text(node, field, texts, FlowChoices.LONGEST_BUTTON, "label-too-long-for-button", true);
            }
        }

        /** @param only look at the length alone, and warn */
        private void text(
                @Nullable FlowNode node, String field, FlowTexts texts, int longest, String tooLong, boolean only) {
            for (var language : document.languages()) {
                var text = texts.in(language);
                var id = node == null ? null : node.id();
                if (text == null) {
                    if (!only) {
                        faults.add(new Fault("text-missing", id, field, language, false));
                    }
                    continue;
                }
                if (text.length() > longest) {
                    faults.add(new Fault(tooLong, id, field, language, only));
                }
                if (!only && !FlowFields.unknown(text, asked).isEmpty()) {
                    faults.add(new Fault("field-unknown", id, field, language, false));
                }
            }
        }

        private void add(String code, @Nullable FlowNode node, @Nullable String field) {
            faults.add(new Fault(code, node == null ? null : node.id(), field, null, false));
        }
    }
}
