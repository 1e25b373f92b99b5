package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Phones;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.identifiers.Identifier;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Patients who may be the one that somebody is about to register. An identifier is proof; a phone is shared by families, and
 * a name by strangers, so each alone is only a hint.
 */
@Repository
class PatientDuplicates {

    /** From here on it is worth a look. */
    private static final int LEAST_SCORE = 50;

    private static final int SHOWN = 5;

    /** Patients of one phone, birth date or name that are compared. */
    private static final int MOST = 50;

    /** Names that are as alike as Núñes and Núñez. */
    private static final double ALIKE = 0.7;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    PatientDuplicates(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /** What two patients have in common. */
    enum Likeness {
        @JsonProperty("identifier")
        IDENTIFIER,
        @JsonProperty("phone")
        PHONE,
        @JsonProperty("name")
        NAME,
        @JsonProperty("birth-date")
        BIRTH_DATE
    }

    /**
     * A patient who may be the same person.
     *
     * @param score 50 to 100; 100 is proof
     * @param alike what they have in common
     */
    @Schema(name = "PatientCandidate")
    record Candidate(
            PatientView patient, @Schema(example = "90") int score, List<Likeness> alike) {}

    /** The likeliest first, five at most. What is typed may be incomplete, or no phone or number yet: that is passed over. */
    @Transactional(readOnly = true)
    public List<Candidate> of(PatientRequest typed) {
        var clinic = organizations.current();
        var name = SearchTokens.sortName(typed.familyName(), typed.givenName());
        var phone = typed.phone() != null && Phones.read(typed.phone(), clinic.country()) instanceof Phones.Phone read
                ? read.e164()
                : null;
        var identifiers = identifiers(typed);
        return possible(name, phone, typed, identifiers, clinic).stream()
                .map(patient -> compare(patient, name, phone, typed, identifiers))
                .filter(candidate -> candidate.score() >= LEAST_SCORE)
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

    /** Each by a look into one index. */
    private List<PatientView> possible(
            String name,
            @Nullable String phone,
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
                               (select id from patient where organization_id = :org and phone = :phone order by id limit %1$d)
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
                .param("phone", phone)
                .param("birth", typed.birthDate() == null ? null : String.valueOf(typed.birthDate()))
                .param("name", name)
                .query((row, n) -> PatientView.of(row, clinic))
                .list();
    }

    private static Candidate compare(
            PatientView patient,
            String name,
            @Nullable String phone,
            PatientRequest typed,
            List<Identifier> identifiers) {
        var alike = EnumSet.noneOf(Likeness.class);
        if (patient.identifiers().stream()
                .anyMatch(theirs -> identifiers.stream()
                        .anyMatch(ours ->
                                ours.kind() == theirs.kind() && ours.value().equals(theirs.value())))) {
            alike.add(Likeness.IDENTIFIER);
        }
        if (phone != null && phone.equals(patient.phone())) {
            alike.add(Likeness.PHONE);
        }
        if (typed.birthDate() != null && typed.birthDate().equals(patient.birthDate())) {
            alike.add(Likeness.BIRTH_DATE);
        }
        double names = likeness(name, SearchTokens.sortName(patient.familyName(), patient.givenName()));
        if (names >= ALIKE) {
            alike.add(Likeness.NAME);
        }
        boolean other = patient.identifiers().stream()
                .anyMatch(theirs -> identifiers.stream()
                        .anyMatch(ours ->
                                ours.kind() == theirs.kind() && !ours.value().equals(theirs.value())));
        return new Candidate(patient, score(alike, names, other), List.copyOf(alike));
    }

    private static int score(Set<Likeness> alike, double names, boolean otherIdentifier) {
        if (alike.contains(Likeness.IDENTIFIER)) {
            return 100;
        }
        if (otherIdentifier || !alike.contains(Likeness.NAME)) {
            return 0;
        }
        return (int) Math.round(names * 50)
                + (alike.contains(Likeness.PHONE) ? 25 : 0)
                + (alike.contains(Likeness.BIRTH_DATE) ? 20 : 0);
    }

    /** From 0 to 1: how many pairs of neighbouring letters two names have in common (Sørensen and Dice), word order apart. */
    static double likeness(String one, String other) {
        var pairs = pairs(one);
        var others = pairs(other);
        int all = pairs.size() + others.size();
        pairs.retainAll(others);
        return all == 0 ? 0 : 2.0 * pairs.size() / all;
    }

    private static Set<String> pairs(String name) {
        var pairs = new HashSet<String>();
        for (var word : name.split(" ")) {
            var edged = " " + word + " ";
            for (int i = 0; i + 2 <= edged.length() && !word.isEmpty(); i++) {
                pairs.add(edged.substring(i, i + 2));
            }
        }
        return pairs;
    }
}
