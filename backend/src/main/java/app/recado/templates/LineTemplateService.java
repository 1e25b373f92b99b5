package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.MappedTemplates;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What owners do with a line's templates. */
@Service
@Transactional
class LineTemplateService implements MappedTemplates {

    /** Lower-case letters, digits and underscores, as Meta wants them. */
    private static final String META_NAME = "[a-z0-9_]{1,512}";

    private static final String META_LANGUAGE = "[a-z]{2,3}(_[A-Z]{2})?";
    private static final String CONTENT_SID = "HX[0-9a-f]{32}";

    private final LineTemplates templates;
    private final TemplateLibrary library;
    private final WhatsAppLines lines;
    private final OccasionsInUse used;

    LineTemplateService(LineTemplates templates, TemplateLibrary library, WhatsAppLines lines, OccasionsInUse used) {
        this.templates = templates;
        this.library = library;
        this.lines = lines;
        this.used = used;
    }

    /** What an owner says of a template. @param parameters paths of fields */
    record Given(
            String name,
            @Nullable String confirmedName,
            @Nullable String providerLanguage,
            List<String> parameters,
            boolean answerButtons) {}

    /** Every occasion in every language.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code templates-not-supported} */
    @Transactional(readOnly = true)
    public List<LineTemplateView> list(UUID lineId) {
        line(lineId);
        var mapped = templates.of(lineId);
        var all = new ArrayList<LineTemplateView>();
        for (var kind : TemplateKind.values()) {
            for (var language : TemplateLanguage.values()) {
                all.add(view(
                        kind,
                        language,
                        mapped.stream()
                                .filter(template -> template.kind() == kind && template.language() == language)
                                .findFirst()
                                .orElse(null)));
            }
        }
        return all;
    }

    /** Maps an occasion to a template.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code templates-not-supported}, {@code stale},
     *     {@code invalid-fields}, {@code template-field-unknown} */
    public LineTemplateView put(
            UUID lineId, String kind, String language, ExpectedVersion expected, Given given, String by) {
        var line = line(lineId);
        var wanted = new LineTemplate(
                lineId,
                kindOf(kind),
                languageOf(language),
                given.name(),
                given.confirmedName(),
                given.providerLanguage(),
                fields(given.parameters()),
                given.answerButtons(),
                0,
                Instant.EPOCH);
        mustSuit(line.engine(), wanted);
        return view(wanted.kind(), wanted.language(), templates.put(wanted, expected, by));
    }

    /** The words leave again from now on.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code templates-not-supported} */
    public void remove(UUID lineId, String kind, String language) {
        line(lineId);
        templates.remove(lineId, kindOf(kind), languageOf(language));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Occasion> occasions(UUID lineId) {
        var clinics = library.clinicsLanguage();
        var mapped = templates.of(lineId);
        var inUse = used.inUse();
        var all = new ArrayList<Occasion>();
        for (var kind : TemplateKind.values()) {
            for (var language : TemplateLanguage.values()) {
                var template = mapped.stream()
                        .filter(one -> one.kind() == kind && one.language() == language)
                        .findFirst();
                if (template.isPresent() || language == clinics && inUse.contains(kind)) {
                    all.add(new Occasion(
                            kind.wireName(),
                            language.tag(),
                            false,
                            template.map(one -> told(one, one.name(), one.answerButtons()))
                                    .orElse(null)));
                }
                template.ifPresent(one -> {
                    if (one.confirmedName() instanceof String name) {
                        all.add(new Occasion(kind.wireName(), language.tag(), true, told(one, name, false)));
                    }
                });
            }
        }
        return all;
    }

    private static Mapped told(LineTemplate template, String name, boolean answerButtons) {
        return new Mapped(
                name, template.providerLanguage(), template.parameters().size(), answerButtons);
    }

    private LineFacts line(UUID id) {
        var line = lines.find(id).orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such line"));
        if (!line.takesTemplates()) {
            throw Problem.TEMPLATES_NOT_SUPPORTED.because("A linked phone writes the clinic's own words");
        }
        return line;
    }

    private static TemplateKind kindOf(String wireName) {
        try {
            return TemplateKind.of(wireName);
        } catch (IllegalArgumentException e) {
            throw Problem.NOT_FOUND.because("There is no such occasion");
        }
    }

    private static TemplateLanguage languageOf(String tag) {
        return TemplateLanguage.of(tag).orElseThrow(() -> Problem.NOT_FOUND.because("Recado does not write that"));
    }

    private static List<TemplateField> fields(List<String> paths) {
        var fields = new ArrayList<TemplateField>();
        for (var path : paths) {
            var pointer = "/parameters/" + fields.size();
            var field = TemplateField.of(path)
                    .orElseThrow(() -> Problem.TEMPLATE_FIELD_UNKNOWN.at(
                            pointer, "unknown-value", "This field is unknown; there are: " + TemplateField.all()));
            if (field.presence() == TemplateField.Presence.OPTIONAL) {
                throw Problem.TEMPLATE_FIELD_UNKNOWN.at(
                        pointer, "may-be-empty", "%s may be empty, and providers refuse that".formatted(path));
            }
            fields.add(field);
        }
        return fields;
    }

    private static void mustSuit(LineEngineKind engine, LineTemplate wanted) {
        boolean twilio = engine == LineEngineKind.TWILIO;
        mustBeName(twilio, "/name", wanted.name());
        if (wanted.confirmedName() != null) {
            mustBeName(twilio, "/confirmedName", wanted.confirmedName());
            if (!wanted.kind().asksForAnswer()) {
                throw Problem.INVALID_FIELDS.at("/confirmedName", "unknown-value", "Nobody confirms a cancellation");
            }
        }
        var language = wanted.providerLanguage();
        if (!twilio && language == null) {
            throw Problem.INVALID_FIELDS.at("/providerLanguage", "required", "Meta approves a template for a language");
        }
        if (language != null && (twilio || !language.matches(META_LANGUAGE))) {
            throw Problem.INVALID_FIELDS.at(
                    "/providerLanguage",
                    "invalid-format",
                    twilio
                            ? "Content at Twilio has its own language, leave this out"
                            : "Write the language as Meta does, such as es_AR");
        }
        if (wanted.answerButtons() && !wanted.kind().asksForAnswer()) {
            throw Problem.INVALID_FIELDS.at("/answerButtons", "unknown-value", "This occasion asks for no answer");
        }
    }

    private static void mustBeName(boolean twilio, String pointer, String name) {
        if (!name.matches(twilio ? CONTENT_SID : META_NAME)) {
            throw Problem.INVALID_FIELDS.at(
                    pointer,
                    "invalid-format",
                    twilio
                            ? "Enter the content SID: HX and 32 digits or letters from a to f"
                            : "Enter the template's name: lower-case letters, digits and underscores");
        }
    }

    private LineTemplateView view(TemplateKind kind, TemplateLanguage language, @Nullable LineTemplate mapped) {
        return new LineTemplateView(
                kind, language, mapped == null ? null : LineTemplateView.of(mapped), suggestion(kind, language));
    }

    private LineTemplateView.Suggestion suggestion(TemplateKind kind, TemplateLanguage language) {
        var text = library.body(TextAddress.of(kind, language))
                .orElseThrow()
                .body()
                .numbered();
        var sample = library.sample(language);
        return new LineTemplateView.Suggestion(
                text.body(),
                kind.asksForAnswer() ? DefaultTexts.withoutQuestion(text.body()) : null,
                text.fields().stream().map(TemplateField::path).toList(),
                text.fields().stream()
                        .map(field -> Objects.requireNonNull(field.say(sample, language)))
                        .toList(),
                kind.asksForAnswer() ? List.of(language.yes(), language.no()) : List.of());
    }
}
