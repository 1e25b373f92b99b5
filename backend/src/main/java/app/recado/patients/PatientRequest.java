package app.recado.patients;

import app.recado.customfields.CustomFields;
import app.recado.customfields.CustomValue;
import app.recado.kernel.json.OneLine;
import app.recado.patients.identifiers.IdentifierKind;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What staff write down about a patient. Many people have one name only: given or family name may be left out, not both.
 *
 * @param givenName read as one line, without what cannot be seen
 * @param familyName likewise
 * @param phone as people type it in the clinic's country, or E.164; an extension may follow ({@code int. 12}); null or left
 *     out when there is none
 * @param phoneNumbers all numbers, with whose phone each is; left out in a change, the others stay as they are beside {@code
 *     phone}. Where it is said, {@code phone} may be left out
 * @param birthDate not in the future, and not before 1900
 * @param language to write to them in; left out, the clinic's own (or, in a change, the one they have)
 * @param notes short remarks for the front desk
 * @param messaging only in a change: {@code opted-out} stops all messages, {@code allowed} permits them again; left out,
 *     it stays as it is
 * @param marketing the same for marketing alone
 * @param identifiers one of each kind; left out in a change, they stay as they are
 * @param gender administrative gender; left out in a change, it stays as it is
 * @param email an empty text removes it; left out in a change, it stays as it is
 * @param tags words that group patients, kept in small letters; left out in a change, they stay as they are
 * @param customFields all values of fields of the clinic's own; left out, they stay as they are, and nothing is required
 * @param otherLanguages what they speak beside it, as codes of ISO 639; left out in a change, they stay as they are
 * @param archived only in a change: whether the patient is left out of lists and searches; left out, it stays as it is
 */
@Schema(name = "PatientInput")
record PatientRequest(
        @Schema(example = "Ana") @OneLine @Size(max = 100) @Nullable String givenName,

        @Schema(example = "Núñez") @OneLine @Size(max = 100) @Nullable String familyName,

        @Schema(example = "011 15-2345-6789") @Size(max = 60) @Nullable String phone,

        @Nullable LocalDate birthDate,

        @Schema(allowableValues = {"es", "en", "pt-BR"}) @Pattern(regexp = "es|en|pt-BR") @Nullable String language,

        @Size(max = 500) @Nullable String notes,
        @Nullable Messaging messaging,
        @Nullable Messaging marketing,
        @Size(max = 9) @Valid @Nullable List<@NotNull Numbered> identifiers,

        @Nullable Gender gender,
        @Email @Size(max = 254) @Nullable String email,

        @Size(max = Tags.MOST) @Nullable List<@NotNull @Size(max = Tags.LONGEST) String> tags,

        @Size(max = CustomFields.MOST * 2) @Valid @Nullable List<@NotNull CustomValue> customFields,

        @Nullable Boolean archived,
        @Size(max = PatientPhone.MOST) @Valid @Nullable List<@NotNull Numbers> phoneNumbers,

        @Schema(description = "What they speak beside that language, as codes of ISO 639", example = "[\"gn\"]")
        @Size(max = Languages.MOST) @Nullable List<@NotNull @Size(max = 3) String> otherLanguages) {

    /**
     * A number of the patient.
     *
     * @param phone as people type it in the clinic's country, or E.164; an extension may follow
     * @param owner what whoever holds the phone is to the patient, {@code self} for their own; null when nobody said
     * @param ownerName who that is, in words
     * @param writtenTo whether messages go there: one of them at most, and the first when none says anything
     */
    @Schema(name = "PatientPhoneInput")
    record Numbers(
            @Schema(example = "011 15-2345-6789") @NotNull @Size(max = 60) String phone,

            @Nullable Relationship owner,

            @Schema(example = "Gabriela") @OneLine @Size(max = PatientPhone.LONGEST_NAME) @Nullable String ownerName,

            @Schema(example = "true") @Nullable Boolean writtenTo) {

        /** Number and name belong to people: never printed. */
        @Override
        public String toString() {
            return "Numbers";
        }
    }

    /**
     * A number by which a paper names the patient.
     *
     * @param value as people type it, with or without dots and dashes
     */
    @Schema(name = "PatientIdentifierInput")
    record Numbered(
            @NotNull IdentifierKind kind,

            @Schema(example = "30.123.456") @NotNull @Size(max = 40) String value) {}
}
