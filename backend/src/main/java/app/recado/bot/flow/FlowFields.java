package app.recado.bot.flow;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields in the texts of flows. What fills them is put in as it is: nothing in it is read as a field again. */
final class FlowFields {

    static final Set<String> KNOWN = Set.of("clinic.name", "patient.givenName");
    private static final String ANSWER = "answer.";
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");

    private FlowFields() {}

    /** Fields that are empty leave nothing behind. */
    static String fill(String text, FlowTools tools, Map<String, String> answers) {
        return FIELD.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), tools, answers)))
                .strip();
    }

    private static String value(String name, FlowTools tools, Map<String, String> answers) {
        return name.startsWith(ANSWER)
                ? answers.getOrDefault(name.substring(ANSWER.length()), "")
                : Objects.requireNonNullElse(tools.field(name), "");
    }

    /** What a text names that is neither known nor asked by some question of the flow. @param asked names of answers */
    static Set<String> unknown(String text, Set<String> asked) {
        var unknown = new TreeSet<String>();
        var fields = FIELD.matcher(text);
        while (fields.find()) {
            var name = fields.group(1);
            boolean known =
                    KNOWN.contains(name) || name.startsWith(ANSWER) && asked.contains(name.substring(ANSWER.length()));
            if (!known) {
                unknown.add(name);
            }
        }
        return unknown;
    }
}
