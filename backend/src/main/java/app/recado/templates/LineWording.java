package app.recado.templates;

import app.recado.whatsapp.AnswerIds;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    public Words asOfNow() {
        return new Remembered();
    }

    @Override
    public TextPreview preview(TemplateLanguage language, String body, TemplateFields fields) {
        return TextPreview.of(TemplateBody.parse(body), fields, language);
    }

    private record TextOf(
            @Nullable TemplateKind kind, @Nullable UUID customId, TemplateLanguage language) {

        TextAddress address() {
            return kind == null
                    ? TextAddress.of(Objects.requireNonNull(customId), language)
                    : TextAddress.of(kind, language);
        }
    }

    /** Texts and templates that were read once. */
    private final class Remembered implements Words {

        private final Map<TextOf, Optional<TemplateLibrary.Body>> texts = new HashMap<>();
        private final Map<UUID, List<LineTemplate>> templates = new HashMap<>();
        private @Nullable TemplateLanguage clinics;

        @Override
        public Optional<Wording> word(UUID customTemplateId, String language, TemplateFields fields) {
            var asked = TemplateLanguage.of(language).stream();
            return Stream.of(asked, Stream.of(clinicsLanguage()), Stream.of(TemplateLanguage.values()))
                    .flatMap(Function.identity())
                    .distinct()
                    .flatMap(written -> text(new TextOf(null, customTemplateId, written)).stream()
                            .filter(found -> fields.visit() != null
                                    || found.body().needsVisit().isEmpty())
                            .map(found -> said(found, written, fields)))
                    .findFirst();
        }

        private Wording said(TemplateLibrary.Body found, TemplateLanguage written, TemplateFields fields) {
            var words = found.body().say(fields, written);
            return new Wording(words, written.tag(), new Payload.Text(words), found.version(), false);
        }

        @Override
        public Wording word(LineFacts line, TemplateKind kind, String language, TemplateFields fields, boolean asks) {
            var written = TemplateLanguage.of(language).orElseGet(this::clinicsLanguage);
            var template = approvedFor(line, kind, written);
            if (template.isPresent()) {
                var chosen = template.get();
                return filled(line, chosen, fields, asks, occasion(chosen.kind(), chosen.language()));
            }
            var text = occasion(kind, written);
            var said = text.body().say(fields, written);
            var visit = fields.visit();
            if (visit != null && !visit.household().isEmpty()) {
                return ofHousehold(said, written, asks, text);
            }
            var words = asks ? said : DefaultTexts.withoutQuestion(said);
            boolean buttons = asks && line.takesButtons() && kind.asksForAnswer() && words.length() <= LONGEST_QUESTION;
            return new Wording(
                    words,
                    written.tag(),
                    buttons ? question(words, written) : new Payload.Text(words),
                    text.version(),
                    asks && kind.asksForAnswer());
        }

        /** No buttons: "I can't make it" would not say who. */
        private static Wording ofHousehold(
                String said, TemplateLanguage written, boolean asks, TemplateLibrary.Body text) {
            var words = asks ? DefaultTexts.askingForAll(said) : DefaultTexts.withoutQuestion(said);
            return new Wording(
                    words,
                    written.tag(),
                    new Payload.Text(words),
                    text.version(),
                    asks,
                    asks && DefaultTexts.asksForAll(words));
        }

        @Override
        public boolean namesHousehold(LineFacts line, TemplateKind kind, String language) {
            var written = TemplateLanguage.of(language).orElseGet(this::clinicsLanguage);
            return approvedFor(line, kind, written).isEmpty()
                    && occasion(kind, written).body().says(TemplateField.HOUSEHOLD_VISITS);
        }

        private Optional<LineTemplate> approvedFor(LineFacts line, TemplateKind kind, TemplateLanguage written) {
            return line.takesTemplates()
                    ? Stream.of(written, clinicsLanguage())
                            .distinct()
                            .flatMap(spoken -> approved(line, kind, spoken))
                            .findFirst()
                    : Optional.empty();
        }

        private Stream<LineTemplate> approved(LineFacts line, TemplateKind kind, TemplateLanguage language) {
            return templates.computeIfAbsent(line.id(), mapped::of).stream()
                    .filter(template -> template.kind() == kind && template.language() == language);
        }

        private TemplateLibrary.Body occasion(TemplateKind kind, TemplateLanguage language) {
            return text(new TextOf(kind, null, language)).orElseThrow();
        }

        private Optional<TemplateLibrary.Body> text(TextOf wanted) {
            return texts.computeIfAbsent(wanted, text -> library.body(text.address()));
        }

        private TemplateLanguage clinicsLanguage() {
            var known = clinics;
            if (known == null) {
                known = library.clinicsLanguage();
                clinics = known;
            }
            return known;
        }
    }

    private static Payload question(String text, TemplateLanguage language) {
        return new Payload.Question(
                text,
                List.of(
                        new Payload.Button(AnswerIds.YES, language.yes()),
                        new Payload.Button(AnswerIds.NO, language.no())),
                null);
    }

    private static Wording filled(
            LineFacts line, LineTemplate template, TemplateFields fields, boolean asks, TemplateLibrary.Body text) {
        var said = text.body().say(fields, template.language());
        // Without one the other leaves and asks again: outside 24 hours words would not arrive at all.
        var confirmed = asks ? null : template.confirmedName();
        var words = confirmed == null ? said : DefaultTexts.withoutQuestion(said);
        var parameters = template.parameters().stream()
                .map(field -> Objects.requireNonNullElse(field.say(fields, template.language()), ""))
                .toList();
        // Twilio's buttons say what was written into them there; Meta's say what each message tells them to.
        boolean told = confirmed == null && template.answerButtons() && line.engine() == LineEngineKind.CLOUD_API;
        return new Wording(
                words,
                template.language().tag(),
                new Payload.Template(
                        confirmed == null ? template.name() : confirmed,
                        template.providerLanguage(),
                        parameters,
                        told ? List.of(AnswerIds.YES, AnswerIds.NO) : List.of(),
                        words),
                text.version(),
                confirmed == null && template.kind().asksForAnswer());
    }
}
