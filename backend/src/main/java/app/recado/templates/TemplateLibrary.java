package app.recado.templates;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The clinic's texts: Recado's own until the clinic words another. */
@Service
class TemplateLibrary {

    private static final int SAMPLE_HOUR = 10;

    private final OwnTextRepository own;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final Clock clock;

    TemplateLibrary(OwnTextRepository own, OrganizationProfiles organizations, LiveHints hints, Clock clock) {
        this.own = own;
        this.organizations = organizations;
        this.hints = hints;
        this.clock = clock;
    }

    /** The clinic's language, else Spanish. */
    TemplateLanguage clinicsLanguage() {
        return TemplateLanguage.of(organizations.current().locale()).orElse(TemplateLanguage.ES);
    }

    /** The clinic's text where there is one, else Recado's; not filled. */
    TemplateBody body(TemplateKind kind, TemplateLanguage language) {
        return TemplateBody.parse(own.findByKindAndLanguage(kind, language)
                .map(OwnText::body)
                .orElseGet(() -> DefaultTexts.of(kind, language)));
    }

    /** Every kind in every language: the clinic's text where there is one, else Recado's. */
    @Transactional(readOnly = true)
    public List<TemplateView> list() {
        var worded = own.findAll().stream().collect(Collectors.toMap(OwnText::id, Function.identity()));
        var all = new ArrayList<TemplateView>();
        for (var kind : TemplateKind.values()) {
            for (var language : TemplateLanguage.values()) {
                var text = worded.get(idOf(kind, language));
                all.add(
                        text == null
                                ? TemplateView.standard(idOf(kind, language), kind, language)
                                : TemplateView.of(text));
            }
        }
        return all;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public TemplateView get(UUID id) {
        return own.findById(id).map(TemplateView::of).or(() -> standard(id)).orElseThrow(TemplateLibrary::unknown);
    }

    /** Words the clinic's own text in place of Recado's.
     *
     * @throws app.recado.kernel.ProblemException {@code template-exists}, {@code template-field-unknown} */
    @Transactional
    public TemplateView create(TemplateKind kind, TemplateLanguage language, String body) {
        TemplateBody.parse(body);
        if (own.existsById(idOf(kind, language))) {
            throw exists();
        }
        return store(new OwnText(idOf(kind, language), kind, language, body, clock.instant(), caller()), exists());
    }

    /** Words a text anew; if it was Recado's, the clinic has its own from now on.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code template-field-unknown} */
    @Transactional
    public TemplateView reword(UUID id, ExpectedVersion expected, String body) {
        // Read once: a text that somebody else worded between two looks would be overwritten under its newer version.
        var worded = own.findById(id);
        var current = worded.map(TemplateView::of).or(() -> standard(id)).orElseThrow(TemplateLibrary::unknown);
        expected.mustBe(current.version());
        TemplateBody.parse(body);
        var text = worded.orElseGet(
                () -> new OwnText(id, current.kind(), current.language(), body, clock.instant(), caller()));
        text.reword(body, clock.instant(), caller());
        return store(text, Problem.STALE.because("Somebody else just worded this text"));
    }

    /** The text as a patient would read it: somebody made up, tomorrow at ten by the clinic's clocks.
     *
     * @throws app.recado.kernel.ProblemException {@code template-field-unknown} */
    @Transactional(readOnly = true)
    public String preview(TemplateLanguage language, String body) {
        return TemplateBody.parse(body).say(sample(language), language);
    }

    /** Somebody made up, tomorrow at ten by the clinic's clocks. */
    TemplateFields sample(TemplateLanguage language) {
        var clinic = organizations.current();
        var tomorrow = LocalDate.now(clock.withZone(clinic.timeZone())).plusDays(1);
        var start = tomorrow.atTime(SAMPLE_HOUR, 0).atZone(clinic.timeZone());
        return switch (language) {
            case ES -> new TemplateFields("Ana", "Ana Núñez", start, "Dra. Laura Gómez", "Consulta", clinic.name());
            case EN -> new TemplateFields("Ann", "Ann Taylor", start, "Dr. Laura Gomez", "Check-up", clinic.name());
            case PT_BR -> new TemplateFields("Ana", "Ana Souza", start, "Dra. Laura Gomes", "Consulta", clinic.name());
        };
    }

    private TemplateView store(OwnText text, RuntimeException overtaken) {
        try {
            var stored = own.saveAndFlush(text);
            hints.changed(LiveHints.Kind.MESSAGE_TEMPLATE, stored.id());
            return TemplateView.of(stored);
        } catch (DataIntegrityViolationException twoAtOnce) {
            throw overtaken;
        }
    }

    private static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("There is no such template");
    }

    private static RuntimeException exists() {
        return Problem.TEMPLATE_EXISTS.because("Change the existing text instead");
    }

    private static Optional<TemplateView> standard(UUID id) {
        for (var kind : TemplateKind.values()) {
            for (var language : TemplateLanguage.values()) {
                if (idOf(kind, language).equals(id)) {
                    return Optional.of(TemplateView.standard(id, kind, language));
                }
            }
        }
        return Optional.empty();
    }

    /** The same in every process and at every start, and another one in every organization (RFC 9562 version 5). */
    private static UUID idOf(TemplateKind kind, TemplateLanguage language) {
        return UuidCreator.getNameBasedSha1(
                CurrentOrganization.id(), "message-template/" + kind.wireName() + "/" + language.tag());
    }

    private static String caller() {
        return Caller.current().subject();
    }
}
