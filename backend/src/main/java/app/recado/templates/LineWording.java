package app.recado.templates;

import app.recado.whatsapp.AnswerIds;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Payload;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Chooses between an approved template and words, and fills either from the same fields. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LineWording implements MessageTemplates {

    /** The longest text above buttons, in characters. */
    private static final int LONGEST_QUESTION = 1024;

    private final TemplateLibrary library;
    private final LineTemplates mapped;

    LineWording(TemplateLibrary library, LineTemplates mapped) {
        this.library = library;
        this.mapped = mapped;
    }

    @Override
    public Wording word(LineFacts line, TemplateKind kind, String language, TemplateFields fields) {
        if (line.takesTemplates()) {
            var template = Stream.of(library.written(language), library.clinicsLanguage())
                    .distinct()
                    .flatMap(written -> mapped.find(line.id(), kind, written).stream())
                    .findFirst();
            if (template.isPresent()) {
                return filled(line, template.get(), fields);
            }
        }
        var words = library.render(kind, language, fields);
        boolean buttons =
                line.takesButtons() && kind.asksForAnswer() && words.text().length() <= LONGEST_QUESTION;
        return new Wording(
                words.text(),
                words.language().tag(),
                buttons ? question(words.text(), words.language()) : new Payload.Text(words.text()));
    }

    private static Payload question(String text, TemplateLanguage language) {
        return new Payload.Question(
                text,
                List.of(
                        new Payload.Button(AnswerIds.YES, language.yes()),
                        new Payload.Button(AnswerIds.NO, language.no())));
    }

    private Wording filled(LineFacts line, LineTemplate template, TemplateFields fields) {
        var words = library.render(template.kind(), template.language().tag(), fields);
        var parameters = template.parameters().stream()
                .map(field -> inOneLine(field.say(fields, template.language())))
                .toList();
        // Twilio's buttons say what was written into them there; Meta's say what each message tells them to.
        boolean told = template.answerButtons() && line.engine() == LineEngineKind.CLOUD_API;
        return new Wording(
                words.text(),
                words.language().tag(),
                new Payload.Template(
                        template.name(),
                        template.providerLanguage(),
                        parameters,
                        told ? List.of(AnswerIds.YES, AnswerIds.NO) : List.of(),
                        words.text()));
    }

    /** A variable with a line break, a tab or many spaces in it is refused by the platform. */
    private static String inOneLine(String value) {
        return value.strip().replaceAll("\\s+", " ");
    }
}
