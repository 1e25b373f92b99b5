package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.Option;
import app.recado.bot.flow.FlowState.Asking;
import app.recado.bot.flow.FlowState.Choice;
import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.bot.flow.FlowTurn.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a flow. A turn begins with something that was heard and ends where the flow waits, or is over; whatever the
 * document says it ends, because a turn passes at most {@value #CEILING} nodes.
 */
public final class FlowEngine {

    /** A flow that passes more nodes without waiting goes in a circle: a person takes over. */
    static final int CEILING = 60;

    private final FlowDocument document;
    private final FlowTools tools;
    private final FlowLanguage language;
    private final Instant now;

    /**
     * @param language BCP 47, what the patient wants; the flow's first where it does not speak it
     * @param now the moment of the turn
     */
    public FlowEngine(FlowDocument document, FlowTools tools, String language, Instant now) {
        this.document = document;
        this.tools = tools;
        this.language = FlowLanguage.of(language, document.languages());
        this.now = now;
    }

    /** Begins. @param cause which trigger, for the steps */
    public FlowTurn start(String cause) {
        var run = new FlowRun(document, tools, language, now);
        run.step(Kind.BEGAN, null, cause);
        go(run, document.start());
        return run.turn();
    }

    /** Goes on where it stands. A state that names nothing of this document goes to a person. */
    public FlowTurn resume(FlowState state, FlowInput input) {
        var run = new FlowRun(document, tools, language, now);
        run.answers.putAll(state.answers());
        run.trail.addAll(state.trail());
        var node = document.node(state.node()).orElse(null);
        if (node == null) {
            run.handOver(state.node(), "node-missing", null);
        } else if (!command(run, state, node, input)) {
            heard(run, state, node, input);
        }
        return run.turn();
    }

    /** What goes everywhere. A word that is an option at this place is that option. */
    private boolean command(FlowRun run, FlowState state, FlowNode node, FlowInput input) {
        var words = input.normalised();
        boolean slash = input.text() != null && input.text().strip().startsWith("/");
        if (input.choiceId() != null || !slash && isOption(run, state, node, input)) {
            return false;
        }
        boolean free = node instanceof FlowNode.Question question && question.answer() == FlowNode.AnswerType.TEXT;
        if (free && !slash && words.contains(" ")) {
            return false; // a sentence answers an open question
        }
        if (FlowWords.BACK.contains(words)) {
            run.step(Kind.HEARD, node.id(), "back");
            go(run, before(run, state));
        } else if (FlowWords.MENU.contains(words)) {
            run.step(Kind.HEARD, node.id(), "menu");
            run.trail.clear();
            go(run, document.start());
        } else if (FlowWords.HELP_WORDS.contains(words)) {
            run.step(Kind.HEARD, node.id(), "help");
            run.say(FlowWords.HELP);
            again(run, state, node, state.retries());
        } else if (FlowWords.STATUS.contains(words)) {
            run.step(Kind.HEARD, node.id(), "status");
            new FlowActions(run).list();
            again(run, state, node, state.retries());
        } else {
            return false;
        }
        return true;
    }

    private static boolean isOption(FlowRun run, FlowState state, FlowNode node, FlowInput input) {
        return chosen(run, state.asking(), node, input) != null;
    }

    private static @Nullable Choice chosen(FlowRun run, @Nullable Asking asking, FlowNode node, FlowInput input) {
        if (asking != null) {
            return FlowChoices.chosen(input, node.id(), asking.choices(), FlowActions.WORDS)
                    .orElse(null);
        }
        return switch (node) {
            case FlowNode.Menu menu ->
                FlowChoices.chosen(
                                input,
                                menu.id(),
                                options(run, menu),
                                menu.options().stream()
                                        .collect(Collectors.toMap(Option::id, Option::words, (a, b) -> a)))
                        .orElse(null);
            case FlowNode.Question question ->
                FlowChoices.chosen(input, question.id(), answers(run, question), Map.of())
                        .orElse(null);
            default -> null;
        };
    }

    /** The place that waited before this one, an action's questions being one place; from the first, the beginning. */
    private String before(FlowRun run, FlowState state) {
        if (state.asking() == null
                && !run.trail.isEmpty()
                && run.trail.getLast().equals(state.node())) {
            run.trail.removeLast();
        }
        return run.trail.isEmpty() ? document.start() : run.trail.removeLast();
    }

    private void heard(FlowRun run, FlowState state, FlowNode node, FlowInput input) {
        var asking = state.asking();
        var choice = chosen(run, asking, node, input);
        if (asking != null && node instanceof FlowNode.Action action) {
            if (choice == null) {
                notUnderstood(run, state, node, null);
            } else {
                run.step(Kind.HEARD, node.id(), asking.stage().wireName());
                go(run, new FlowActions(run).resume(action, asking, choice, input));
            }
            return;
        }
        switch (node) {
            case FlowNode.Menu menu -> {
                if (choice == null) {
                    notUnderstood(run, state, node, null);
                } else {
                    run.step(Kind.HEARD, node.id(), choice.id());
                    go(run, onwards(run, node, exit(menu, choice.id())));
                }
            }
            case FlowNode.Question question -> answered(run, state, question, choice, input);
            default -> run.handOver(node.id(), "nothing-asked", null);
        }
    }

    private static String exit(FlowNode.Menu menu, String option) {
        return menu.options().stream()
                .filter(one -> one.id().equals(option))
                .findFirst()
                .orElseThrow()
                .next();
    }

    private void answered(
            FlowRun run, FlowState state, FlowNode.Question question, @Nullable Choice choice, FlowInput input) {
        var answer = question.answer() == FlowNode.AnswerType.CHOICE
                ? choice == null ? null : choice.id()
                : TypedAnswers.read(question.answer(), input).orElse(null);
        if (answer == null) {
            notUnderstood(run, state, question, run.text(question.invalid()));
            return;
        }
        run.step(Kind.HEARD, question.id(), question.answer().wireName());
        run.answers.put(question.name(), answer);
        go(run, onwards(run, question, question.next()));
    }

    private void notUnderstood(FlowRun run, FlowState state, FlowNode node, @Nullable String words) {
        run.step(Kind.NOT_UNDERSTOOD, node.id(), null);
        int retries = state.retries() + 1;
        if (retries > document.rules().retries()) {
            run.handOver(node.id(), "not-understood", null);
            return;
        }
        run.say(words == null ? hint(node).in(language) : words);
        again(run, state, node, retries);
    }

    private static FlowWords hint(FlowNode node) {
        if (!(node instanceof FlowNode.Question question)) {
            return FlowWords.NOT_UNDERSTOOD;
        }
        return switch (question.answer()) {
            case DATE -> FlowWords.ANSWER_DATE;
            case NUMBER -> FlowWords.ANSWER_NUMBER;
            case IDENTIFIER -> FlowWords.ANSWER_IDENTIFIER;
            case PHONE -> FlowWords.ANSWER_PHONE;
            case MEDIA -> FlowWords.ANSWER_MEDIA;
            case TEXT, CHOICE -> FlowWords.NOT_UNDERSTOOD;
        };
    }

    /** Asks the same once more; it goes on waiting there. */
    private void again(FlowRun run, FlowState state, FlowNode node, int retries) {
        var asking = state.asking();
        if (asking != null && node instanceof FlowNode.Action action) {
            new FlowActions(run).askAgain(action, asking, retries);
            return;
        }
        switch (node) {
            case FlowNode.Menu menu -> ask(run, menu, retries);
            case FlowNode.Question question -> ask(run, question, retries);
            default -> run.handOver(node.id(), "nothing-asked", null);
        }
    }

    private void go(FlowRun run, @Nullable String from) {
        var at = from;
        for (int passed = 0; at != null && !run.over(); passed++) {
            var node = document.node(at).orElse(null);
            if (node == null || passed == CEILING) {
                run.handOver(at, node == null ? "node-missing" : "too-many-steps", null);
                return;
            }
            at = enter(run, node);
        }
    }

    /** @return where it goes on; null when it waits or is over */
    private @Nullable String enter(FlowRun run, FlowNode node) {
        return switch (node) {
            case FlowNode.Message message -> {
                run.say(Objects.requireNonNullElse(run.text(message.text()), ""));
                run.step(Kind.SAID, node.id(), null);
                yield onwards(run, node, message.next());
            }
            case FlowNode.Menu menu -> {
                ask(run, menu, 0);
                yield null;
            }
            case FlowNode.Question question -> {
                ask(run, question, 0);
                yield null;
            }
            case FlowNode.Condition condition -> {
                boolean holds = holds(run, condition);
                run.step(Kind.BRANCHED, node.id(), holds ? "yes" : "no");
                yield onwards(run, node, holds ? condition.yes() : condition.no());
            }
            case FlowNode.Action action -> new FlowActions(run).begin(action);
            case FlowNode.Jump jump -> {
                run.step(Kind.BRANCHED, node.id(), "jump");
                yield onwards(run, node, jump.target());
            }
            case FlowNode.HandOver handOver -> {
                run.handOver(node.id(), "asked", run.text(handOver.text()));
                yield null;
            }
            case FlowNode.End end -> {
                run.say(Objects.requireNonNullElse(run.text(end.text()), ""));
                run.end(Ending.COMPLETED, node.id(), null);
                yield null;
            }
        };
    }

    /** What leads nowhere goes to a person; nothing that is published does. */
    static @Nullable String onwards(FlowRun run, FlowNode node, String next) {
        if (next.isEmpty()) {
            run.handOver(node.id(), "dead-end", null);
            return null;
        }
        return next;
    }

    private void ask(FlowRun run, FlowNode.Menu menu, int retries) {
        run.ask(menu.id(), Objects.requireNonNullElse(run.text(menu.text()), ""), options(run, menu));
        run.step(Kind.ASKED, menu.id(), null);
        run.waitAt(menu.id(), retries, null);
    }

    private void ask(FlowRun run, FlowNode.Question question, int retries) {
        var text = Objects.requireNonNullElse(run.text(question.text()), "");
        if (question.answer() == FlowNode.AnswerType.CHOICE) {
            run.ask(question.id(), text, answers(run, question));
        } else {
            run.say(text);
        }
        run.step(Kind.ASKED, question.id(), null);
        run.waitAt(question.id(), retries, null);
    }

    private static List<Choice> options(FlowRun run, FlowNode.Menu menu) {
        return menu.options().stream()
                .map(option ->
                        new Choice(option.id(), Objects.requireNonNullElse(run.text(option.label()), option.id())))
                .toList();
    }

    private static List<Choice> answers(FlowRun run, FlowNode.Question question) {
        return question.choices().stream()
                .map(one -> new Choice(one.id(), Objects.requireNonNullElse(run.text(one.label()), one.id())))
                .toList();
    }

    private boolean holds(FlowRun run, FlowNode.Condition condition) {
        return switch (condition.test()) {
            case OPEN -> tools.open();
            case PATIENT_KNOWN -> tools.patientKnown();
            case HAS_VISIT -> !tools.visits().isEmpty();
            case LANGUAGE -> language.tag().equals(condition.value());
            case ANSWER -> {
                var answer = run.answers.get(condition.name());
                yield answer != null && FlowInput.normalised(answer).equals(FlowInput.normalised(condition.value()));
            }
            case TAG -> tools.tagged(condition.value());
            case INSURANCE -> tools.insured(condition.value());
        };
    }
}
