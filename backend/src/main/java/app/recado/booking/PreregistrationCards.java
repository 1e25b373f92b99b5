package app.recado.booking;

import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientCompletion;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierKind;
import app.recado.scheduling.Coverages;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What staff see of pre-registrations, and what a patient sees behind a link. */
@Component
class PreregistrationCards {

    private static final List<String> LANGUAGES = List.of("es", "en", "pt-BR");

    private final Preregistrations preregistrations;
    private final PreregistrationRows rows;
    private final PatientCompletion patients;
    private final Coverages coverages;
    private final OrganizationProfiles organizations;
    private final BookingPages pages;
    private final Clock clock;

    PreregistrationCards(
            Preregistrations preregistrations,
            PreregistrationRows rows,
            PatientCompletion patients,
            Coverages coverages,
            OrganizationProfiles organizations,
            BookingPages pages,
            Clock clock) {
        this.preregistrations = preregistrations;
        this.rows = rows;
        this.patients = patients;
        this.coverages = coverages;
        this.organizations = organizations;
        this.pages = pages;
        this.clock = clock;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public PreregistrationViews.View view(UUID id) {
        return view(rows.get(id));
    }

    /** Those of a patient, the newest first. @throws app.recado.kernel.ProblemException {@code patient-unknown} */
    @Transactional(readOnly = true)
    public List<PreregistrationViews.View> of(UUID patient) {
        patients.card(patient);
        return rows.of(patient).stream().map(this::view).toList();
    }

    private PreregistrationViews.View view(Preregistration one) {
        var state = one.state(clock.instant());
        var card = patients.card(one.patientId());
        var coverage = coverages.of(one.patientId());
        return new PreregistrationViews.View(
                one.id(),
                one.patientId(),
                state,
                state == PreregistrationState.OPEN ? preregistrations.link(one) : null,
                one.expiresAt(),
                one.sentAt(),
                one.sent(),
                one.openedAt(),
                one.completedAt(),
                preregistrations.missing(card, coverage),
                preregistrations.differing(one).entrySet().stream()
                        .map(entry -> difference(entry, card, coverage))
                        .toList(),
                one.identifierTaken(),
                preregistrations.consents(one).stream()
                        .map(given -> new PreregistrationViews.ConsentGiven(
                                given.purpose(), given.given(), given.text(), given.at()))
                        .toList(),
                one.createdAt(),
                one.version());
    }

    private PreregistrationViews.Difference difference(
            Map.Entry<PreregistrationDetail, String> entry, PatientCompletion.Card card, Coverages.Coverage coverage) {
        var said = entry.getValue();
        return switch (entry.getKey()) {
            case GIVEN_NAME -> new PreregistrationViews.Difference(entry.getKey(), card.givenName(), said);
            case FAMILY_NAME -> new PreregistrationViews.Difference(entry.getKey(), card.familyName(), said);
            case BIRTH_DATE ->
                new PreregistrationViews.Difference(
                        entry.getKey(), card.birthDate() == null ? null : String.valueOf(card.birthDate()), said);
            case EMAIL -> new PreregistrationViews.Difference(entry.getKey(), card.email(), said);
            case IDENTIFIER -> {
                var kind =
                        IdentifierKind.of(said.substring(0, said.indexOf(' '))).orElseThrow();
                yield new PreregistrationViews.Difference(
                        entry.getKey(),
                        Optional.ofNullable(card.identifiers().get(kind))
                                .map(value -> new Identifier(kind, value).formatted())
                                .orElse(null),
                        new Identifier(kind, said.substring(said.indexOf(' ') + 1)).formatted());
            }
            case INSURANCE ->
                new PreregistrationViews.Difference(
                        entry.getKey(), text(coverage.insurance(), coverage.memberNumber()), insurance(said));
            case MESSAGING, MARKETING -> new PreregistrationViews.Difference(entry.getKey(), null, said);
        };
    }

    private String insurance(String said) {
        var id = Preregistrations.insuranceOf(said);
        var name = coverages.accepted().stream()
                .filter(one -> one.id().equals(id))
                .map(Coverages.Accepted::name)
                .findFirst()
                .orElse("?");
        return Objects.requireNonNull(text(name, Preregistrations.numberOf(said)));
    }

    private static @Nullable String text(@Nullable String insurance, @Nullable String number) {
        var text = String.join(
                " ", Stream.of(insurance, number).filter(Objects::nonNull).toList());
        return text.isEmpty() ? null : text;
    }

    /** What whoever holds the link sees: of a patient no more than the name they are greeted by, and nothing once it is used. */
    @Transactional(readOnly = true)
    public PreregistrationViews.Form form(UUID id) {
        var one = rows.get(id);
        boolean completed = one.completedAt() != null;
        var card = patients.card(one.patientId());
        var clinic = organizations.current();
        var page = pages.current();
        return new PreregistrationViews.Form(
                clinic.name(),
                clinic.country(),
                card.language(),
                page.phone(),
                page.address(),
                completed,
                completed ? null : card.givenName(),
                completed ? null : card.familyName(),
                IdentifierKind.ofCountry(clinic.country()).orElse(IdentifierKind.PASSPORT),
                coverages.accepted().stream()
                        .map(accepted -> new PreregistrationViews.AcceptedInsurance(accepted.id(), accepted.name()))
                        .toList(),
                LANGUAGES.stream()
                        .map(language -> new PreregistrationViews.ConsentTexts(
                                language,
                                ConsentPurpose.DATA.text(language, clinic.name()),
                                ConsentPurpose.CARE.text(language, clinic.name()),
                                ConsentPurpose.MARKETING.text(language, clinic.name())))
                        .toList(),
                one.expiresAt());
    }
}
