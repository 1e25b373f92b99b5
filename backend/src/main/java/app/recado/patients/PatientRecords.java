package app.recado.patients;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The register as other systems of a clinic read it: who patients are and how they are reached. Remarks, tags and wishes of
 * the front desk stay in it.
 */
public interface PatientRecords {

    /** More words are no name. */
    int MOST_WORDS = 8;

    /**
     * A patient.
     *
     * @param givenName null for people of whom only a family name is known
     * @param familyName null for people with one name only
     * @param sortName the place in the register
     * @param phone E.164
     * @param phoneExtension to dial after the number is answered
     * @param otherPhones E.164, in the order of the card
     * @param gender {@code female}, {@code male}, {@code other} or {@code unknown}; null when nobody wrote it down
     * @param language BCP 47: es, en or pt-BR
     * @param otherLanguages codes of ISO 639
     * @param papers numbers by which papers name the patient
     * @param active false for archived patients and for those who turned out to be another one
     * @param replacedBy who they turned out to be; null for nearly everybody
     */
    record PatientRecord(
            UUID id,
            @Nullable String givenName,
            @Nullable String familyName,
            String sortName,
            @Nullable String phone,
            @Nullable String phoneExtension,
            List<String> otherPhones,
            @Nullable String email,
            @Nullable LocalDate birthDate,
            @Nullable String gender,
            String language,
            List<String> otherLanguages,
            List<Paper> papers,
            boolean active,
            @Nullable UUID replacedBy,
            Instant updatedAt,
            long version) {}

    /**
     * A number by which a paper names somebody.
     *
     * @param kind the paper, for example {@code ar-dni}
     * @param value in the one form that is stored and compared
     */
    record Paper(String kind, String value) {}

    /**
     * A number that is looked for.
     *
     * @param kind the paper; null for any
     * @param typed with or without dots and dashes
     */
    record PaperWanted(@Nullable String kind, String typed) {}

    /**
     * Who is looked for; everything said must hold.
     *
     * @param ids some of these patients; null for all. Patients who turned out to be others are found by id alone
     * @param nameWords beginnings of words of the name, in the form of {@link app.recado.kernel.SearchText}
     * @param papers one of these; null for all
     * @param phones one of these, as people of the clinic's country type them; null for all
     * @param bornFrom the first day of birth; null for no such bound
     * @param bornBefore the day after the last; null for no such bound
     * @param active false for archived patients; null for both, which only ids allow
     */
    record Wanted(
            @Nullable List<UUID> ids,
            List<String> nameWords,
            @Nullable List<PaperWanted> papers,
            @Nullable List<String> phones,
            @Nullable LocalDate bornFrom,
            @Nullable LocalDate bornBefore,
            @Nullable Boolean active) {

        public Wanted {
            if (ids == null && active == null) {
                throw new IllegalArgumentException("Archived and other patients are listed apart");
            }
            if (nameWords.size() > MOST_WORDS) {
                throw new IllegalArgumentException("Too many words");
            }
        }
    }

    /** A place in the register, behind which a list goes on. */
    record Place(String sortName, UUID id) {}

    /** Empty for unknown ids and for patients of other organizations alike. */
    Optional<PatientRecord> find(UUID id);

    /**
     * Those who are looked for, in the order of the register.
     *
     * @param after where the page before ended; null for the first one
     * @param limit how many at most
     */
    List<PatientRecord> search(Wanted wanted, @Nullable Place after, int limit);
}
