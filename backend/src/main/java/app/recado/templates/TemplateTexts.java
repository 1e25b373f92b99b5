package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is written before anybody is sent it: drafts, publishing them, and what was published before. */
@Service
@Transactional
class TemplateTexts {

    private final OwnTextRepository own;
    private final PublishedTexts published;
    private final CustomTemplateStore custom;
    private final LiveHints hints;
    private final Clock clock;

    TemplateTexts(
            OwnTextRepository own, PublishedTexts published, CustomTemplateStore custom, LiveHints hints, Clock clock) {
        this.own = own;
        this.published = published;
        this.custom = custom;
        this.hints = hints;
        this.clock = clock;
    }

    /** Every text there may be: of each occasion and of each own template that is not archived, in every language. */
    @Transactional(readOnly = true)
    public List<TemplateTextView> list() {
        var worded = own.findAll().stream().collect(Collectors.toMap(OwnText::id, Function.identity()));
        return addresses()
                .map(address -> TemplateTextView.of(address, Optional.ofNullable(worded.get(address.id()))))
                .toList();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public TemplateTextView get(UUID id) {
        return TemplateTextView.of(address(id), own.findById(id));
    }

    /** Keeps words that nobody is sent until they are published.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code template-field-unknown} */
    public TemplateTextView draft(UUID id, ExpectedVersion expected, String words) {
        TemplateBody.parse(words);
        return change(id, expected, text -> text.keepDraft(words, clock.instant(), caller()), null);
    }

    /** Throws the draft away; what was published still leaves.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code template-not-in-that-state} */
    public TemplateTextView discard(UUID id, ExpectedVersion expected) {
        return change(
                id, expected, text -> text.keepDraft(null, clock.instant(), caller()), "There is no draft to discard");
    }

    /** The draft leaves from now on; what left until now is kept as it was.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code template-not-in-that-state} */
    public TemplateTextView publish(UUID id, ExpectedVersion expected) {
        return change(
                id,
                expected,
                text -> text.publish(Objects.requireNonNull(text.draft()), clock.instant(), caller()),
                "There is no draft to publish");
    }

    /** Everything that ever left, the newest first, below the draft.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public List<TemplateVersionView> versions(UUID id) {
        var address = address(id);
        var text = own.findById(id);
        var draft = text.filter(one -> one.draft() != null).map(TemplateVersionView::draft);
        int current = text.map(OwnText::published).orElse(0);
        var before = published.of(id).stream().map(one -> TemplateVersionView.of(one, current));
        var standard = address.standard().map(words -> TemplateVersionView.standard(words, current == 0));
        return Stream.of(draft.stream(), before, standard.stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** @param draftless what is said when the change needs a draft and there is none; null when it needs none */
    private TemplateTextView change(
            UUID id,
            ExpectedVersion expected,
            java.util.function.Consumer<OwnText> change,
            @Nullable String draftless) {
        var address = address(id);
        var found = own.findById(id);
        expected.mustBe(found.map(OwnText::version).orElse(0L));
        if (draftless != null && found.map(OwnText::draft).isEmpty()) {
            throw Problem.TEMPLATE_NOT_IN_THAT_STATE.because(draftless);
        }
        var text = found.orElseGet(() -> new OwnText(address, clock.instant(), caller()));
        int before = text.published();
        change.accept(text);
        try {
            var stored = own.saveAndFlush(text);
            if (stored.published() > before) {
                published.add(stored);
            }
            hints.changed(LiveHints.Kind.MESSAGE_TEMPLATE, id);
            return TemplateTextView.of(address, Optional.of(stored));
        } catch (DataIntegrityViolationException twoAtOnce) {
            throw Problem.STALE.because("Somebody else just worded this text");
        }
    }

    private Stream<TextAddress> addresses() {
        return Stream.concat(
                TextAddress.ofOccasions().stream(),
                custom.all().stream()
                        .filter(template -> !template.archived())
                        .flatMap(template -> Stream.of(TemplateLanguage.values())
                                .map(language -> TextAddress.of(template.id(), language))));
    }

    private TextAddress address(UUID id) {
        return addresses()
                .filter(address -> address.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such text"));
    }

    private static String caller() {
        return Caller.current().subject();
    }
}
