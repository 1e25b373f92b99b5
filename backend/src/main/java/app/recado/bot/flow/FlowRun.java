package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.SentFile;
import app.recado.bot.flow.FlowState.Asking;
import app.recado.bot.flow.FlowState.Choice;
import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.bot.flow.FlowTurn.Kind;
import app.recado.bot.flow.FlowTurn.SaidFile;
import app.recado.bot.flow.FlowTurn.SaidPlace;
import app.recado.bot.flow.FlowTurn.Step;
import app.recado.bot.flow.FlowTurn.Utterance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One turn while it is gone through: what was said and done so far, and where it stands. */
final class FlowRun {

    /** So many places are kept to go back to. */
    private static final int LONGEST_TRAIL = 20;

    final FlowDocument document;
    final FlowTools tools;
    final FlowLanguage language;
    final Instant now;

    private final List<Step> steps = new ArrayList<>();
    private final List<Utterance> said = new ArrayList<>();
    final Map<String, String> answers = new HashMap<>();
    final List<String> trail = new ArrayList<>();
    private @Nullable FlowState state;
    private @Nullable Ending ending;

    FlowRun(FlowDocument document, FlowTools tools, FlowLanguage language, Instant now) {
        this.document = document;
        this.tools = tools;
        this.language = language;
        this.now = now;
    }

    void step(Kind kind, @Nullable String node, @Nullable String cause) {
        steps.add(new Step(kind, node, cause));
    }

    void say(String text) {
        if (!text.isBlank()) {
            said.add(new Utterance(text, List.of()));
        }
    }

    /** A place with a pin where its coordinates are known, its words otherwise. */
    void say(FlowTools.Place place) {
        var address = place.address();
        var words = address == null ? place.name() : place.name() + "\n" + address;
        var latitude = place.latitude();
        var longitude = place.longitude();
        if (latitude == null || longitude == null) {
            say(words);
        } else {
            said.add(new Utterance(
                    words, List.of(), null, new SaidPlace(place.name(), address, latitude, longitude), null));
        }
    }

    /** @param words what stands below it; null for none */
    void say(SentFile file, @Nullable String words) {
        said.add(new Utterance(
                Objects.requireNonNullElse(words, ""),
                List.of(),
                null,
                null,
                new SaidFile(file.mediaId(), file.name())));
    }

    void say(FlowWords words) {
        say(words.in(language));
    }

    void say(FlowWords words, String what) {
        say(words.in(language, what));
    }

    /** A text of the flow's own, in this language or, where nobody wrote it, in the first of the flow. Null for none. */
    @Nullable String text(FlowTexts texts) {
        var own = texts.in(language);
        var text = own == null ? texts.in(document.languages().getFirst()) : own;
        return text == null ? null : FlowFields.fill(text, tools, answers);
    }

    void ask(String node, String text, List<Choice> choices) {
        said.add(FlowChoices.said(text, node, choices, FlowWords.OPTIONS.in(language)));
    }

    /** It waits there for an answer. */
    void waitAt(String node, int retries, @Nullable Asking asking) {
        if (asking == null
                && retries == 0
                && (trail.isEmpty() || !trail.getLast().equals(node))) {
            trail.add(node);
            if (trail.size() > LONGEST_TRAIL) {
                trail.removeFirst();
            }
        }
        state = new FlowState(node, retries, trail, answers, asking);
    }

    void end(Ending how, @Nullable String node, @Nullable String cause) {
        step(how == Ending.HANDED_OVER ? Kind.HANDED_OVER : Kind.ENDED, node, cause);
        ending = how;
    }

    /** Leaves it to a person. @param words what is said; null for Recado's own sentence */
    void handOver(@Nullable String node, String cause, @Nullable String words) {
        say(words == null ? FlowWords.TO_A_PERSON.in(language) : words);
        end(Ending.HANDED_OVER, node, cause);
    }

    boolean over() {
        return ending != null;
    }

    FlowTurn turn() {
        return new FlowTurn(steps, said, ending == null ? state : null, ending);
    }
}
