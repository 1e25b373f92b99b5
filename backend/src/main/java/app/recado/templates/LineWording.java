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

    /** Why a message waits whose template was never handed in. */
    private static final String NOT_APPROVED = "template-not-approved";

    private final TemplateLibrary library;
    private final LineTemplates mapped;
    private final TemplateSubmissions submissions;

    LineWording(TemplateLibrary library, LineTemplates mapped, TemplateSubmissions submissions) {
        this.library = library;
        this.mapped = mapped;
        this.submissions = submissions;
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
        private final Map<UUID, List<TemplateSubmission>> atProviders = new HashMap<>();
        private @Nullable TemplateLanguage clinics;

        @Override
        public Optional<Wording> word(LineFacts line, UUID customTemplateId, String language, TemplateFields fields) {
            var approved = spoken(language)
                    .flatMap(written -> ofOwn(line, customTemplateId, written)
                            .filter(TemplateSubmission::approved)
                            .limit(1))
                    .filter(row -> fields.visit() != null
                            || row.parameters().stream()
                                    .noneMatch(field -> field.presence() == TemplateField.Presence.OF_VISIT))
                    .findFirst();
            return approved.map(row -> filledOwn(line, row, fields))
                    .or(() -> inWords(customTemplateId, language, fields));
        }

        /** The languages to look in, the patient's first. */
        private Stream<TemplateLanguage> spoken(String language) {
            return Stream.of(
                            TemplateLanguage.of(language).stream(),
                            Stream.of(clinicsLanguage()),
                            Stream.of(TemplateLanguage.values()))
                    .flatMap(Function.identity())
                    .distinct();
        }

        /** What was handed in of a template of the clinic's own, the newest first. */
        private Stream<TemplateSubmission> ofOwn(LineFacts line, UUID customTemplateId, TemplateLanguage written) {
            return atProvider(line).stream()
                    .filter(row -> customTemplateId.equals(row.customId()) && row.language() == written);
        }

        private List<TemplateSubmission> atProvider(LineFacts line) {
            return line.takesTemplates() ? atProviders.computeIfAbsent(line.id(), submissions::of) : List.of();
        }

        @Override
        public @Nullable String blocked(LineFacts line, TemplateKind kind, String language) {
            var written = TemplateLanguage.of(language).orElseGet(this::clinicsLanguage);
            return approvedFor(line, kind, written)
                    .flatMap(template -> standing(line, template.name(), template.providerLanguage()))
                    .filter(row -> row.state().blocks())
                    .map(TemplateSubmission::blockedBecause)
                    .orElse(null);
        }

        @Override
        public @Nullable String blocked(LineFacts line, UUID customTemplateId, String language, boolean opens) {
            if (!line.takesTemplates()) {
                return null;
            }
            var handedIn = spoken(language)
                    .flatMap(written -> ofOwn(line, customTemplateId, written))
                    .toList();
            if (handedIn.stream().anyMatch(TemplateSubmission::approved)) {
                return null;
            }
            return handedIn.stream()
                    .filter(row -> opens || row.state().blocks())
                    .findFirst()
                    .map(TemplateSubmission::blockedBecause)
                    .orElse(opens ? NOT_APPROVED : null);
        }

        /** What the provider says of a template that a message names like this. */
        private Optional<TemplateSubmission> standing(LineFacts line, String name, @Nullable String language) {
            return atProvider(line).stream()
                    .filter(row -> name.equals(row.sentAs(line.engine()))
                            && Objects.equals(language, row.languageSent(line.engine())))
                    .findFirst();
        }

        private Wording filledOwn(LineFacts line, TemplateSubmission row, TemplateFields fields) {
            var values = values(row.parameters(), fields, row.language());
            var words = Objects.requireNonNullElse(row.filled(values), "");
            var address = TextAddress.of(Objects.requireNonNull(row.customId()), row.language());
            return new Wording(
                    words,
                    row.language().tag(),
                    new Payload.Template(
                            Objects.requireNonNull(row.sentAs(line.engine())),
                            row.languageSent(line.engine()),
                            values,
                            List.of(),
                            words,
                            row.category()),
                    new TextVersion(address.id(), row.textNumber()),
                    false);
        }

        private Optional<Wording> inWords(UUID customTemplateId, String language, TemplateFields fields) {
            return spoken(language)
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
                var confirmed = asks ? null : chosen.confirmedName();
                var name = confirmed == null ? chosen.name() : confirmed;
                return filled(
                        line,
                        chosen,
                        fields,
                        confirmed,
                        occasion(chosen.kind(), chosen.language()),
                        standing(line, name, chosen.providerLanguage()).orElse(null));
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

    private static List<String> values(
            List<TemplateField> parameters, TemplateFields fields, TemplateLanguage language) {
        return parameters.stream()
                .map(field -> Objects.requireNonNullElse(field.say(fields, language), ""))
                .toList();
    }

    /**
     * An approved template with its values.
     *
     * @param confirmed the provider's name of the one for those who confirmed; null to leave with the other, which asks again:
     *     outside 24 hours words would not arrive at all
     * @param row what is known of it at the provider; null for one that was written there
     */
    private static Wording filled(
            LineFacts line,
            LineTemplate template,
            TemplateFields fields,
            @Nullable String confirmed,
            TemplateLibrary.Body text,
            @Nullable TemplateSubmission row) {
        var parameters = values(template.parameters(), fields, template.language());
        var approved = row == null ? null : row.filled(parameters);
        var said = text.body().say(fields, template.language());
        // What was approved, where it was handed in from here; else the clinic's words, which stand for it.
        var words = approved != null ? approved : confirmed == null ? said : DefaultTexts.withoutQuestion(said);
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
                        words,
                        row == null ? null : row.category()),
                approved == null || row == null
                        ? text.version()
                        : new TextVersion(text.version().templateId(), row.textNumber()),
                confirmed == null && template.kind().asksForAnswer());
    }
}
