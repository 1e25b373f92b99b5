package app.recado.bot.flow;

import app.recado.bot.flow.FlowState.Choice;
import app.recado.bot.flow.FlowTurn.Button;
import app.recado.bot.flow.FlowTurn.Utterance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Choices as they are said and understood: one definition for numbers, for buttons and for a list. A number is the place in it; a
 * button counts only for the node that shows it now, so that one of an older message chooses nothing.
 */
final class FlowChoices {

    /** More cannot stand below a message as buttons. */
    static final int MOST_BUTTONS = 3;

    /** More cannot stand in a list. */
    static final int MOST_IN_A_LIST = 10;

    /** In characters, as WhatsApp counts them. */
    static final int LONGEST_BUTTON = 20;

    /** Words above buttons, in characters. */
    private static final int LONGEST_ABOVE_BUTTONS = 1024;

    private FlowChoices() {}

    /** @param opens what opens a list */
    static Utterance said(String text, String node, List<Choice> choices, String opens) {
        var numbered = IntStream.range(0, choices.size())
                .mapToObj(at -> (at + 1) + ". " + choices.get(at).label())
                .collect(Collectors.joining("\n"));
        var words = text + "\n\n" + numbered;
        boolean tapped = choices.size() <= MOST_IN_A_LIST && words.length() <= LONGEST_ABOVE_BUTTONS;
        boolean buttons = choices.size() <= MOST_BUTTONS
                && choices.stream().allMatch(choice -> choice.label().length() <= LONGEST_BUTTON);
        return new Utterance(
                words,
                tapped
                        ? choices.stream()
                                .map(choice -> new Button(node + ":" + choice.id(), choice.label()))
                                .toList()
                        : List.of(),
                tapped && !buttons ? opens : null);
    }

    /** @param words what chooses one as well, by its id */
    static Optional<Choice> chosen(
            FlowInput input, String node, List<Choice> choices, Map<String, ? extends Iterable<String>> words) {
        var tapped = input.choiceId();
        if (tapped != null) {
            return choices.stream()
                    .filter(choice -> tapped.equals(node + ":" + choice.id()))
                    .findFirst();
        }
        var said = input.normalised();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (said.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(said);
            return number >= 1 && number <= choices.size() ? Optional.of(choices.get(number - 1)) : Optional.empty();
        }
        return choices.stream()
                .filter(choice ->
                        FlowInput.normalised(choice.label()).equals(said) || anyIs(words.get(choice.id()), said))
                .findFirst();
    }

    private static boolean anyIs(@Nullable Iterable<String> words, String said) {
        if (words != null) {
            for (var word : words) {
                if (FlowInput.normalised(word).equals(said)) {
                    return true;
                }
            }
        }
        return false;
    }
}
