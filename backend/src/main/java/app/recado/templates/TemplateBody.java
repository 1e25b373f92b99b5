package app.recado.templates;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text with its fields understood. It cannot be made from a text that speaks of something unknown. */
final class TemplateBody {

    private static final Pattern FIELD = Pattern.compile("\\{\\{([^{}]*)}}");

    private sealed interface Part {}

    private record Words(String text) implements Part {}

    private record Field(TemplateField field) implements Part {}

    private final List<Part> parts;

    private TemplateBody(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Understands a text.
     *
     * @throws ProblemException {@code template-field-unknown} for a field that does not exist or braces that do not close */
    static TemplateBody parse(String body) {
        var parts = new ArrayList<Part>();
        var matcher = FIELD.matcher(body);
        int end = 0;
        while (matcher.find()) {
            parts.add(words(body.substring(end, matcher.start())));
            var field = TemplateField.of(matcher.group(1).strip());
            parts.add(new Field(field.orElseThrow(() -> unknown(matcher.start()))));
            end = matcher.end();
        }
        parts.add(words(body.substring(end)));
        return new TemplateBody(parts);
    }

    private static Words words(String text) {
        if (text.contains("{{") || text.contains("}}")) {
            throw Problem.TEMPLATE_FIELD_UNKNOWN.at("/body", "invalid-format", "Double braces must enclose a field");
        }
        return new Words(text);
    }

    private static ProblemException unknown(int position) {
        return Problem.TEMPLATE_FIELD_UNKNOWN.at(
                "/body",
                "unknown-value",
                "The field at character %d is unknown; there are: %s".formatted(position + 1, TemplateField.all()));
    }

    /**
     * A text as a provider approves it.
     *
     * @param body with numbered variables, each used once
     * @param fields what fills them, in their order
     */
    record Numbered(String body, List<TemplateField> fields) {}

    /** The text with variables in place of its fields. */
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
            }
        }
        return new Numbered(body.toString(), List.copyOf(fields));
    }

    /** The text as the patient reads it. Braces inside a name stay what they are: values are never understood again. */
    String say(TemplateFields fields, TemplateLanguage language) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(
                    switch (part) {
                        case Words words -> words.text();
                        case Field bound -> bound.field().say(fields, language);
                    });
        }
        return text.toString();
    }
}
