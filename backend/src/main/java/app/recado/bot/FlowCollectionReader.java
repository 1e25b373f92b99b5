package app.recado.bot;

import app.recado.bot.FlowCollections.Answer;
import app.recado.bot.FlowCollections.Menu;
import app.recado.bot.FlowCollections.Option;
import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowDocument.On;
import app.recado.bot.flow.FlowDocument.Trigger;
import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowNode;
import app.recado.bot.flow.FlowTexts;
import app.recado.kernel.SearchText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a flow of menus, options and answers. Whatever cannot be carried over is remarked and never lost in silence: an option
 * that leads to something unknown goes to a person, a tenth option moves to a menu of its own.
 */
final class FlowCollectionReader {

    private static final String PERSON = "a-person";

    /** A menu has nine; the last leads on when there are more. */
    private static final int MOST = 9;

    private final FlowCollections collections;
    private final FlowLanguage language;
    private final List<FlowNode> nodes = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Set<String> ids = new HashSet<>(Set.of(PERSON));
    private final Map<String, String> menus = new LinkedHashMap<>();
    private final Map<String, String> answers = new LinkedHashMap<>();

    private FlowCollectionReader(FlowCollections collections, FlowLanguage language) {
        this.collections = collections;
        this.language = language;
    }

    /**
     * Something that was carried over otherwise than it stood.
     *
     * @param code what
     * @param about which menu, option, answer, service, place, insurance or file, as it is called there
     */
    @Schema(name = "FlowImportRemark")
    record Remark(
            @Schema(
                    allowableValues = {
                        "menu-twice",
                        "answer-twice",
                        "option-of-unknown-menu",
                        "leads-nowhere",
                        "unknown-menu",
                        "unknown-answer",
                        "menu-divided",
                        "menu-without-options",
                        "answer-unused",
                        "service-unknown",
                        "location-unknown",
                        "insurance-unknown",
                        "file-left-out"
                    })
            String code,

            @Schema(example = "Horarios") String about) {}

    /** A flow, and what differs from what was read. */
    record Read(FlowDocument document, List<Remark> remarks) {}

    static Read read(FlowCollections collections, FlowLanguage language) {
        return new FlowCollectionReader(collections, language).read();
    }

    private Read read() {
        collections.menus().forEach(menu -> name(menus, menu.id(), "menu-twice"));
        collections.answers().forEach(answer -> name(answers, answer.id(), "answer-twice"));
        var used = new HashSet<String>();
        var seenMenus = new HashSet<String>();
        for (var menu : collections.menus()) {
            if (seenMenus.add(menu.id())) {
                menu(menu, used);
            }
        }
        for (var option : collections.options()) {
            if (!menus.containsKey(option.menu())) {
                remark("option-of-unknown-menu", option.title());
            }
        }
        var start = collections.menus().stream()
                .filter(menu -> Boolean.TRUE.equals(menu.initial()))
                .findFirst()
                .orElse(collections.menus().getFirst());
        var begin = Objects.requireNonNull(menus.get(start.id()));
        var seenAnswers = new HashSet<String>();
        for (var answer : collections.answers()) {
            if (seenAnswers.add(answer.id())) {
                if (used.contains(answer.id())) {
                    answer(answer, begin);
                } else {
                    remark("answer-unused", answer.id());
                }
            }
        }
        if (nodes.stream().anyMatch(node -> node.exits().contains(PERSON))) {
            nodes.add(new FlowNode.HandOver(PERSON, FlowTexts.NONE));
        }
        return new Read(
                new FlowDocument(
                        List.of(language),
                        List.of(new Trigger(On.EVERYTHING_ELSE, List.of())),
                        FlowDocument.Rules.USUAL,
                        begin,
                        List.copyOf(nodes),
                        List.of()),
                List.copyOf(remarks));
    }

    private void menu(Menu menu, Set<String> used) {
        var options = collections.options().stream()
                .filter(option -> option.menu().equals(menu.id()))
                .sorted(Comparator.comparingInt(Option::order))
                .toList();
        if (options.isEmpty()) {
            remark("menu-without-options", menu.id());
        }
        var id = Objects.requireNonNull(menus.get(menu.id()));
        var text = menu.text();
        if (options.size() > MOST) {
            remark("menu-divided", menu.id());
        }
        while (options.size() > MOST) {
            var next = free(menu.id());
            var shown = new ArrayList<>(options(options.subList(0, MOST - 1), used));
            shown.add(new FlowNode.Option("more", texts("…"), List.of(), next));
            nodes.add(new FlowNode.Menu(id, texts(text), shown));
            options = options.subList(MOST - 1, options.size());
            id = next;
        }
        nodes.add(new FlowNode.Menu(id, texts(text), options(options, used)));
    }

    private List<FlowNode.Option> options(List<Option> options, Set<String> used) {
        var shown = new ArrayList<FlowNode.Option>();
        for (var option : options) {
            shown.add(new FlowNode.Option(
                    "o" + (shown.size() + 1),
                    texts(option.title()),
                    Objects.requireNonNullElse(option.keywords(), List.of()),
                    target(option, used)));
        }
        return shown;
    }

    /** An answer wins over a menu: the menu is reached from the answer's end by "menu". */
    private String target(Option option, Set<String> used) {
        var answer = option.answer();
        if (answer != null && answers.get(answer) instanceof String node) {
            used.add(answer);
            return node;
        }
        if (answer != null) {
            remark("unknown-answer", option.title());
        }
        var menu = option.nextMenu();
        if (menu != null && menus.get(menu) instanceof String node) {
            return node;
        }
        remark(menu == null ? "leads-nowhere" : "unknown-menu", option.title());
        return PERSON;
    }

    private void answer(Answer answer, String begin) {
        nodes.add(new FlowNode.Message(
                Objects.requireNonNull(answers.get(answer.id())),
                texts(answer.text()),
                Boolean.TRUE.equals(answer.handOver()) ? PERSON : begin));
    }

    private void name(Map<String, String> names, String id, String twice) {
        if (names.containsKey(id)) {
            remark(twice, id);
        } else {
            names.put(id, free(id));
        }
    }

    /** An id that no node has, like what it was called. */
    private String free(String wanted) {
        var plain = SearchText.normalise(wanted).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        var base = plain.isEmpty() ? "node" : plain.substring(0, Math.min(plain.length(), 34));
        var id = base;
        for (int number = 2; !ids.add(id); number++) {
            id = base + "-" + number;
        }
        return id;
    }

    private void remark(String code, String about) {
        remarks.add(new Remark(code, about));
    }

    private FlowTexts texts(String text) {
        return new FlowTexts(only(FlowLanguage.ES, text), only(FlowLanguage.EN, text), only(FlowLanguage.PT_BR, text));
    }

    private String only(FlowLanguage of, String text) {
        return of == language ? text : "";
    }
}
