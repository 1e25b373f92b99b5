package app.recado.patients;

import app.recado.customfields.CustomValue;
import app.recado.customfields.CustomValues;
import app.recado.kernel.Phones;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.ContactData;
import app.recado.organizations.OrganizationProfile;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A patient as staff see them.
 *
 * @param givenName null for people of whom only a family name is known
 * @param familyName null for people with one name only
 * @param phone E.164; the number that is written to, one of {@code phoneNumbers}
 * @param phoneNational the same number as people of the clinic's country write it
 * @param phoneExtension to dial after the number is answered; null for nearly everybody
 * @param optedOutAt since when they want no messages; null while messaging is allowed
 * @param otherLanguages what they speak beside the one they are written to in
 * @param marketing whether they may be sent marketing, apart from messages about visits
 * @param identifiers numbers by which papers name the patient, one of each kind
 * @param gender administrative gender; null when nobody wrote it down
 * @param email null when there is none
 * @param tags words by which the clinic groups its patients
 * @param customFields what is written in fields of the clinic's own, by their keys; in retired ones too
 * @param archivedAt since when they are left out of lists and searches; null for nearly everybody
 * @param phoneNumbers all numbers of the patient, the one that is written to first
 * @param restrictedAt since when the processing of their data is restricted; null for nearly everybody
 * @param restrictionReason why, for staff; null when it is not, or when nobody wrote it down
 */
@Schema(name = "Patient")
record PatientView(
        UUID id,
        @Nullable String givenName,
        @Nullable String familyName,
        String displayName,
        @ContactData @Nullable String phone,
        @ContactData @Nullable String phoneNational,
        @ContactData @Nullable String phoneExtension,
        List<Reached> phoneNumbers,
        @Nullable LocalDate birthDate,

        @Schema(allowableValues = {"es", "en", "pt-BR"}) String language,

        @Schema(description = "What they speak beside that language, as codes of ISO 639", example = "[\"gn\"]")
        List<String> otherLanguages,

        @Nullable String notes,
        Messaging messaging,
        @Nullable Instant optedOutAt,
        Messaging marketing,
        List<Numbered> identifiers,
        @Nullable Gender gender,
        @ContactData @Nullable String email,
        List<String> tags,
        List<CustomValue> customFields,
        @Nullable Instant archivedAt,
        @Nullable Instant restrictedAt,

        @Schema(example = "Discute la exactitud de sus datos") @Nullable String restrictionReason,

        Instant createdAt,
        long version)
        implements Versioned {

    /**
     * A number of the patient.
     *
     * @param phone E.164
     * @param phoneNational the same number as people of the clinic's country write it
     * @param phoneExtension to dial after the number is answered; null for nearly everybody
     * @param owner what whoever holds the phone is to the patient, {@code self} for their own; null when nobody said
     * @param ownerName who that is, in words; null when nobody said
     * @param writtenTo whether messages go there; true of one at most
     */
    @Schema(name = "PatientPhone")
    record Reached(
            @ContactData @Nullable String phone,
            @ContactData @Nullable String phoneNational,
            @ContactData @Nullable String phoneExtension,
            @Nullable Relationship owner,

            @ContactData @Schema(example = "Gabriela") @Nullable String ownerName,

            boolean writtenTo) {

        static List<Reached> of(PatientPhones phones, OrganizationProfile clinic) {
            return phones.all().stream()
                    .map(one -> new Reached(
                            one.e164(),
                            national(one.e164(), clinic),
                            one.extension(),
                            one.owner(),
                            one.ownerName(),
                            one.equals(phones.writtenTo())))
                    .toList();
        }
    }

    /**
     * A number by which a paper names the patient.
     *
     * @param value as it is stored and compared
     * @param formatted as people of its country write it
     */
    @Schema(name = "PatientIdentifier")
    record Numbered(
            IdentifierKind kind,
            @Schema(example = "30123456") String value,
            @Schema(example = "30.123.456") String formatted) {

        static List<Numbered> of(List<Identifier> identifiers) {
            return identifiers.stream()
                    .map(one -> new Numbered(one.kind(), one.value(), one.formatted()))
                    .toList();
        }
    }

    static PatientView of(Patient patient, OrganizationProfile clinic) {
        return new PatientView(
                patient.id(),
                patient.givenName(),
                patient.familyName(),
                displayName(patient.givenName(), patient.familyName()),
                patient.phone(),
                national(patient.phone(), clinic),
                patient.phoneExtension(),
                Reached.of(patient.phones(), clinic),
                patient.birthDate(),
                patient.language(),
                patient.languages().others(),
                patient.notes(),
                patient.messaging(),
                patient.optedOutAt(),
                patient.marketing(),
                Numbered.of(patient.identifiers()),
                patient.gender(),
                patient.email(),
                patient.tags(),
                patient.customFields().listed(),
                patient.archivedAt(),
                patient.restrictedAt(),
                patient.restrictionReason(),
                patient.createdAt(),
                patient.version());
    }

    static PatientView of(ResultSet row, OrganizationProfile clinic) throws SQLException {
        var messaging = Messaging.of(row.getString("messaging"));
        var optedOutAt = row.getObject("opted_out_at", OffsetDateTime.class);
        var archivedAt = row.getObject("archived_at", OffsetDateTime.class);
        var restrictedAt = row.getObject("restricted_at", OffsetDateTime.class);
        var gender = row.getString("gender");
        return new PatientView(
                row.getObject("id", UUID.class),
                row.getString("given_name"),
                row.getString("family_name"),
                displayName(row.getString("given_name"), row.getString("family_name")),
                row.getString("phone"),
                national(row.getString("phone"), clinic),
                row.getString("phone_extension"),
                Reached.of(
                        PatientPhones.of(
                                row.getString("phone"),
                                row.getString("phone_extension"),
                                row.getString("phone_owner"),
                                row.getString("phone_owner_name"),
                                row.getString("other_phones")),
                        clinic),
                row.getObject("birth_date", LocalDate.class),
                row.getString("language"),
                List.of(texts(row, "other_languages")),
                row.getString("notes"),
                messaging,
                optedOutAt == null || messaging == Messaging.ALLOWED ? null : optedOutAt.toInstant(),
                Messaging.of(row.getString("marketing")),
                Numbered.of(Patient.identifiersOf(texts(row, "identifiers"))),
                gender == null ? null : Gender.of(gender),
                row.getString("email"),
                List.of(texts(row, "tags")),
                CustomValues.of(row.getString("custom_fields")).listed(),
                archivedAt == null ? null : archivedAt.toInstant(),
                restrictedAt == null ? null : restrictedAt.toInstant(),
                row.getString("restriction_reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    static String displayName(@Nullable String givenName, @Nullable String familyName) {
        return Stream.of(givenName, familyName).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }

    private static @Nullable String national(@Nullable String phone, OrganizationProfile clinic) {
        return phone == null ? null : Phones.national(phone, clinic.country());
    }
}
