package app.recado.patients;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Patients of whom one person answers the phone.
 *
 * @param givenName Given name of whoever answers, who need not be a patient; null when only the family name is known
 * @param familyName Family name of whoever answers; null when only the given name is known
 * @param displayName Given and family name of whoever answers
 * @param phone The number they answer, in E.164
 * @param phoneNational The same number as people of the clinic's country write it
 * @param members Their patients, in the order of the register
 */
@Schema(name = "Household")
record HouseholdView(
        UUID id,
        @Nullable String givenName,
        @Nullable String familyName,
        String displayName,
        String phone,
        String phoneNational,
        List<Member> members,
        long version)
        implements Versioned {

    HouseholdView {
        members = List.copyOf(members);
    }

    /**
     * A patient of the household.
     *
     * @param displayName The patient's name as it is shown to people
     * @param relationship What whoever answers is to the patient
     * @param throughContact Whether the patient is written to at the household's number, so that whoever answers is greeted;
     *     false for who has a number of their own
     */
    @Schema(name = "HouseholdMember")
    record Member(UUID patientId, String displayName, Relationship relationship, boolean throughContact) {}

    /** Names and number belong to people: never printed. */
    @Override
    public String toString() {
        return "HouseholdView[id=" + id + "]";
    }
}
