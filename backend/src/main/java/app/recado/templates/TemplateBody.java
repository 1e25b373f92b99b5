package app.recado.templates;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with its fields understood. It cannot be made from a text that speaks of something unknown, nor from one that
 * would leave a hole where a field is empty: what stands between <code>{{#field}}</code> and <code>{{/field}}</code> is left
 * out with the field, and an optional field stands nowhere else.
 */
final class TemplateBody {

    private static final Pattern TOKEN = Pattern.compile("\\{\\{\\s*([#/]?)([^{}]*)}}");

    private sealed interface Part {}

    private record Words(String text) implements Part {}

    private record Field(TemplateField field) implements Part {}

    /** A part that is left out when its field is empty. */
    private record Conditional(TemplateField field, List<Part> parts) implements Part {}

    private final List<Part> parts;

    private TemplateBody(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Understands a text.
     *
     * @throws ProblemException {@code template-field-unknown} for a field that does not exist, that is clinical or that may be
     *     empty where it stands, and for braces that do not close */
    static TemplateBody parse(String body) {
        return new TemplateBody(new Parser().read(body));
    }

    /** One text while it is read. */
    private static final class Parser {

        private record Open(TemplateField field, List<Part> parts) {}

        private final Deque<Open> open = new ArrayDeque<>();
        private List<Part> parts = new ArrayList<>();

        private List<Part> read(String body) {
            var matcher = TOKEN.matcher(body);
            int end = 0;
            while (matcher.find()) {
                add(words(body.substring(end, matcher.start())));
                var field = field(matcher.group(2).strip(), matcher.start());
                switch (matcher.group(1)) {
                    case "#" -> {
                        open.push(new Open(field, parts));
                        parts = new ArrayList<>();
                    }
                    case "/" -> close(field);
                    default -> add(bound(field, matcher.start()));
                }
                end = matcher.end();
            }
            add(words(body.substring(end)));
            if (!open.isEmpty()) {
                throw malformed("The part {{#%s}} is never closed"
                        .formatted(open.peek().field().path()));
            }
            return parts;
        }

        private void add(Part part) {
            parts.add(part);
        }

        private void close(TemplateField field) {
            if (open.isEmpty() || open.peek().field() != field) {
                throw malformed("{{/%s}} closes no part that is open".formatted(field.path()));
            }
            var opened = open.pop();
            var inside = List.copyOf(parts);
            parts = opened.parts();
            add(new Conditional(field, inside));
        }

        private Field bound(TemplateField field, int position) {
            boolean guarded = open.stream().anyMatch(part -> part.field() == field);
            if (field.presence() == TemplateField.Presence.OPTIONAL && !guarded) {
                throw Problem.TEMPLATE_FIELD_UNKNOWN.at(
                        "/body",
                        "may-be-empty",
                        "%1$s at character %2$d may be empty: write {{#%1$s}} … {{/%1$s}} around what is left out then"
                                .formatted(field.path(), position + 1));
            }
            return new Field(field);
        }
    }

    private static TemplateField field(String path, int position) {
        return TemplateField.of(path).orElseThrow(() -> unknown(path, position));
    }

    private static Words words(String text) {
        if (text.contains("{{") || text.contains("}}")) {
            throw malformed("Double braces must enclose a field");
        }
        return new Words(text);
    }

    private static ProblemException malformed(String detail) {
        return Problem.TEMPLATE_FIELD_UNKNOWN.at("/body", "invalid-format", detail);
    }

    private static ProblemException unknown(String path, int position) {
        return TemplateField.isClinical(path)
                ? Problem.TEMPLATE_FIELD_UNKNOWN.at(
                        "/body", "clinical-field", "Nothing clinical leaves in a message: character " + (position + 1))
                : Problem.TEMPLATE_FIELD_UNKNOWN.at(
                        "/body",
                        "unknown-value",
                        "The field at character %d is unknown; there are: %s"
                                .formatted(position + 1, TemplateField.all()));
    }

    /**
     * A text as a provider approves it.
     *
     * @param body with numbered variables, each used once
     * @param fields what fills them, in their order
     */
    record Numbered(String body, List<TemplateField> fields) {}

    /** The text with variables in place of its fields. Parts that may be left out are: an approved template has none. */
    Numbered numbered() {
        var body = new StringBuilder();
        var fields = new ArrayList<TemplateField>();
        for (var part : parts) {
            switch (part) {
                case Words words -> body.append(words.text());
                case Field bound -> {
                    fields.add(bound.field());
                    body.append("{{").append(fields.size()).append("}}");
                }
                case Conditional left -> {}
            }
        }
        return new Numbered(body.toString(), List.copyOf(fields));
    }

    /** The fields it cannot be said without, where these are known for visits only; in the order of their names. */
    Set<String> needsVisit() {
        var needed = new TreeSet<String>();
        each(parts, field -> {
            if (field.presence() == TemplateField.Presence.OF_VISIT) {
                needed.add(field.path());
            }
        });
        return needed;
    }

    private static void each(List<Part> parts, Consumer<TemplateField> visitor) {
        for (var part : parts) {
            if (part instanceof Field bound) {
                visitor.accept(bound.field());
            } else if (part instanceof Conditional conditional) {
                each(conditional.parts(), visitor);
            }
        }
    }

    /** Whether it says a field. */
    boolean says(TemplateField wanted) {
        var said = new ArrayList<TemplateField>();
        each(parts, said::add);
        return said.contains(wanted);
    }

    /** The words alone, as they were written. */
    String wordsAlone() {
        return parts.stream()
                .filter(Words.class::isInstance)
                .map(part -> ((Words) part).text())
                .collect(Collectors.joining("x"));
    }

    /** The text as the patient reads it. Braces inside a name stay what they are: values are never understood again. */
    String say(TemplateFields fields, TemplateLanguage language) {
        var text = new StringBuilder();
        say(parts, fields, language, text);
        return text.toString().strip();
    }

    private static void say(List<Part> parts, TemplateFields fields, TemplateLanguage language, StringBuilder text) {
        for (var part : parts) {
            switch (part) {
                case Words words -> text.append(words.text());
                case Field bound ->
                    text.append(Objects.requireNonNullElse(bound.field().say(fields, language), ""));
                case Conditional conditional -> {
                    if (conditional.field().say(fields, language) != null) {
                        say(conditional.parts(), fields, language, text);
                    }
                }
            }
        }
    }
}
