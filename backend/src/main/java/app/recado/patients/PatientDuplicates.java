package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Phones;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.identifiers.Identifier;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Patients who may be the one that somebody is about to register; {@link Likeness} says how likely. */
@Repository
class PatientDuplicates {

    private static final int SHOWN = 5;

    /** Patients of one phone, birth date or name that are compared. */
    private static final int MOST = 50;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    PatientDuplicates(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /**
     * A patient who may be the same person.
     *
     * @param score 50 to 100; 100 is proof
     * @param alike what they have in common
     */
    @Schema(name = "PatientCandidate")
    record Candidate(
            PatientView patient, @Schema(example = "90") int score, List<Likeness.Trait> alike) {}

    /** The likeliest first, five at most. What is typed may be incomplete, or no phone or number yet: that is passed over. */
    @Transactional(readOnly = true)
    public List<Candidate> of(PatientRequest typed) {
        var clinic = organizations.current();
        var name = SearchTokens.sortName(typed.familyName(), typed.givenName());
        var phones = phones(typed, clinic.country());
        var identifiers = identifiers(typed);
        var card = new Likeness.Card(name, phones, typed.birthDate(), identifiers);
        return possible(name, phones, typed, identifiers, clinic).stream()
                .map(patient -> compare(patient, card))
                .filter(candidate -> candidate.score() >= Likeness.LEAST_SCORE)
                .sorted(Comparator.comparingInt(Candidate::score).reversed())
                .limit(SHOWN)
                .toList();
    }

    private static List<Identifier> identifiers(PatientRequest typed) {
        return Objects.requireNonNullElse(typed.identifiers(), List.<PatientRequest.Numbered>of()).stream()
                .map(one -> Identifier.read(one.kind(), one.value()))
                .filter(Identifier.class::isInstance)
                .map(Identifier.class::cast)
                .toList();
    }

    /** What is no number yet is passed over. */
    private static List<String> phones(PatientRequest typed, String country) {
        var others = typed.phoneNumbers() == null
                ? Stream.<String>empty()
                : typed.phoneNumbers().stream().map(PatientRequest.Numbers::phone);
        return Stream.concat(Stream.ofNullable(typed.phone()), others)
                .map(text -> Phones.read(text, country))
                .filter(Phones.Phone.class::isInstance)
                .map(read -> ((Phones.Phone) read).e164())
                .distinct()
                .toList();
    }

    /** Each by a look into one index. */
    private List<PatientView> possible(
            String name,
            List<String> phones,
            PatientRequest typed,
            List<Identifier> identifiers,
            OrganizationProfile clinic) {
        return jdbc.sql("""
                        select p.* from patient p
                         where p.organization_id = :org and p.id in (
                               select patient_id from patient_identifier
                                where organization_id = :org and kind || ' ' || value = any (:identifiers)
                                  and kind = any (:kinds) and value = any (:values)
                               union
                               (select id from patient_number where organization_id = :org and phone = any (:phones)
                                 order by id limit %1$d)
                               union
                               (select id from patient where organization_id = :org and birth_date = cast(:birth as date)
                                 order by id limit %1$d)
                               union
                               (select id from patient where organization_id = :org and sort_name = :name
                                   and archived_at is null order by id limit %1$d))
                        """.formatted(MOST))
                .param("org", CurrentOrganization.id())
                .param("identifiers", identifiers.stream().map(Patient::stored).toArray(String[]::new))
                .param(
                        "kinds",
                        identifiers.stream().map(one -> one.kind().wireName()).toArray(String[]::new))
                .param("values", identifiers.stream().map(Identifier::value).toArray(String[]::new))
                .param("phones", phones.toArray(String[]::new))
                .param("birth", typed.birthDate() == null ? null : String.valueOf(typed.birthDate()))
                .param("name", name)
                .query((row, n) -> PatientView.of(row, clinic))
                .list();
    }

    private static Candidate compare(PatientView patient, Likeness.Card card) {
        var likeness = Likeness.of(
                card,
                new Likeness.Card(
                        SearchTokens.sortName(patient.familyName(), patient.givenName()),
                        patient.phoneNumbers().stream()
                                .map(PatientView.Reached::phone)
                                .filter(Objects::nonNull)
                                .toList(),
                        patient.birthDate(),
                        patient.identifiers().stream()
                                .map(one -> new Identifier(one.kind(), one.value()))
                                .toList()));
        return new Candidate(patient, likeness.score(), likeness.alike());
    }
}
