package app.recado.conversations;

import app.recado.conversations.AnswerPhrases.Part;
import app.recado.whatsapp.AnswerIds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a yes, a no, a stop and a start from everything else, in Spanish, Portuguese and English. A message is an answer
 * only when all of it is made of known phrases that say one and the same thing: "no confirmo" is a no, "no, ¿a qué hora
 * era?" is for a person. A wrong guess moves somebody's visit; a missed one costs staff a glance.
 */
final class Understanding {

    /** What a message means. */
    enum Meaning {
        ACCEPT,
        DECLINE,
        STOP,
        START,
        NOT_UNDERSTOOD
    }

    private static final Set<Part> YES = EnumSet.of(Part.NUMBER_YES, Part.YES, Part.LETTER_YES, Part.ACCEPT);
    private static final Set<Part> NO = EnumSet.of(Part.NUMBER_NO, Part.NO, Part.LETTER_NO, Part.DECLINE, Part.CANCEL);
    private static final Set<Part> NUMBERS = EnumSet.of(Part.NUMBER_YES, Part.NUMBER_NO);
    private static final Set<Part> LETTERS = EnumSet.of(Part.LETTER_YES, Part.LETTER_NO);

    private Understanding() {}

    /**
     * What somebody meant who may have tapped a button. A button of Recado's own says it by its id, unless the words on it
     * plainly say the opposite: then somebody mixed the buttons up, and only a person can tell. Ids of other systems say
     * nothing.
     *
     * @param text the words, which are the button's title when one was tapped
     * @param choiceId the id of what was tapped; null when nothing was
     */
    static Meaning of(@Nullable String text, @Nullable String choiceId) {
        var words = of(text);
        var tapped = AnswerIds.YES.equals(choiceId)
                ? Meaning.ACCEPT
                : AnswerIds.NO.equals(choiceId) ? Meaning.DECLINE : Meaning.NOT_UNDERSTOOD;
        if (tapped == Meaning.NOT_UNDERSTOOD || words == Meaning.NOT_UNDERSTOOD) {
            return tapped == Meaning.NOT_UNDERSTOOD ? words : tapped;
        }
        return words == tapped || words == Meaning.STOP ? words : Meaning.NOT_UNDERSTOOD;
    }

    static Meaning of(@Nullable String text) {
        var parts = parts(AnswerWords.of(Objects.requireNonNullElse(text, "")));
        return parts == null ? Meaning.NOT_UNDERSTOOD : meaning(parts);
    }

    /** What the message is made of; null when something in it is no known phrase. */
    private static @Nullable List<Part> parts(List<String> words) {
        var parts = new ArrayList<Part>();
        for (int at = 0; at < words.size(); ) {
            var match = AnswerPhrases.shared().at(words, at);
            if (match.isEmpty()) {
                return null;
            }
            parts.add(match.get().part());
            at = match.get().end();
        }
        return parts;
    }

    private static Meaning meaning(List<Part> parts) {
        var cores = parts.stream()
                .filter(part -> YES.contains(part) || NO.contains(part) || part == Part.STOP || part == Part.START)
                .toList();
        var said = cores.isEmpty() ? Set.<Part>of() : EnumSet.copyOf(cores);
        var beside = EnumSet.noneOf(Part.class);
        parts.stream().filter(part -> !said.contains(part)).forEach(beside::add);
        if (said.isEmpty() || cores.size() > 1 && said.stream().anyMatch(LETTERS::contains)) {
            return Meaning.NOT_UNDERSTOOD;
        }
        if (YES.containsAll(said)) {
            return isOneYes(cores) && only(beside, Part.GLAD, Part.PARDON) ? Meaning.ACCEPT : Meaning.NOT_UNDERSTOOD;
        }
        if (NO.containsAll(said)) {
            // "No, por favor" may be a plea, "no, perdón" takes something back.
            boolean bare =
                    said.equals(Set.of(Part.NO)) && (beside.contains(Part.PLEASE) || beside.contains(Part.PARDON));
            return !bare && isOneNo(cores) && only(beside, Part.SORRY, Part.PARDON, Part.REASON)
                    ? Meaning.DECLINE
                    : Meaning.NOT_UNDERSTOOD;
        }
        if (said.equals(Set.of(Part.STOP)) && only(beside, Part.SORRY, Part.PARDON)) {
            return Meaning.STOP;
        }
        return said.equals(Set.of(Part.START)) && only(beside, Part.PARDON) ? Meaning.START : Meaning.NOT_UNDERSTOOD;
    }

    private static boolean only(Set<Part> beside, Part... allowed) {
        var rest = EnumSet.copyOf(beside);
        rest.removeAll(Set.of(Part.POLITE, Part.PLEASE));
        rest.removeAll(Set.of(allowed));
        return rest.isEmpty();
    }

    /** Two clauses may be a condition: "si voy confirmo" is no yes. A number that follows a word counts something. */
    private static boolean isOneYes(List<Part> cores) {
        return cores.stream().filter(Part.ACCEPT::equals).count() <= 1 && hasNumberOnlyFirst(cores);
    }

    /** A "cancel" after a "no" or "I cannot" is denied by it, and so is one before a bare "no". */
    private static boolean isOneNo(List<Part> cores) {
        int cancel = cores.lastIndexOf(Part.CANCEL);
        boolean denied = cancel >= 0
                && (cores.contains(Part.NO) || cores.subList(0, cancel).contains(Part.DECLINE));
        return !denied && hasNumberOnlyFirst(cores);
    }

    private static boolean hasNumberOnlyFirst(List<Part> cores) {
        return cores.stream().skip(1).noneMatch(NUMBERS::contains);
    }
}
