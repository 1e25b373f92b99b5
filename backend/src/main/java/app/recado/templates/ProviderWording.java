package app.recado.templates;

import app.recado.kernel.Problem;
import java.util.regex.Pattern;

/** What providers refuse in a text for its form, so that nobody waits a day to hear it. */
final class ProviderWording {

    /** The longest body of a template, in characters. */
    private static final int LONGEST = 1024;

    private static final Pattern AT_AN_EDGE = Pattern.compile("^\\s*\\{\\{\\d+}}|\\{\\{\\d+}}\\s*$");
    private static final Pattern SIDE_BY_SIDE = Pattern.compile("}}\\s*\\{\\{");

    private ProviderWording() {}

    /** @throws app.recado.kernel.ProblemException {@code template-not-submittable} */
    static void check(TemplateBody.Numbered text) {
        var body = text.body();
        if (body.length() > LONGEST) {
            throw refused(
                    "too-long", "A template has at most %d characters, this text %d".formatted(LONGEST, body.length()));
        }
        if (AT_AN_EDGE.matcher(body).find()) {
            throw refused("field-at-edge", "Words have to stand before the first field and behind the last one");
        }
        if (SIDE_BY_SIDE.matcher(body).find()) {
            throw refused("fields-side-by-side", "Words have to stand between two fields");
        }
    }

    private static RuntimeException refused(String code, String detail) {
        return Problem.TEMPLATE_NOT_SUBMITTABLE.at("/body", code, detail);
    }
}
