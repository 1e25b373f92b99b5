package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The clinic's texts for Recado's occasions: Recado's own until the clinic publishes another. */
@Service
class TemplateLibrary {

    private static final int SAMPLE_HOUR = 10;

    private final OwnTextRepository own;
    private final PublishedTexts published;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final Clock clock;

    TemplateLibrary(
            OwnTextRepository own,
            PublishedTexts published,
            OrganizationProfiles organizations,
            LiveHints hints,
            Clock clock) {
        this.own = own;
        this.published = published;
        this.organizations = organizations;
        this.hints = hints;
        this.clock = clock;
    }

    /** The clinic's language, else Spanish. */
    TemplateLanguage clinicsLanguage() {
        return TemplateLanguage.of(organizations.current().locale()).orElse(TemplateLanguage.ES);
    }

    /** A text that leaves, understood. */
    record Body(TemplateBody body, TextVersion version) {}

    /** What leaves: what the clinic published last, else Recado's; empty for an own template without a published text. */
    Optional<Body> body(TextAddress address) {
        return own.findById(address.id())
                .filter(text -> text.body() != null)
                .map(text -> new Body(
                        TemplateBody.parse(Objects.requireNonNull(text.body())),
                        new TextVersion(text.id(), text.published())))
                .or(() -> address.standard()
                        .map(words -> new Body(TemplateBody.parse(words), new TextVersion(address.id(), 0))));
    }

    /** Every occasion in every language: the clinic's text where there is one, else Recado's. */
    @Transactional(readOnly = true)
    public List<TemplateView> list() {
        var worded = own.findAll().stream().collect(Collectors.toMap(OwnText::id, Function.identity()));
        return TextAddress.ofOccasions().stream()
                .map(address -> TemplateView.of(address, Optional.ofNullable(worded.get(address.id()))))
                .toList();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public TemplateView get(UUID id) {
        return TemplateView.of(occasion(id), own.findById(id));
    }

    /** Publishes the clinic's own text in place of Recado's.
     *
     * @throws app.recado.kernel.ProblemException {@code template-exists}, {@code template-field-unknown} */
    @Transactional
    public TemplateView create(TemplateKind kind, TemplateLanguage language, String body) {
        TemplateBody.parse(body);
        var address = TextAddress.of(kind, language);
        if (own.existsById(address.id())) {
            throw exists();
        }
        return publish(new OwnText(address, clock.instant(), caller()), body, exists());
    }

    /** Publishes other words; if it was Recado's text, the clinic has its own from now on.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code template-field-unknown} */
    @Transactional
    public TemplateView reword(UUID id, ExpectedVersion expected, String body) {
        // Read once: a text that somebody else worded between two looks would be overwritten under its newer version.
        var address = occasion(id);
        var worded = own.findById(id);
        expected.mustBe(worded.map(OwnText::version).orElse(0L));
        TemplateBody.parse(body);
        var text = worded.orElseGet(() -> new OwnText(address, clock.instant(), caller()));
        return publish(text, body, Problem.STALE.because("Somebody else just worded this text"));
    }

    /** The text as a patient would read it: somebody made up, tomorrow at ten by the clinic's clocks.
     *
     * @throws app.recado.kernel.ProblemException {@code template-field-unknown} */
    @Transactional(readOnly = true)
    public TextPreview preview(TemplateLanguage language, String body) {
        return TextPreview.of(TemplateBody.parse(body), sample(language), language);
    }

    /** Somebody made up, tomorrow at ten by the clinic's clocks. */
    TemplateFields sample(TemplateLanguage language) {
        var clinic = organizations.current();
        var tomorrow = LocalDate.now(clock.withZone(clinic.timeZone())).plusDays(1);
        var start = tomorrow.atTime(SAMPLE_HOUR, 0).atZone(clinic.timeZone());
        return Samples.of(language, clinic.name(), start);
    }

    private TemplateView publish(OwnText text, String body, RuntimeException overtaken) {
        try {
            text.publish(body, clock.instant(), caller());
            var stored = own.saveAndFlush(text);
            published.add(stored);
            hints.changed(LiveHints.Kind.MESSAGE_TEMPLATE, stored.id());
            return TemplateView.of(stored.address(), Optional.of(stored));
        } catch (DataIntegrityViolationException twoAtOnce) {
            throw overtaken;
        }
    }

    private static TextAddress occasion(UUID id) {
        return TextAddress.ofOccasions().stream()
                .filter(address -> address.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such template"));
    }

    private static RuntimeException exists() {
        return Problem.TEMPLATE_EXISTS.because("Change the existing text instead");
    }

    private static String caller() {
        return Caller.current().subject();
    }
}
